"""What readers see of a claim, and would see: the panel that a proposer and an approver look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims import records
from claims.admin import words
from claims.domain import fields
from claims.domain.choices import Kind, Rating, Stance
from claims.domain.events import PublicRecordIssued
from claims.domain.state import ClaimState


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
        found.append(_proposed(_("What readers would see with the verdict that waits"), records.judged(state, state.proposal), now))
    if state.correction and state.standing:
        agreed = now or records.agreed(state)
        found.append(
            _proposed(_("What readers would see with the correction that waits"), records.corrected(state, state.correction), agreed)
        )
    return found


def _proposed(title: Any, record: PublicRecordIssued, now: PublicRecordIssued | None) -> Panel:
    before = {row.label: row.value for row in _rows(now)} if now else {}
    rows = [
        Row(row.label, row.value, before.get(row.label, "") if now and before.get(row.label, "") != row.value else None)
        for row in _rows(record)
    ]
    gone = [Row(label, "", value) for label, value in before.items() if label not in {row.label for row in rows}]
    return Panel(title, rows + gone, digest=records.digest(record))


def _rows(record: PublicRecordIssued) -> Iterator[Row]:
    labels = fields.LABELS
    speaker = record.speaker
    told = (
        (labels["statement"], record.statement),
        (labels["kind"], Kind(record.kind).label if record.kind else ""),
        (labels["quote"], record.quote or ""),
        (labels["speaker"], " – ".join(part for part in (speaker.name, speaker.title) if part) if speaker else ""),
        (labels["source"], record.source),
        (_("article"), " · ".join(part for part in (record.title, record.address) if part)),
        (labels["said_on"], words.readable(record.said_on) or words.readable(record.publication) or ""),
        (labels["due"], words.readable(record.due) or ""),
        (labels["quantities"], "; ".join(figure.text for figure in record.figures)),
        (labels["criteria"], record.criteria),
        (_("verdict"), Rating(record.rating).label if record.rating else ""),
        (_("rationale"), record.rationale),
        (_("known since"), words.day(record.known_since) if record.known_since else ""),
        (
            _("evidence"),
            "; ".join(f"{Stance(each.stance).label}: {each.address or each.archived or each.digest[:12]}" for each in record.exhibits),
        ),
    )
    for label, value in told:
        if value:
            yield Row(label, str(value))
