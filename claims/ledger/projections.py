"""States become rows: the one place that says how the tables copy what the events add up to."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from claims import models
from claims.domain import stems
from claims.domain.events import PublicRecordIssued
from claims.domain.fields import FIELDS, Field, Type
from claims.domain.lifecycle import severity_rank
from claims.domain.state import (
    ClaimState,
    CorrectionState,
    EvidenceState,
    FlagState,
    LinkState,
    OfferedReading,
    RecordState,
    Registered,
    State,
    VerdictState,
    standing_verdict,
)
from claims.domain.values import Figure, Hop, SpeakerAsRead
from claims.ledger import bulk
from claims.ledger.bulk import Statement, Values
from sources.text.edtf import ImpreciseDate

Change = tuple[State | None, State]  # before and after; a stream that begins has no before


def sql_statements(changes: Sequence[Change]) -> Iterator[Statement]:
    """What writes the rows of a few changed states: only what differs from before."""
    for before, after in changes:
        if isinstance(after, ClaimState):
            if isinstance(before, ClaimState):
                yield from bulk.update(models.Claim, after.id, _changed(before, after))
            else:
                yield bulk.insert(models.Claim, [claim_values(after)])
            yield from _parts(before if isinstance(before, ClaimState) else None, after)
        elif isinstance(after, FlagState):
            if isinstance(before, FlagState):
                yield from bulk.update(models.Flag, after.id, _flag_changed(before, after))
            else:
                yield bulk.insert(models.Flag, [flag_values(after)])
        elif isinstance(after, RecordState):
            if isinstance(before, RecordState):
                yield from bulk.update(models.PublicRecord, after.id, _record_changed(before, after))
            else:
                yield bulk.insert(models.PublicRecord, [record_values(after)])


def _parts(before: ClaimState | None, after: ClaimState) -> Iterator[Statement]:
    for part in PARTS:
        since, gone, new = _rows_that_differ(part, before, after)
        if gone:
            sql = f"DELETE FROM {part._meta.db_table} WHERE claim_id = %s AND ordinal >= %s"  # noqa: S608 - our own table's name
            yield sql, [str(after.id), since]
        if new:
            yield bulk.insert(part, new)


def _rows_that_differ(part: type[models.Part], before: ClaimState | None, after: ClaimState) -> tuple[int, bool, list[Values]]:
    """From which row on they differ, whether there were any from there on, and those that are there now.

    Most parts only ever grow: a claim that a thousand others were compared with is not written a thousand rows at a time.
    """
    told, _row = _OF[part]
    if before and told(before) is told(after):
        return 0, False, []
    old, new = part_values(part, before) if before else [], part_values(part, after)
    since = next((n for n, (was, now) in enumerate(zip(old, new, strict=False)) if was != now), min(len(old), len(new)))
    return since, len(old) > since, new[since:]


def write_many(changes: Sequence[Change]) -> None:
    """Writes the rows of many changed states, table by table."""
    claims = [(b, a) for b, a in changes if isinstance(a, ClaimState)]
    flags = [(b, a) for b, a in changes if isinstance(a, FlagState)]
    records = [(b, a) for b, a in changes if isinstance(a, RecordState)]
    bulk.copy(models.Claim, [claim_values(a) for b, a in claims if b is None])
    bulk.copy(models.Flag, [flag_values(a) for b, a in flags if b is None])
    bulk.copy(models.PublicRecord, [record_values(a) for b, a in records if b is None])
    again = bulk.update_many(models.Claim, [(a.id, _changed(b, a)) for b, a in claims if isinstance(b, ClaimState)])
    again += bulk.update_many(models.Flag, [(a.id, _flag_changed(b, a)) for b, a in flags if isinstance(b, FlagState)])
    again += bulk.update_many(models.PublicRecord, [(a.id, _record_changed(b, a)) for b, a in records if isinstance(b, RecordState)])
    with connection.cursor() as cursor:
        for statement in again:
            cursor.execute(*statement)
        for part in PARTS:
            _write_parts(cursor, part, claims)


def _write_parts(cursor: Any, part: type[models.Part], claims: Sequence[tuple[State | None, ClaimState]]) -> None:
    gone: list[tuple[str, int]] = []
    new: list[Values] = []
    for before, after in claims:
        since, were, now = _rows_that_differ(part, before if isinstance(before, ClaimState) else None, after)
        gone += [(str(after.id), since)] if were else []
        new += now
    if gone:
        cursor.execute(
            f"DELETE FROM {part._meta.db_table} p USING unnest(%s::uuid[], %s::int[]) AS g(claim, since)"  # noqa: S608 - our own table's name
            " WHERE p.claim_id = g.claim AND p.ordinal >= g.since",
            [[claim for claim, _ in gone], [since for _, since in gone]],
        )
    bulk.copy(part, new)


def claim_row(state: ClaimState) -> models.Claim:
    """The claim's own row, unsaved."""
    return models.Claim(**claim_values(state))


