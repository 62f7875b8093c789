"""The page of one claim: everything known of it, and the forms of the steps that are open."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from claims import ledger
from claims.admin import excerpts, field_values, filters, formatting, provenance, public, sentences, steps, versions
from claims.admin import figures as measures
from claims.admin.forms import StepForm
from claims.admin.read_only import ReadOnlyAdmin
from claims.domain import lifecycle
from claims.domain.choices import Clock
from claims.domain.fields import Door, Type, shown_in
from claims.domain.state import ClaimState, FlagState
from claims.models import Claim
from sources import roles

# What the template has its own place for: the heading, the article, the rows in which several fields stand together.
PLACED = frozenset({
    *("statement", "kind", "language", "quote", "start", "end", "prefix", "suffix", "snapshot"),
    *("speaker", "attributions", "source", "document", "said_on", "due", "scope", "quantities"),
    *("polarity", "superlative", "denial"),  # said only where they are remarkable
    "criteria",  # beside what was registered
})  # fmt: skip
FACTS = tuple(field for field in shown_in(Door.PAGE) if field.name not in PLACED)


def show(request: HttpRequest, desk: ReadOnlyAdmin, pk: UUID, tried: StepForm | None = None, *, code: int = 200) -> HttpResponse:
    """The page. `tried` is a form that was refused: it is shown again as it was filled in."""
    claim = Claim.objects.select_related("document__outlet", "snapshot__content").defer("snapshot__raw").filter(pk=pk).first()
    if claim is None:
        return desk._get_obj_does_not_exist_redirect(request, desk.opts, str(pk))
    flags = list(claim.flags.order_by("urgency", "-raised_at"))
    past = ledger.happenings([pk, *(flag.pk for flag in flags)])
    state, actor = lifecycle.fold(past[pk]), roles.actor_of(request.user)
    figures = list(claim.quantities.all())
    context = desk.admin_site.each_context(request) | {
        "title": _("Claim"),
        "subtitle": None,
        "opts": desk.opts,
        "claim": claim,
        "state": state,
        "source": source_of(claim),
        "date": date_html(claim),
        "due": formatting.when_html(claim.when("due")),
        "scope": formatting.when_html(claim.when("scope")),
        "clock": clock_of(claim, timezone.localdate()),
        "excerpt": excerpts.excerpt_of(claim, figures),
        "figures": [(figure, formatting.figure(figure)) for figure in figures],
        "panels": measures.panels(claim),
        "hops": [(hop, formatting.ROLES.get(hop.role, hop.role)) for hop in claim.attributions.all()],
        "steps": _forms(state, actor, tried),
        "flags": [_flag(flag, lifecycle.fold(past[flag.pk]), actor, tried) for flag in flags],
        "since": versions.since(claim),
        "provenance": provenance.origins_of(pk),
        "evidence": list(claim.evidence.all()),
        "verdicts": list(reversed(claim.verdicts.all())),
        "records": public.panels(state),
        "facts": list(_facts(state)),
        "timeline": sentences.lines(h for some in past.values() for h in some),
        "snapshot_url": _address("admin:sources_snapshot_change", claim.snapshot_id),
        "article_url": _address("admin:sources_document_read_text", claim.document_id, claim.snapshot_id),
        "document_url": _address("admin:sources_document_change", claim.document_id),
        "speaker_url": _address("admin:sources_speaker_change", claim.speaker_id),
        "merged_url": _address("admin:claims_claim_change", claim.merged_into),
    }
    return TemplateResponse(request, "admin/claims/claim/page.html", context, status=code)


def step(request: HttpRequest, desk: Any, pk: UUID, name: str, *, flag: UUID | None = None) -> HttpResponse:
    """Takes a step with the form that was sent; back to the page, or the form again with what is wrong."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    known = (steps.FLAG if flag else steps.CLAIM).get(name)
    if known is None:
        raise Http404
    try:
        state: Any = ledger.state_of(flag or pk)
    except ledger.NoSuchClaim as error:
        raise Http404 from error
    if (flag and not (isinstance(state, FlagState) and state.raised.claim == str(pk))) or (not flag and not isinstance(state, ClaimState)):
        raise Http404
    form = known.form(request.POST, state=state, step=name)
    if form.is_valid() and (receipt := steps.submit(known, form, roles.actor_of(request.user))):
        messages.success(request, steps.done(known, receipt))
        return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[pk]))
    form.state = ledger.state_of(flag or pk)  # somebody may have come in between
    form.again()
    return show(request, desk, pk, form, code=409 if form.non_field_errors() else 400)


def _forms(state: Any, actor: roles.Actor, tried: StepForm | None) -> list[dict[str, Any]]:
    """The forms of the open steps, and the one that was tried even where its step is no longer open."""
    mine: Any = tried if tried and tried.state.id == state.id else None
    known = steps.FLAG if isinstance(state, FlagState) else steps.CLAIM
    shown = steps.open_to(state, actor)
    if mine and mine.prefix not in {s.name for s in shown}:
        shown = [known[mine.prefix], *shown]
    return [{"step": s, "form": _form(s, state, mine), "tried": bool(mine and mine.prefix == s.name)} for s in shown]


def _form(step: steps.Button, state: Any, mine: StepForm | None) -> StepForm:
    return mine if mine and mine.prefix == step.name else step.form(state=state, step=step.name)


def _flag(flag: Any, state: Any, actor: roles.Actor, tried: StepForm | None) -> dict[str, Any]:
    reason, hint = sentences.finding(flag.rule, flag.code, flag.parameters)
    return {"flag": flag, "reason": reason, "hint": hint, "steps": _forms(state, actor, tried)}


def _facts(state: Any) -> Iterator[dict[str, Any]]:
    """A row for each field that has no place of its own on the page and says something."""
    for field in FACTS:
        value = msgspec.to_builtins(getattr(state.said, field.name))
        several = list(value) if field.type is Type.LIST else None
        words = field_values.readable(field.name, several if several is not None else value, {})
        if words and value is not False:
            yield {"name": capfirst(field.label), "words": words, "several": several}


def source_of(claim: Claim) -> str:
    """The outlet's name, or the source that the claim names itself."""
    if claim.document and claim.document.outlet:
        return claim.document.outlet.name
    return claim.source


def date_html(claim: Claim) -> str:
    """When it was said; else when it was published, marked so."""
    said = claim.when("said_on")
    if said and said.edtf:
        return formatting.when_html(said)
    published = claim.document.publication if claim.document else None
    if published and published.edtf:
        return format_html('{} <span class="quiet">({})</span>', formatting.when_html(published), _("published"))
    return formatting.when_html(said) or "–"


def clock_of(claim: Claim, today: Any) -> Clock:
    """What the due date says today, by the desk's own patience."""
    return lifecycle.clock(claim.when("due"), claim.status, today, overdue_after=filters.overdue_after())


def _address(name: str, *pks: object) -> str:
    try:
        return reverse(name, args=pks) if all(pks) else ""
    except NoReverseMatch:
        return ""
