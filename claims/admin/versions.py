"""The page on which two texts of an article are compared: what went, what came, and which quotes still stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.admin.articles import POLICY
from claims.models import Claim
from claims.provenance import text_diff
from claims.provenance.text_diff import Compared, Quote
from sources.models import Document, Snapshot
from sources.text.changes import Change, Standing

MOST = 300  # changes on one page
LISTED = 100  # texts in the list, the newest
LONGEST = 20_000  # code points of one change that are shown
AROUND = 300  # code points of unchanged text that are shown beside a change or a quote

LABELS = {
    Standing.STANDING: pgettext_lazy("quote", "stands"),
    Standing.MOVED: pgettext_lazy("quote", "moved"),
    Standing.GONE: pgettext_lazy("quote", "no longer stands"),
}

SINCE = {
    Standing.STANDING: _("The article has changed since, and the quote stands where it stood."),
    Standing.MOVED: _("The article has changed since, and the quote stands elsewhere in it."),
    Standing.GONE: _("The article has changed since: the quote no longer stands in it."),
    None: _("The article has said other things, too; it shows this text now."),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: `how` is same, old or new; `quotes` are the numbers of the quotes it is part of, `state` what became of them."""

    text: str
    how: str = "same"
    quotes: tuple[int, ...] = ()
    state: str = ""
    opens: tuple[int, ...] = ()  # quotes that begin here
    left_out: int = 0  # code points that are not shown

    @property
    def blank(self) -> bool:
        """Nothing that could be seen struck out or underlined."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Entry:
    """A quote in the list beside the text."""

    number: int
    quote: Quote

    @property
    def state(self) -> str:
        """standing, moved or gone."""
        return str(self.quote.place.standing)

    @property
    def label(self) -> Any:
        """The same for the reader."""
        return LABELS[self.quote.place.standing]


def show(request: HttpRequest, desk: Any, document: UUID) -> HttpResponse:
    """The page, of the two texts that `from` and `to` name; else of the newest and the one before."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    article = get_object_or_404(Document.objects.select_related("outlet"), pk=document)
    newer = _named(article, request.GET.get("to")) or text_diff.texts_of(article).first()
    if newer is None:
        raise Http404
    older = _named(article, request.GET.get("from")) or text_diff.before(newer) or newer
    compared = text_diff.compare(older, newer)
    entries = [Entry(n, quote) for n, quote in enumerate(compared.quotes, 1)]
    context = desk.admin_site.each_context(request) | {
        "title": str(article),
        "subtitle": None,
        "opts": desk.opts,
        "article": article,
        "older": older,
        "newer": newer,
        "pieces": pieces(compared),
        "entries": entries,
        "changed": len(compared.changes),
        "more": max(0, len(compared.changes) - MOST),
        "fallen": sum(entry.state != Standing.STANDING for entry in entries),
        "texts": _listed(article, older, newer),
    }
    headers = {"Content-Security-Policy": POLICY}
    return TemplateResponse(request, "admin/claims/article/changes.html", context, headers=headers)


def since(claim: Claim) -> dict[str, Any] | None:
    """What a claim's page tells of the other texts of its article; None where there are none."""
    found = text_diff.since(claim)
    if found is None:
        return None
    standing = found.place.standing if found.place else None
    address = reverse("admin:sources_document_changes", args=[claim.document_id])
    return {
        "sentence": SINCE[standing] if found.texts > 1 else "",
        "severity": "warning" if standing is Standing.GONE else "info",
        "gone_since": found.gone_since,
        "shown": found.shown,
        "changes": f"{address}?from={claim.snapshot_id}&to={found.shown.pk}" if standing else address if found.texts > 1 else "",
    }


def _named(article: Document, given: str | None) -> Snapshot | None:
    if not given:
        return None
    try:
        return get_object_or_404(text_diff.texts_of(article), pk=UUID(given))
    except ValueError as error:
        raise Http404 from error