def _speaker(speaker: SpeakerAsRead) -> Values:
    who = {"speaker_id": _uuid(speaker.id), "speaker_type": speaker.type}
    return who | {"speaker_name": speaker.name[:300], "speaker_title": speaker.title[:300]}


def _date(field: Field) -> Callable[[ImpreciseDate | None], Values]:
    """A date; with the first and the last day that it may mean, where there are columns for them."""
    name = field.name
    if field.days is None:
        return lambda when: {name: models.as_plain(when)}
    first, last = field.days
    return lambda when: {name: models.as_plain(when), first: when.first if when else None, last: when.last if when else None}


def _copied(field: Field) -> Callable[[Any], Values] | None:
    """How a field of this type is copied into its columns; None where it is one column of the same name and value."""
    name, most = field.name, field.max_length
    match field.type:
        case Type.DATE:
            return _date(field)
        case Type.ID:
            column = f"{name}_id"
            return lambda text: {column: _uuid(text)}
        case Type.LIST:
            return lambda each: {name: list(each)}
        case Type.LINE if most:
            return lambda words: {name: words[:most]}
    return None


def _registered(told: Registered | None) -> Values:
    if told is None:
        return {"registered": None}
    return {"registered": {"due": models.as_plain(told.due), "criteria": told.criteria, "by": told.by, "at": told.at.isoformat()}}


def _offered_reading(offer: OfferedReading | None) -> Values:
    return {"offered_reading": {"reader": offer.reader, "changes": offer.changes} if offer else None}


def _rating(verdicts: Sequence[VerdictState]) -> Values:
    verdict = standing_verdict(verdicts)
    return {"rating": verdict.rating if verdict else ""}


# What the fields of a claim's state are in its row, where not one column of the same name and value.
_MADE: dict[str, Callable[[Any], Values]] = {
    **{name: copied for name, field in FIELDS.items() if (copied := _copied(field))},
    "speaker": _speaker,
    "verdicts": _rating,
    "merged_into": lambda name: {"merged_into": _uuid(name)},
    "registered": _registered,
    "offered_reading": _offered_reading,
}
# Tables of their own, or of no use to a query.
_ELSEWHERE = {
    *("said", "attributions", "quantities", "evidence", "links", "snapshot_digest", "took_in", "merged_when"),
    *("corrections", "shown", "published_verdict"),
}
_STATE = tuple(name for name in ClaimState.__struct_fields__ if name not in _ELSEWHERE)
_SAID = tuple(name for name in FIELDS if name not in _ELSEWHERE)
_of_state, _of_said = attrgetter(*_STATE), attrgetter(*_SAID)


def claim_values(state: ClaimState) -> Values:
    """What stands in the columns of the claim's own row."""
    values = dict(zip(_STATE + _SAID, _of_state(state) + _of_said(state.said), strict=True))
    for field, columns in _MADE.items():
        values |= columns(values.pop(field))
    return values


def _changed(before: ClaimState, after: ClaimState) -> Values:
    """What stands in those columns that a step may have changed: what it left alone is the same object before and after."""
    other = _differing(_STATE, _of_state(before), _of_state(after))
    if before.said is not after.said:
        other += _differing(_SAID, _of_said(before.said), _of_said(after.said))
    values: Values = {}
    for field, now in other:
        values |= _MADE[field](now) if field in _MADE else {field: now}
    return values


def _differing(names: Sequence[str], were: Sequence[Any], are: Sequence[Any]) -> list[tuple[str, Any]]:
    return [(name, now) for name, was, now in zip(names, were, are, strict=True) if was is not now and was != now]


def _quantity(f: Figure) -> Values:
    told = {"text": f.text[:500], "value": f.value, "value_max": f.value_max, "unit": (f.unit or "")[:200]}
    return told | {"comparator": f.comparator, "role": f.role, "start": f.start, "end": f.end}


def _attribution(hop: Hop) -> Values:
    return {"agent": hop.agent[:300], "role": hop.role, "cue": hop.cue[:200], "mode": hop.mode}


def _evidence(e: EvidenceState) -> Values:
    x = e.exhibit
    return {
        "key": UUID(e.id),
        "stance": x.stance,
        "note": x.note,
        "snapshot_id": _uuid(x.snapshot),
        "url": x.url,
        "archived": x.archived,
        "by": e.by,
        "at": e.at,
        "withdrawn_at": e.withdrawn_at,
        "withdrawn_by": e.withdrawn_by,
        "withdrawn_because": e.withdrawn_because,
    }


