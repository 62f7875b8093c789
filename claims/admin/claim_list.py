"""The queue of claims, and the page of each."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims.admin import claim_page, filters, formatting, reader, similar, steps
from claims.admin.forms import BulkReasonForm
from claims.admin.read_only import CAP, ReadOnlyAdmin
from claims.admin.searches import Searched
from claims.domain.choices import Clock, FlagStatus
from claims.models import Claim, Flag
from claims.workflow import review
from sources import roles
from sources.errors import Refusal

NAMED = 5  # how many refused claims a message names before it only counts


@admin.register(Claim)
class ClaimQueue(Searched, ReadOnlyAdmin):
    """What waits for the desk, newest first."""

    list_display = ("what", "who", "source_read", "date", "kind", "status_word", "due_read", "clock", "open_flags")
    list_display_links = ("what",)
    list_filter = ("status", "kind", filters.ClockFilter, filters.FlaggedFilter, filters.LanguageFilter)
    ordering = ("-id",)
    actions = ("accept", "reject")
    change_list_template = "admin/claims/claim/queue.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        """Everything a row shows, in one query."""
        claims: QuerySet[Claim] = super().get_queryset(request).select_related("document__outlet")
        return claims.annotate(flags_open=Coalesce(_open_flags(), 0))

    # ── columns

    @admin.display(description=_("claim"))
    def what(self, claim: Claim) -> str:
        """The statement at a glance."""
        return formatting.short(claim.statement)

    @admin.display(description=_("speaker"))
    def who(self, claim: Claim) -> str:
        """Who said it, as read; what kind of somebody where there is no name."""
        return formatting.short(claim.speaker_name or claim.get_speaker_type_display(), 60)

    @admin.display(description=_("source"))
    def source_read(self, claim: Claim) -> str:
        """The outlet, or what the claim itself names."""
        return formatting.short(claim_page.source_of(claim), 60)

    @admin.display(description=_("date"))
    def date(self, claim: Claim) -> str:
        """When it was said; else when it was published, marked so."""
        return claim_page.date_html(claim)

    @admin.display(description=_("status"))
    def status_word(self, claim: Claim) -> str:
        """The status, coloured."""
        return format_html('<span class="status status-{}">{}</span>', claim.status, claim.get_status_display())

    @admin.display(description=_("due"))
    def due_read(self, claim: Claim) -> str:
        """When it will be due, as precisely as known."""
        return formatting.when_html(claim.when("due")) or "–"

    @admin.display(description=_("clock"))
    def clock(self, claim: Claim) -> str:
        """What the due date says today."""
        clock = claim_page.clock_of(claim, timezone.localdate())
        return format_html('<span class="clock clock-{}">{}</span>', clock.value, clock.label) if clock is not Clock.CLOSED else "–"

    @admin.display(description=_("flags"))
    def open_flags(self, claim: Any) -> str:
        """How many ask for somebody."""
        return format_html('<span class="count">{}</span>', claim.flags_open) if claim.flags_open else "–"

    # ── pages

    def get_urls(self) -> list[Any]:
        """The steps, before Django's own addresses."""
        view = self.admin_site.admin_view
        return [
            path("reader/", view(self.reader_view), name="claims_reader"),
            path("<uuid:claim>/similar/", view(self.similar_view), name="claims_claim_similar"),
            path("<uuid:claim>/similar/<slug:step>/", view(self.judge_view), name="claims_claim_judge"),
            path("<uuid:claim>/step/<slug:step>/", view(self.step_view), name="claims_claim_step"),
            path("<uuid:claim>/flag/<uuid:flag>/<slug:step>/", view(self.flag_view), name="claims_claim_flag"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """One claim: its quote in the article, what is known, what happened, what can be done."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            claim = UUID(object_id.replace("_2D", "-"))
        except ValueError:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return claim_page.show(request, self, claim)

    def reader_view(self, request: HttpRequest) -> HttpResponse:
        """How good the reader is here."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return reader.show(request, self)

    def step_view(self, request: HttpRequest, claim: UUID, step: str) -> HttpResponse:
        """One step on a claim."""
        return claim_page.step(request, self, claim, step)

    def similar_view(self, request: HttpRequest, claim: UUID) -> HttpResponse:
        """Claims like one, and what it was judged to be to others."""
        return similar.show(request, self, claim)

    def judge_view(self, request: HttpRequest, claim: UUID, step: str) -> HttpResponse:
        """One judgement, or one taken back."""
        return similar.judge(request, self, claim, step)

    def flag_view(self, request: HttpRequest, claim: UUID, flag: UUID, step: str) -> HttpResponse:
        """One step on a flag of the claim."""
        return claim_page.step(request, self, claim, step, flag=flag)

    # ── many at once

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Only what this person may do."""
        actor = roles.actor_of(request.user)
        return {name: action for name, action in super().get_actions(request).items() if roles.may(actor, name)}

    @admin.action(description=_("Accept the chosen claims"))
    def accept(self, request: HttpRequest, chosen: QuerySet[Claim]) -> None:
        """Accepts each by itself."""
        self._each(request, chosen, "accept")

    @admin.action(description=_("Reject the chosen claims…"))
    def reject(self, request: HttpRequest, chosen: QuerySet[Claim]) -> HttpResponse | None:
        """Asks why, then rejects each by itself."""
        asked = "reason" in request.POST
        form = BulkReasonForm(request.POST if asked else None)
        if asked and form.is_valid():
            self._each(request, chosen, "reject", reason=form.cleaned_data["reason"])
            return None
        chosen = chosen.order_by("-id")[:CAP]
        context = self.admin_site.each_context(request) | {
            "title": _("Reject claims"),
            "opts": self.opts,
            "form": form,
            "chosen": [(claim.pk, claim.statement) for claim in chosen],
        }
        return TemplateResponse(request, "admin/claims/claim/reject.html", context)

    def _each(self, request: HttpRequest, chosen: QuerySet[Claim], step: str, **said: Any) -> None:
        actor, done, refused = roles.actor_of(request.user), 0, []
        for pk, statement in chosen.order_by("-id").values_list("pk", "statement")[:CAP]:
            try:
                getattr(review, step)(pk, **said, by=actor)
                done += 1
            except Refusal as error:
                refused.append((statement, steps.refusal(error)))
        self._tell(request, step, done, refused)

    def _tell(self, request: HttpRequest, step: str, done: int, refused: list[tuple[str, str]]) -> None:
        if done and step == "accept":
            self.message_user(request, ngettext("%d claim accepted.", "%d claims accepted.", done) % done, messages.SUCCESS)
        elif done:
            self.message_user(request, ngettext("%d claim rejected.", "%d claims rejected.", done) % done, messages.SUCCESS)
        for why, count in Counter(why for _statement, why in refused).items():
            names = [formatting.isolated(Truncator(s).chars(60)) for s, reason in refused if reason == why]
            some = "; ".join(names[:NAMED]) + (" …" if count > NAMED else "")
            told = ngettext("%(count)d claim was left as it is.", "%(count)d claims were left as they are.", count) % {"count": count}
            self.message_user(request, f"{told} {why} ({some})", messages.WARNING)


def _open_flags() -> Subquery:
    """The number of a row's open flags, asked only for the rows that are shown."""
    mine = Flag.objects.filter(claim=OuterRef("pk"), state=FlagStatus.OPEN).order_by().values("claim")
    return Subquery(mine.annotate(number=Count("pk")).values("number"))
