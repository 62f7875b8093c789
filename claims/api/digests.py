"""What somebody wants of digests by e-mail, over HTTP: each person for themselves."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import requests
from claims.api.field_serializers import Made
from claims.models.notifications import Often, Weekday
from claims.notifications import digests
from sources.api import idempotency
from sources.api.strict import StrictSerializer

FIELDS = ("often", "weekday", "hour", "language")


class WishShown(StrictSerializer):
    """How often, when by the desk's clock, and in which language; a change names some of it."""

    often = serializers.ChoiceField(Often.choices)
    weekday = serializers.ChoiceField(Weekday.choices, help_text="of weekly ones; 0 is Monday")
    hour = serializers.IntegerField(min_value=0, max_value=23, help_text="in the desk's time zone")
    language = serializers.ChoiceField([("en", "English"), ("ar", "العربية")])


class WishHeard(WishShown):
    """What is to be otherwise."""

    def get_fields(self) -> Made:
        """Any of it."""
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


class OwnDigest(requests.RoomView):
    """Your own digest."""

    reading = ("PATCH",)

    @extend_schema(operation_id="digest_read", responses=WishShown)
    def get(self, request: Request) -> Response:
        """What you want; nothing until you say so."""
        wish = digests.wish_of(requests.account(request))
        return Response({name: getattr(wish, name) for name in FIELDS})

    @extend_schema(operation_id="digest_change", parameters=[idempotency.HEADER], request=WishHeard, responses=WishShown)
    def patch(self, request: Request) -> Response:
        """Changes it. The first one comes at the next such hour."""
        form = WishHeard(data=request.data)
        form.is_valid(raise_exception=True)
        wish = digests.change_wish(requests.account(request), **form.validated_data)
        return Response({name: getattr(wish, name) for name in FIELDS})
