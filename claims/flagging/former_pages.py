"""What the pages showed on each day that claims were read on and lean on: for a whole batch in a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.utils import timezone

from claims.domain.choices import Status
from claims.domain.state import ClaimState
from claims.flagging import claims_by_day, evidence_pages
from claims.models import Claim, Evidence
from claims.rules.context import ChangedPage
from sources.models import Document, PageTurn, Snapshot, Watch

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a page showed from a moment on, and whether it was gone."""

    snapshot: UUID | None
    gone_since: datetime | None = None
    status: int | None = None


_Days = list[tuple[date, _Shown]]  # the last of each day


def then(ids: Sequence[UUID]) -> dict[UUID, list[tuple[date, tuple[ChangedPage, ...]]]]:
    """The pages of each claim that showed another text than was read, or were gone, and from which day on; its own first.

    What a page showed is known from the day of each capture, and of each turn since turns are kept; which published claims
    leaned on it, from these claims' events.
    """
    own = claims_by_day.states(ids)
    rows = claims_by_day.SourceRows([state for days in own.values() for _, state in days])
    leaned = {id: [(day, rows.row(state)) for day, state in days] for id, days in own.items()}
    read = {(text, d.pk) for days in leaned.values() for _, claim in days for text, d in evidence_pages.leaned_on(claim)}
    past = _past({document for _, document in read})
    odd = {document for text, document in read if any(each.gone_since or each.snapshot != text for _, each in past[document])}
    texts = evidence_pages.texts(
        {text for text, document in read if document in odd} | {each.snapshot for d in odd for _, each in past[d] if each.snapshot}
    )
    leaning = _Leaning(odd)
    found = {}
    for id, claims in leaned.items():
        touched = {d.pk for _, claim in claims for _, d in evidence_pages.leaned_on(claim)} & odd
        changed = {date.min, *(day for day, _ in claims), *(day for document in touched for day, _ in past[document])}
        if touched:
            changed |= {day for document in touched for day in leaning.days(document)}
            found[id] = [(day, _on(day, _last(claims, day), past, texts, leaning)) for day in sorted(changed)]
    return found


def _on(day: date, claim: Claim, past: Mapping[UUID, _Days], texts: Mapping[UUID, str], leaning: _Leaning) -> tuple[ChangedPage, ...]:
    there = []
    for read_in, document in evidence_pages.leaned_on(claim):
        shown = _last(past[document.pk], day)
        shows = shown.snapshot or read_in
        if day < past[document.pk][0][0] or (shows == read_in and not shown.gone_since):
            continue
        there.append(
            ChangedPage(
                document=document.pk,
                name=document.title or document.url,
                own=read_in == claim.snapshot_id,
                read_in=read_in,
                before=texts.get(read_in, "") if shows != read_in else "",
                shows=shows,
                text=texts.get(shows, "") if shows != read_in else "",
                gone_since=shown.gone_since,
                status=shown.status if shown.gone_since else None,
                leaning=tuple(leaning.on(day, document, but=claim.pk)),
            )
        )
    return tuple(there)


def _past(documents: Iterable[UUID]) -> dict[UUID, _Days]:
    """What each page showed, day by day: captures and turns in their order, and how it stands now."""
    wanted = list(documents)
    moments: dict[UUID, list[tuple[datetime, int, _Shown]]] = defaultdict(list)
    for document, id, at in Snapshot.objects.filter(document__in=wanted).values_list("document", "pk", "captured_at"):
        moments[document].append((at, 0, _Shown(id)))
    for turn in PageTurn.objects.filter(document__in=wanted).order_by("at", "pk"):
        moments[turn.document_id].append((turn.at, 1, _Shown(turn.snapshot_id, turn.gone_since, turn.status)))
    for watch in Watch.objects.filter(document__in=wanted, gone_since__isnull=False):  # gone since before turns were kept
        if watch.gone_since and not any(kind for _, kind, _ in moments[watch.document_id]):
            moments[watch.document_id].append((watch.gone_since, 1, _Shown(watch.snapshot_id, watch.failing_since, watch.status)))
    return {document: _by_day(each) for document, each in moments.items()}


def _by_day(moments: list[tuple[datetime, int, _Shown]]) -> _Days:
    days: dict[date, _Shown] = {}
    standing = _Shown(None)
    for at, turned, shown in sorted(moments, key=lambda each: each[:2]):
        # A capture by hand says what stands there, not whether the watch has found it again.
        standing = shown if turned else _Shown(shown.snapshot, standing.gone_since, standing.status)
        days[timezone.localdate(at)] = standing
    return sorted(days.items())


class _Leaning:
    """The published claims that named documents' texts as evidence, on each day."""

    def __init__(self, documents: Iterable[UUID]) -> None:
        named = Evidence.objects.filter(snapshot__document__in=list(documents)).values_list("snapshot__document", "snapshot", "claim")
        self._texts: dict[UUID, set[str]] = defaultdict(set)
        self._claims: dict[UUID, set[UUID]] = defaultdict(set)
        for document, snapshot, claim in named:
            self._texts[document].add(str(snapshot))
            self._claims[document].add(claim)
        self._states = claims_by_day.states(sorted(set[UUID]().union(*self._claims.values())))

    def days(self, document: UUID) -> set[date]:
        """On which days one of them changed."""
        return {day for claim in self._claims[document] for day, _ in self._states[claim]}

    def on(self, day: date, document: Document, *, but: UUID) -> list[str]:
        """Their statements as they were."""
        texts = self._texts[document.pk]
        states = [_last(self._states[claim], day) for claim in sorted(self._claims[document.pk]) if claim != but]
        return [state.said.statement for state in states if _leans(state, texts)]


def _leans(state: ClaimState, texts: set[str]) -> bool:
    return state.status is Status.PUBLISHED and any(piece.exhibit.snapshot in texts and not piece.withdrawn_at for piece in state.evidence)


def _last(days: Sequence[tuple[date, T]], day: date) -> T:
    return next((value for since, value in reversed(days) if since <= day), days[0][1])
