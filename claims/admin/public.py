"""What readers see of a claim, and would see: the panel that a proposer and an approver look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from claims import records
from claims.admin import field_values, formatting
from claims.domain import fields
from claims.domain.choices import Kind, Rating, Scheme, Stance
from claims.domain.events import PublicRecordIssued
from claims.domain.state import ClaimState, RecordState
from claims.domain.values import ShownExhibit
from sources.registry import languages


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a record, and how it read before where it would read otherwise."""

    label: Any
    value: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A record as it is or would be, line by line."""

    title: Any
    rows: list[Row]
    mark: str = ""  # what readers are told beside it
    digest: str = ""


def panels(state: Any) -> list[Panel]:
    """What readers are shown now, and what they would be shown with what waits for approval; nothing for what was never judged."""
    if not isinstance(state, ClaimState) or not (state.proposal or state.standing):
        return []
    record = records.state_of(state.id)
    now = record.record if record and record.withdrawn_at is None else None
    found = []
    if now:
        mark = str(_("under review")) if record and record.under_review else ""
        found.append(Panel(_("What readers see"), list(_rows(now)), mark, records.digest(now)))
    if state.proposal:
        found.append(
            proposed(_("What readers would see with the verdict that waits"), records.record_with_verdict(state, state.proposal), now)
        )
    if state.correction and state.standing:
        agreed = now or records.agreed(state)
        found.append(
            proposed(_("What readers would see with the correction that waits"), records.corrected(state, state.correction), agreed)
        )
    return found


def proposed(title: Any, record: PublicRecordIssued, now: PublicRecordIssued | None) -> Panel:
    """A record as it would be; each line that would read otherwise than `now` says how it reads now."""
    before = {row.label: row.value for row in _rows(now)} if now else {}
    rows = [
        Row(row.label, row.value, before.get(row.label, "") if now and before.get(row.label, "") != row.value else None)
        for row in _rows(record)
    ]
    gone = [Row(label, "", value) for label, value in before.items() if label not in {row.label for row in rows}]
    return Panel(title, rows + gone, digest=records.digest(record))


def changed_by(states: Mapping[UUID, Any], public: Mapping[UUID, Any]) -> dict[UUID, list[Row]]:
    """For each claim whose correction waits, the lines that would read otherwise; `public` holds the states of records by stream."""
    found: dict[UUID, list[Row]] = {}
    for claim, state in states.items():
        if isinstance(state, ClaimState) and state.correction and state.standing:
            record = public.get(records.stream_of(claim))
            now = record.record if isinstance(record, RecordState) and record.withdrawn_at is None else records.agreed(state)
            panel = proposed("", records.corrected(state, state.correction), now)
            found[claim] = [row for row in panel.rows if row.before is not None]
    return found


def _rows(record: PublicRecordIssued) -> Iterator[Row]:
    labels = fields.LABELS
    speaker = record.speaker
    told = (
        (labels["statement"], record.statement),
        (labels["kind"], Kind(record.kind).label if record.kind else ""),
        (labels["quote"], record.quote or ""),
        (labels["prefix"], record.prefix or ""),
        (labels["suffix"], record.suffix or ""),
        (labels["speaker"], field_values.speaker(msgspec.to_builtins(speaker)) if speaker else ""),
        (labels["source"], record.source),
        (_("article"), " · ".join(part for part in (record.title, record.address) if part)),
        (labels["said_on"], formatting.readable(record.said_on) or ""),
        (_("publication date"), formatting.readable(record.publication) or ""),
        (labels["due"], formatting.readable(record.due) or ""),
        (labels["quantities"], field_values.figures(msgspec.to_builtins(record.figures))),
        (labels["criteria"], record.criteria),
        (labels["language"], languages.name_of(record.language, get_language() or "en") if record.language else ""),
        (_("verdict"), _with(Rating(record.rating).label, Scheme(record.scheme).label if record.scheme else "") if record.rating else ""),
        (_("rationale"), record.rationale),
        (_("known since"), formatting.day(record.known_since) if record.known_since else ""),
        (_("evidence"), "; ".join(map(_exhibit, record.exhibits))),
    )
    for label, value in told:
        if value:
            yield Row(label, str(value))


def _exhibit(shown: ShownExhibit) -> str:
    where = [part for part in (shown.address, shown.archived, shown.digest[:12]) if part]
    return f"{Stance(shown.stance).label}: {' · '.join(where)}"


def _with(value: Any, aside: Any) -> str:
    return f"{value} ({aside})" if aside else str(value)
