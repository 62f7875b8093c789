"""The page of one article: its text with every claim marked on it, and what can be put right by choosing words."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims import ledger, lifecycle, marking, projections
from claims.admin import marks, readings, steps, whys, words
from claims.admin.marks import Mark, Role
from claims.admin.places import MARKS, PlaceForm, ProposeForm
from claims.choices import CLOSED, Status
from claims.lifecycle import ClaimState
from claims.models import Claim, Quantity
from sources import roles
from sources.models import Document, Snapshot

MOST = 100  # claims on one page, each with its forms; an article of a newspaper holds some twenty
# The page runs and shows nothing that does not come from here.
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


@dataclass(slots=True)
class Entry:
    """A claim in the list beside the text."""

    number: int
    claim: Claim
    state: ClaimState
    closed: bool
    forms: dict[str, PlaceForm] = field(default_factory=dict)
    tried: str = ""

    @property
    def figures(self) -> list[str]:
        """Its figures as they are read."""
        return [words.figure(Quantity(**row)) for row in projections.part_values(Quantity, self.state)]

    @property
    def whys(self) -> list[str]:
        """Why the reader thinks so."""
        return whys.words(self.state.said.why)

    @property
    def due(self) -> str:
        """When it falls due."""
        return words.when_html(self.state.said.due)

    @property
    def said_on(self) -> str:
        """When it was said."""
        return words.when_html(self.state.said.said_on)

    @property
    def label(self) -> str:
        """What the mark in the text is called to those who hear it."""
        who = self.claim.speaker_name or self.claim.get_speaker_type_display()
        said = {"number": self.number, "kind": self.claim.get_kind_display(), "who": words.isolated(who)}
        return str(_("Claim %(number)s: %(kind)s, %(who)s")) % said


class Run(NamedTuple):
    """A piece of the text as the template writes it."""

    piece: marks.Piece
    css: str
    opens: list[Entry]
    title: str


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
    entries = _entries(text, actor, tried, begin)
    context = desk.admin_site.each_context(request) | {
        "title": str(article),
        "subtitle": None,
        "opts": desk.opts,
        "article": article,
        "snapshot": text,
        "published": words.when_html(article.publication),
        "entries": entries,
        "runs": _runs(text.text, [entry for entry in entries if not entry.closed]),
        "length": len(text.text),
        "reading": readings.of(text),
        "may_again": roles.may(actor, "operate"),
        "others": _others(article, text),
        "propose": _propose(actor, tried),
        "tried_propose": isinstance(tried, ProposeForm),
        **_neighbours(text, begin, len(entries)),
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
    form = known.form(request.POST, state=ledger.state_of(claim), step=what)
    if form.is_valid() and steps.take(known, form, roles.actor_of(request.user)):
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
            made = marking.propose(text, **given, by=roles.actor_of(request.user), key=f"desk:{form.cleaned_data['key']}")
        except ledger.Unfit as error:
            for name, message in error.errors.items():
                form.add_error(name if name in form.fields else None, str(message))
        except steps.REFUSALS as error:
            form.add_error(None, steps.refusal(error))
        else:
            messages.success(request, _("Proposed as a claim: see what kind it is and who says it."))
            return HttpResponseRedirect(f"{_address(document, snapshot)}?claim={made.stream}#claim-{made.stream}")
    return show(request, desk, document, snapshot, form, code=400)


def again(request: HttpRequest, desk: Any, document: UUID, snapshot: UUID) -> HttpResponse:
    """The text is to be read once more."""
    if not desk.has_view_permission(request) or not roles.may(roles.actor_of(request.user), "operate"):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    readings.again(get_object_or_404(Snapshot.objects.only("pk"), pk=snapshot, document=document))
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


def _entries(text: Snapshot, actor: roles.Actor, tried: Any, begin: int) -> list[Entry]:
    """The claims of one page."""
    ids = list(_claims(text)[begin : begin + MOST])
    past = ledger.happenings(ids)
    states = [state for pk in ids if isinstance(state := lifecycle.fold(past[pk]), ClaimState)]
    entries = [Entry(n, projections.claim_row(s), s, s.status in CLOSED) for n, s in enumerate(states, begin + 1)]
    names = _names(entries)
    for entry in entries:
        if lifecycle.is_open(entry.state, "revise") and roles.may(actor, "revise"):
            entry.forms = {name: _form(name, entry, tried, names) for name in MARKS}
            entry.tried = next((name for name, form in entry.forms.items() if form is tried), "")
    return entries


def _form(name: str, entry: Entry, tried: Any, names: list[tuple[str, str]]) -> PlaceForm:
    others = [(pk, label) for pk, label in names if pk != str(entry.claim.pk)]
    if isinstance(tried, PlaceForm) and tried.prefix == name and tried.state.id == entry.state.id:
        if name == "speaker":
            tried.fields["like"].widget.choices += others
        return tried
    more = {"names": others} if name == "speaker" else {}
    return MARKS[name].form(state=entry.state, step=name, **more)


def _names(entries: list[Entry]) -> list[tuple[str, str]]:
    """Whom the article names as speakers, each once, and a claim of theirs."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for entry in entries:
        if name := entry.claim.speaker_name:
            title = f" – {entry.claim.speaker_title}" if entry.claim.speaker_title else ""
            found.setdefault((entry.claim.speaker_type, name), (str(entry.claim.pk), f"{name}{title}"))
    return sorted(found.values(), key=lambda row: row[1])


def _marks(entry: Entry) -> list[Mark]:
    said = entry.state.said
    places = [(said.start, said.end, Role.QUOTE), (said.speaker.mention_start, said.speaker.mention_end, Role.SPEAKER)]
    places += [(figure.start, figure.end, Role.FIGURE) for figure in said.quantities]
    places += [(when.start, when.end, Role.DATE) for when in (said.said_on, said.scope, said.due) if when]
    return [Mark(start, end, role, entry.number) for start, end, role in places if start is not None and end is not None]


def _runs(text: str, entries: list[Entry]) -> list[Run]:
    by_number = {entry.number: entry for entry in entries}
    runs = []
    for piece in marks.pieces(text, [mark for entry in entries for mark in _marks(entry)]):
        waiting = any(by_number[n].state.status is Status.PROPOSED for n in piece.quotes)
        css = [*piece.roles, "deep" if len(piece.quotes) > 1 else "", "" if waiting or not piece.quotes else "taken"]
        title = "; ".join(_title(by_number[n]) for n in piece.claims)
        runs.append(Run(piece, " ".join(filter(None, css)), [by_number[n] for n in piece.opens], title))
    return runs


def _title(entry: Entry) -> str:
    because = f" ({', '.join(entry.whys)})" if entry.whys else ""
    return f"{entry.label}{because}"


def _propose(actor: roles.Actor, tried: Any) -> ProposeForm | None:
    if isinstance(tried, ProposeForm):
        return tried
    return ProposeForm() if roles.may(actor, "record") else None


def _others(article: Document, shown: Snapshot) -> list[dict[str, Any]]:
    """The document's other texts, newest first, and how many claims each has."""
    counted = dict(Claim.objects.filter(document=article).order_by().values_list("snapshot").annotate(n=Count("pk")))
    rows = article.snapshots.exclude(pk=shown.pk).order_by("-captured_at").values_list("pk", "captured_at")[:20]
    return [{"address": _address(article.pk, pk), "at": at, "claims": counted.get(pk, 0)} for pk, at in rows]
