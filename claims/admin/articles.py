"""The page of one article: its text with every claim marked on it, and what can be put right by choosing words."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims import ledger
from claims.admin import article_claims, formatting, readings, steps
from claims.admin.annotation_forms import MARKS, PlaceForm, ProposeForm
from claims.domain.choices import CLOSED
from claims.domain.state import ClaimState
from claims.intake import annotation
from claims.models import Claim
from sources import roles
from sources.errors import Refusal
from sources.models import Document, Snapshot

MOST = 100  # claims on one page, each with its forms; an article of a newspaper holds some twenty
# The page runs and shows nothing that does not come from here.
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


def show(
    request: HttpRequest, desk: Any, document: UUID, snapshot: UUID | None = None, tried: Any = None, *, code: int = 200
) -> HttpResponse:
    """The page, of the newest text or an older one. `tried` is a form that was refused: it is shown again as it was filled in."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    article = get_object_or_404(Document.objects.select_related("outlet"), pk=document)
    texts = article.snapshots.select_related("content").defer("raw").order_by("-captured_at", "-id")
    text = texts.filter(pk=snapshot).first() if snapshot else texts.first()
    if text is None:
        raise Http404
    actor = roles.actor_of(request.user)
    begin = _begin(request, text, tried)
    shown = article_claims.entries_of(list(_claims(text)[begin : begin + MOST]), begin + 1, actor, tried)
    context = desk.admin_site.each_context(request) | {
        "title": str(article),
        "subtitle": None,
        "opts": desk.opts,
        "article": article,
        "snapshot": text,
        "published": formatting.when_html(article.publication),
        "entries": shown,
        "runs": article_claims.marked_runs(text.text, [entry for entry in shown if not entry.closed]),
        "length": len(text.text),
        "reading": readings.reading_state(text),
        "may_again": roles.may(actor, "operate"),
        "others": _others(article, text),
        "propose": _propose(actor, tried),
        "tried_propose": isinstance(tried, ProposeForm),
        **_neighbours(text, begin, len(shown)),
    }
    return TemplateResponse(request, "admin/claims/article/read.html", context, status=code, headers={"Content-Security-Policy": POLICY})


def mark(request: HttpRequest, desk: Any, document: UUID, snapshot: UUID, claim: UUID, what: str) -> HttpResponse:
    """Words were chosen for a claim: its quote, or its speaker."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    known = MARKS.get(what)
    if known is None or not Claim.objects.filter(pk=claim, snapshot=snapshot, document=document).exists():
        raise Http404
    state = ledger.state_of(claim)
    assert isinstance(state, ClaimState)
    form = known.form(request.POST, state=state, step=what)
    if form.is_valid() and steps.submit(known, form, roles.actor_of(request.user)):
        messages.success(request, known.done)
        return HttpResponseRedirect(f"{_address(document, snapshot)}?claim={claim}#claim-{claim}")
    form.state = ledger.state_of(claim)  # somebody may have come in between
    form.again()
    return show(request, desk, document, snapshot, form, code=409 if form.non_field_errors() else 400)


def propose(request: HttpRequest, desk: Any, document: UUID, snapshot: UUID) -> HttpResponse:
    """Words were chosen that are a claim."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    text = get_object_or_404(Snapshot.objects.select_related("content", "document__outlet").defer("raw"), pk=snapshot, document=document)
    form = ProposeForm(request.POST)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("start", "end", "words")}
        try:
            made = annotation.propose(text, **given, by=roles.actor_of(request.user), key=f"desk:{form.cleaned_data['key']}")
        except ledger.Unfit as error:
            for name, message in error.errors.items():
                form.add_error(name if name in form.fields else None, str(message))
        except Refusal as error:
            form.add_error(None, steps.refusal(error))
        else:
            messages.success(request, _("Proposed as a claim: see what kind it is and who says it."))
            return HttpResponseRedirect(f"{_address(document, snapshot)}?claim={made.stream}#claim-{made.stream}")
    return show(request, desk, document, snapshot, form, code=400)


def read_again(request: HttpRequest, desk: Any, document: UUID, snapshot: UUID) -> HttpResponse:
    """The text is to be read once more."""
    if not desk.has_view_permission(request) or not roles.may(roles.actor_of(request.user), "operate"):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    readings.owe_again(get_object_or_404(Snapshot.objects.only("pk"), pk=snapshot, document=document))
    return HttpResponseRedirect(_address(document, snapshot))


def _address(document: UUID, snapshot: UUID) -> str:
    return reverse("admin:sources_document_read_text", args=[document, snapshot])


def _claims(text: Snapshot) -> Any:
    """The claims of the text in the order of their quotes, those that were turned down last."""
    closed = Case(When(status__in=CLOSED, then=1), default=0)
    return Claim.objects.filter(document=text.document_id, snapshot=text.pk).order_by(closed, "start", "id").values_list("pk", flat=True)


def _begin(request: HttpRequest, text: Snapshot, tried: Any) -> int:
    """How many claims come before this page's: as asked for, or so that the claim is on it which the address or the form names."""
    wanted = str(tried.state.id) if isinstance(tried, PlaceForm) else request.GET.get("claim", "")
    if wanted:
        ids = [str(pk) for pk in _claims(text)]
        return ids.index(wanted) // MOST * MOST if wanted in ids else 0
    asked = request.GET.get("from", "")
    return int(asked) if asked.isdecimal() and len(asked) < 7 else 0


def _neighbours(text: Snapshot, begin: int, shown: int) -> dict[str, Any]:
    """The addresses of the claims before and after those on this page, where there are any."""
    address = _address(text.document_id, text.pk)
    more = shown == MOST and _claims(text)[begin + MOST : begin + MOST + 1].exists()
    return {
        "earlier": f"{address}?from={max(0, begin - MOST)}" if begin else "",
        "later": f"{address}?from={begin + MOST}" if more else "",
    }


def _propose(actor: roles.Actor, tried: Any) -> ProposeForm | None:
    if isinstance(tried, ProposeForm):
        return tried
    return ProposeForm() if roles.may(actor, "record") else None


def _others(article: Document, shown: Snapshot) -> list[dict[str, Any]]:
    """The document's other texts, newest first, and how many claims each has."""
    counted = dict(Claim.objects.filter(document=article).order_by().values_list("snapshot").annotate(n=Count("pk")))
    rows = article.snapshots.exclude(pk=shown.pk).order_by("-captured_at").values_list("pk", "captured_at")[:20]
    return [{"address": _address(article.pk, pk), "at": at, "claims": counted.get(pk, 0)} for pk, at in rows]