def _listed(article: Document, *shown: Snapshot) -> list[dict[str, Any]]:
    """The texts, newest first, each with its claims and the way to what changed since the one before; those shown in any case."""
    rows: list[Any] = list(article.snapshots.order_by("-captured_at", "-id").values("pk", "captured_at", "captured_by")[: LISTED + 1])
    counted = dict(Claim.objects.filter(document=article).order_by().values_list("snapshot").annotate(n=Count("pk")))
    address = reverse("admin:sources_document_changes", args=[article.pk])
    for row, earlier in zip(rows, [*rows[1:], None], strict=True):
        row["since"] = f"{address}?from={earlier['pk']}&to={row['pk']}" if earlier else ""
    rows = rows[:LISTED]
    known = {row["pk"] for row in rows}
    rows += [{"pk": t.pk, "captured_at": t.captured_at, "captured_by": t.captured_by} for t in dict.fromkeys(shown) if t.pk not in known]
    for row in rows:
        row["claims"] = counted.get(row["pk"], 0)
        row["read"] = reverse("admin:sources_document_read_text", args=[article.pk, row["pk"]])
    return rows


def pieces(compared: Compared) -> list[Piece]:
    """Both texts as one, in pieces; long runs that nothing happened in are left out but for their ends."""
    before = [(q.start, q.start + q.length, n) for n, q in enumerate(compared.quotes, 1) if q.start is not None]
    moved = [
        (q.place.start, q.place.start + q.length, n)
        for n, q in enumerate(compared.quotes, 1)
        if q.place.standing is Standing.MOVED and q.place.start is not None
    ]
    states = {n: q.place.standing for n, q in enumerate(compared.quotes, 1)}
    old, new = compared.older.text, compared.newer.text
    found: list[Piece] = []
    at = 0
    shown = compared.changes[:MOST]
    for change in shown:
        found += _cut(old, at, change.start_old, "same", before, states)
        found += _cut(old, change.start_old, _most(change.start_old, change.end_old), "old", before, states)
        found += _cut(new, change.start_new, _most(change.start_new, change.end_new), "new", moved, states)
        found += _beyond(change)
        at = change.end_old
    last = compared.changes[MOST].start_old if len(compared.changes) > MOST else len(old)
    found += _cut(old, at, last, "same", before, states)
    return _shortened(found)


def _most(start: int, end: int) -> int:
    return min(end, start + LONGEST)


def _beyond(change: Change) -> Iterator[Piece]:
    left = max(0, change.end_old - change.start_old - LONGEST) + max(0, change.end_new - change.start_new - LONGEST)
    if left:
        yield Piece("", left_out=left)


def _cut(text: str, start: int, end: int, how: str, quotes: Sequence[tuple[int, int, int]], states: dict[int, Standing]) -> Iterator[Piece]:
    """The run in pieces over which the same quotes lie."""
    over = [(max(first, start), min(last, end), n, first) for first, last, n in quotes if first < end and last > start]
    borders = sorted({start, end, *(place for first, last, _n, _first in over for place in (first, last))})
    for first, last in pairwise(borders):
        here = tuple(n for begin, finish, n, _first in over if begin <= first and last <= finish)
        opens = tuple(n for _begin, _finish, n, own in over if own == first)
        worst = max((states[n] for n in here), key=list(Standing).index, default="")
        yield Piece(text[first:last], how, here, str(worst), opens)


def _shortened(found: Iterable[Piece]) -> list[Piece]:
    """Long unchanged runs without a quote, but for what stands beside a change or a quote."""
    whole = list(found)
    short: list[Piece] = []
    for n, piece in enumerate(whole):
        if piece.how != "same" or piece.quotes or piece.left_out or len(piece.text) <= 3 * AROUND:
            short.append(piece)
            continue
        head = "" if n == 0 else piece.text[: _word(piece.text, AROUND)]
        tail = "" if n == len(whole) - 1 else piece.text[_word(piece.text, len(piece.text) - AROUND) :].removeprefix("\n")
        short += [Piece(head), Piece("", left_out=len(piece.text) - len(head) - len(tail)), Piece(tail)]
    return [piece for piece in short if piece.text or piece.left_out]


def _word(text: str, near: int) -> int:
    """A place between two lines, else between two words, at or after `near`."""
    for border in ("\n", " "):
        if (found := text.find(border, near, near + 100)) >= 0:
            return found
    return near
