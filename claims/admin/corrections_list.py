"""Corrections that wait for approval, of all claims: looked at, and approved together where one source asks for many."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims import ledger, records
from claims.admin import formatting, public, steps
from claims.admin.read_only import CAP, ReadOnlyAdmin
from claims.domain import fields, lifecycle
from claims.domain.choices import CorrectionStatus
from claims.models import Correction
from claims.workflow import corrections
from sources import roles
from sources.errors import Refusal


def _changed(claims: Sequence[UUID]) -> dict[UUID, list[public.Row]]:
    streams = {claim: records.stream_of(claim) for claim in claims}
    states = {stream: lifecycle.fold(past) for stream, past in ledger.happenings([*streams, *streams.values()]).items()}
    return public.changed_by({claim: states[claim] for claim in claims}, {stream: states[stream] for stream in streams.values()})


class StatusFilter(admin.SimpleListFilter):
    """Those that wait, unless others are asked for."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What became of it."""
        return [("all", _("All")), *CorrectionStatus.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Correction]) -> QuerySet[Correction]:
        """The chosen ones."""
        if self._chosen() == "all":
            return queryset
        if self._chosen() == CorrectionStatus.OPEN:
            return queryset.filter(pk__in=Correction.objects.waiting().values("pk"))
        return queryset.filter(status=self._chosen())

    def choices(self, changelist: Any) -> Iterator[Any]:
        """One of them is always chosen."""
        for value, title in self.lookup_choices:
            address = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": self._chosen() == value, "query_string": address, "display": title}

    def _chosen(self) -> str:
        return self.value() or CorrectionStatus.OPEN.value


@admin.register(Correction)
class CorrectionList(ReadOnlyAdmin):
    """What was judged, and is to be put right: oldest first."""

    list_display = ("about", "what", "why", "who", "proposed_at")
    list_display_links = None
    list_filter = (StatusFilter,)
    ordering = ("proposed_at", "id")
    actions = ("approve",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Correction]:
        """Everything a row shows, in one query."""
        return super().get_queryset(request).select_related("claim")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, each row with what readers would see otherwise: whoever approves many has seen all of it. Two queries for a page."""
        response = super().changelist_view(request, extra_context)
        listed = getattr(response, "context_data", {}).get("cl")
        if listed is not None:
            waiting = [row for row in listed.result_list if row.status == CorrectionStatus.OPEN]
            changed = _changed([row.claim_id for row in waiting])
            for row in waiting:
                row.lines = changed.get(row.claim_id)  # for `what`
        return response

    @admin.display(description=_("claim"))
    def about(self, correction: Correction) -> str:
        """The claim, a click away."""
        address = reverse("admin:claims_claim_change", args=[correction.claim_id])
        return format_html('<a href="{}#readers">{}</a>', address, formatting.short(correction.claim.statement))

    @admin.display(description=_("what changes"))
    def what(self, correction: Correction) -> str:
        """What readers would see otherwise, old → new; of one that was decided, the fields."""
        if lines := getattr(correction, "lines", None):
            rows = [(row.label, formatting.short(row.before or "–"), formatting.short(row.value or "–")) for row in lines]
            return format_html_join("", "<div>{}: <del>{}</del> <ins>{}</ins></div>", rows)
        if correction.changes:
            return fields.named(correction.changes)
        if correction.withdrawn:
            return str(_("evidence is withdrawn"))
        return str(_("registered") if correction.registers else _("how the sources are shown"))

    @admin.display(description=_("why"))
    def why(self, correction: Correction) -> str:
        """The reason that was given."""
        return formatting.short(correction.reason)

    @admin.display(description=_("proposed by"))
    def who(self, correction: Correction) -> str:
        """Whoever proposed it, who may not approve it."""
        return format_html("<bdi>{}</bdi>", correction.proposer)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Only for those who may approve."""
        actions = super().get_actions(request)
        return actions if roles.may(roles.actor_of(request.user), "approve-correction") else {}

    @admin.action(description=_("Approve the chosen corrections"))
    def approve(self, request: HttpRequest, chosen: QuerySet[Correction]) -> None:
        """Approves each by itself; those that cannot be are told why."""
        actor, done, refused = roles.actor_of(request.user), 0, Counter[str]()
        for claim, key in chosen.order_by("proposed_at", "id").values_list("claim_id", "key")[:CAP]:
            try:
                corrections.approve(claim, correction=key, by=actor)
                done += 1
            except Refusal as error:
                refused[steps.refusal(error)] += 1
        if done:
            self.message_user(request, ngettext("%d correction approved.", "%d corrections approved.", done) % done, messages.SUCCESS)
        for why, count in refused.items():
            left = ngettext("%d correction still waits:", "%d corrections still wait:", count) % count
            self.message_user(request, f"{left} {why}", messages.WARNING)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A correction is seen on its claim's page."""
        correction = self.get_object(request, object_id)
        if correction is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return HttpResponseRedirect(f"{reverse('admin:claims_claim_change', args=[correction.claim_id])}#readers")