def _link(link: LinkState) -> Values:
    return {
        "key": UUID(link.id),
        "other_id": UUID(link.other),
        "relation": link.relation,
        "outward": link.outward,
        "reason": link.reason,
        "by": link.by,
        "at": link.at,
    }


def _verdict(v: VerdictState) -> Values:
    return {
        "key": UUID(v.id),
        "scheme": v.scheme,
        "rating": v.rating,
        "rationale": v.rationale,
        "evidence": list(v.evidence),
        "proposer": v.proposer,
        "proposed_at": v.proposed_at,
        "approver": v.approver,
        "approved_at": v.approved_at,
        "superseded_at": v.superseded_at,
        "returned_at": v.returned_at,
        "returned_because": v.returned_because,
        "known_since": v.known_since,
    }


def _correction(c: CorrectionState) -> Values:
    return {
        "key": UUID(c.id),
        "changes": c.changes,
        "withdrawn": list(c.withdrawn),
        "registers": c.registers,
        "reason": c.reason,
        "subject": c.subject,
        "status": c.status,
        "proposer": c.proposer,
        "proposed_at": c.proposed_at,
        "decided_by": c.decided_by,
        "decided_at": c.decided_at,
        "returned_because": c.returned_because,
    }


# Which part of a state each table copies, and a row of it. A row is made of its part alone: where a step left the part as it
# was, it is the same object, and no rows are compared.
_OF: dict[type[models.Part], tuple[Callable[[ClaimState], Sequence[Any]], Callable[[Any], Values]]] = {
    models.Quantity: (lambda state: state.said.quantities, _quantity),
    models.Attribution: (lambda state: state.said.attributions, _attribution),
    models.Evidence: (lambda state: state.evidence, _evidence),
    models.Link: (lambda state: state.links, _link),
    models.Verdict: (lambda state: state.verdicts, _verdict),
    models.Correction: (lambda state: state.corrections, _correction),
}
PARTS = tuple(_OF)


def part_values(part: type[models.Part], state: ClaimState) -> list[Values]:
    """The rows of one kind that belong to a claim, in order."""
    told, row = _OF[part]
    return [{"claim_id": state.id, "ordinal": n, **row(each)} for n, each in enumerate(told(state))]


def flag_values(state: FlagState) -> Values:
    """What stands in the columns of the flag's row."""
    raised = state.raised
    return {
        "id": state.id,
        "version": state.version,
        "claim_id": UUID(raised.claim),
        "rule": raised.rule,
        "key": raised.key,
        "code": raised.code,
        "parameters": raised.parameters,
        "severity": raised.severity,
        "urgency": severity_rank(raised.severity),
        "raised_at": state.raised_at,
        "due_on": raised.due_on,
        "state": state.state,
        "until": state.until,
        "assignee": state.assignee,
        "reason": state.reason,
        "by": state.by,
        "closed_at": state.closed_at,
    }


def _flag_changed(before: FlagState, after: FlagState) -> Values:
    old, new = flag_values(before), flag_values(after)
    return {column: value for column, value in new.items() if value != old[column]}


def record_values(state: RecordState) -> Values:
    """What stands in the columns of a public record's row."""
    record = state.record
    return {
        "id": state.id,
        "claim_id": UUID(record.claim),
        "version": state.version,
        "number": record.number,
        "record": msgspec.json.decode(msgspec.json.encode(record)),  # as PostgreSQL gives it back
        "kind": record.kind,
        "language": record.language,
        "rating": record.rating or "",
        "speaker": _uuid(record.speaker.id) if record.speaker else None,
        "said_first": record.said_on.first if record.said_on else None,
        "said_last": record.said_on.last if record.said_on else None,
        "due_first": record.due.first if record.due else None,
        "due_last": record.due.last if record.due else None,
        "words": _words(record),
        "first_issued_at": state.first_issued_at,
        "issued_at": state.issued_at,
        "corrected_at": state.corrected_at,
        "under_review": state.under_review,
        "withdrawn_at": state.withdrawn_at,
        "withdrawn_cause": state.withdrawn_cause,
        "into": state.into,
    }


def _words(record: PublicRecordIssued) -> list[str]:
    """The stems of the words that readers may search a record for."""
    speaker = record.speaker.name if record.speaker else ""
    said = (record.statement, record.quote or "", speaker, record.source, record.title, record.rationale)
    return stems.terms(stems.plain("\n".join(said)))


def _record_changed(before: RecordState, after: RecordState) -> Values:
    old, new = record_values(before), record_values(after)
    return {column: value for column, value in new.items() if value != old[column]}


# The tables of a row a stream, with the state that each copies: all but the parts of claims.
ROOTS: dict[type[Any], tuple[type[Any], Callable[[Any], Values]]] = {
    models.Claim: (ClaimState, claim_values),
    models.Flag: (FlagState, flag_values),
    models.PublicRecord: (RecordState, record_values),
}


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
