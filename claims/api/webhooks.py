"""Webhooks over HTTP: who makes them, how far each has come, what its last deliveries were."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import filters, requests, response_serializers
from claims.api.views import IDEMPOTENCY
from claims.exchange.formats import cloudevents
from claims.models import Webhook
from claims.notifications import secret_rotation, webhooks
from sources import roles
from sources.api import idempotency, pagination
from sources.api.openapi import headers
from sources.api.pagination import Key
from sources.api.strict import StrictSerializer

NEWEST = [Key("created_at", datetime, descending=True), Key("id", UUID, descending=True)]
SHOWN = ("id", "url", "types", "active", "position", "failures", "failing_since", "error", "delivered_at", "disabled_at", "made_by")
COLUMNS = (*SHOWN, "owner__username", "created_at")


class WebhookHeard(StrictSerializer):
    """A webhook as it is asked for."""

    url = serializers.CharField(max_length=2000, help_text="https://…; addresses of this machine and its neighbours are refused")
    types = serializers.ListField(
        child=serializers.ChoiceField(cloudevents.TYPES), required=False, help_text="types of events; all of them when left out or empty"
    )
    position = serializers.IntegerField(
        required=False, min_value=-1, max_value=2**62, help_text="what comes after it is sent; when left out, what comes from now on"
    )


class WebhookChange(WebhookHeard):
    """What is to be otherwise."""

    url = serializers.CharField(max_length=2000, required=False)
    active = serializers.BooleanField(required=False, help_text="true also tries at once what waits after a failure")


class WebhookShown(serializers.Serializer[Any]):
    """A webhook, and how it fares. `disabled_at`: when the program gave up; `error` says why."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    types = serializers.ListField(child=serializers.CharField())
    active = serializers.BooleanField()
    position = serializers.IntegerField(help_text="of the last event that it has had, or did not want")
    failures = serializers.IntegerField(help_text="in a row")
    failing_since = serializers.DateTimeField(allow_null=True)
    error = serializers.CharField()
    delivered_at = serializers.DateTimeField(allow_null=True)
    disabled_at = serializers.DateTimeField(allow_null=True)
    made_by = serializers.CharField()
    owner = serializers.CharField(
        allow_null=True, help_text="the user whose right to read it uses: without a role of theirs it is switched off"
    )
    created_at = serializers.DateTimeField()


class WebhookMade(WebhookShown):
    """A new webhook with its secret, which is not shown again."""

    secret = serializers.CharField()


class RotationHeard(StrictSerializer):
    """How long the secret so far signs beside the new one."""

    overlap_hours = serializers.IntegerField(
        required=False,
        default=secret_rotation.OVERLAP_HOURS,
        min_value=0,
        max_value=secret_rotation.LONGEST_HOURS,
        help_text="0: what was signed with the secret so far is not sent any more",
    )


class WebhookRotated(WebhookMade):
    """A webhook with its new secret, which is not shown again."""

    former_until = serializers.DateTimeField(allow_null=True, help_text="until when the secret so far signs, too")


class DeliveryShown(serializers.Serializer[Any]):
    """One attempt."""

    event = serializers.UUIDField()
    position = serializers.IntegerField()
    at = serializers.DateTimeField()
    milliseconds = serializers.IntegerField()
    status = serializers.IntegerField(allow_null=True, help_text="the receiver's HTTP status")
    error = serializers.CharField(help_text="empty where it was taken")


class DeliveriesShown(serializers.Serializer[Any]):
    """The newest attempts, newest first."""

    results = DeliveryShown(many=True)


WebhookPage = response_serializers.paged(WebhookShown)


class WebhookView(requests.RoomView):
    """An address for editors and administrators."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Asked of reading too: an address and its errors are nobody else's business."""
        super().initial(request, *args, **kwargs)
        roles.must(requests.actor(request), "subscribe")


class Webhooks(WebhookView):
    """Every webhook."""

    secret = ("POST",)

    @extend_schema(operation_id="webhooks_list", parameters=[filters.PageFilters], responses=WebhookPage)
    def get(self, request: Request) -> Response:
        """A page of webhooks, newest first."""
        filters.checked_filters(request, filters.PageFilters)
        page = pagination.paginate(request, Webhook.objects.values(*COLUMNS), NEWEST)
        return Response(page.around([_named(row) for row in page.results]))

    @extend_schema(
        operation_id="webhooks_make", parameters=[IDEMPOTENCY, headers.location(201)], request=WebhookHeard, responses={201: WebhookMade}
    )
    def post(self, request: Request) -> Response:
        """Makes a webhook. Its secret is in this answer and in no other."""
        form = WebhookHeard(data=request.data)
        form.is_valid(raise_exception=True)
        webhook, new = webhooks.make(**form.validated_data, by=requests.actor(request), key=requests.key(request))
        place = reverse("webhook", args=[webhook.pk])
        if not new:
            raise idempotency.AnswerGone(place)
        return Response(_shown(webhook) | {"secret": webhook.secret}, status=201, headers={"Location": place})


class OneWebhook(WebhookView):
    """One webhook."""

    @extend_schema(operation_id="webhooks_read", responses=WebhookShown)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """How it is, and how it fares."""
        return Response(_shown(get_object_or_404(Webhook, pk=id)))

    @extend_schema(operation_id="webhooks_change", parameters=[IDEMPOTENCY], request=WebhookChange, responses=WebhookShown)
    def patch(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """Changes it: another address, other events, off or on, on from another position."""
        webhook = get_object_or_404(Webhook, pk=id)
        form = WebhookChange(data=request.data)
        form.is_valid(raise_exception=True)
        return Response(_shown(webhooks.change(webhook, by=requests.actor(request), **form.validated_data)))

    @extend_schema(operation_id="webhooks_delete", responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """Sends nothing there any more."""
        webhooks.delete(get_object_or_404(Webhook, pk=id), by=requests.actor(request))
        return Response(status=204)


class Rotation(WebhookView):
    """The secret of one webhook."""

    secret = ("POST",)

    @extend_schema(operation_id="webhooks_rotate", parameters=[IDEMPOTENCY], request=RotationHeard, responses=WebhookRotated)
    def post(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """Gives it a new secret, which is in this answer and in no other. During the overlap, messages bear a signature by each."""
        webhook = get_object_or_404(Webhook, pk=id)
        form = RotationHeard(data=request.data)
        form.is_valid(raise_exception=True)
        try:
            rotated = secret_rotation.rotate(webhook, by=requests.actor(request), **form.validated_data)
        except Webhook.DoesNotExist as error:  # deleted meanwhile
            raise Http404 from error
        shown = _shown(rotated) | {"secret": rotated.secret, "former_until": secret_rotation.former_until(rotated)}
        return Response(shown)


class Deliveries(WebhookView):
    """What was sent to one webhook."""

    @extend_schema(operation_id="webhooks_deliveries", responses=DeliveriesShown)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """The newest attempts, a hundred at most."""
        webhook = get_object_or_404(Webhook, pk=id)
        return Response({"results": list(webhook.deliveries.values("event", "position", "at", "milliseconds", "status", "error")[:100])})


def _shown(webhook: Webhook) -> dict[str, Any]:
    return _named(Webhook.objects.values(*COLUMNS).get(pk=webhook.pk))


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {"owner" if name == "owner__username" else name: value for name, value in row.items()}
