"""States become rows: the one place that says how the tables copy what the events add up to."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import models as orm

from claims import models
from claims.lifecycle import ClaimState, FlagState, State, severity_rank

PARTS: tuple[type[models.Part], ...] = (models.Quantity, models.Attribution, models.Evidence, models.Verdict)


def write(states: Sequence[State], *, fresh: bool = False) -> None:
    """Writes the rows of `states` over those there are; with `fresh` there are none. Only the ledger calls this."""
    claims = [s for s in states if isinstance(s, ClaimState)]
    flags = [s for s in states if isinstance(s, FlagState)]
    if claims:
        _upsert(models.Claim, [claim_row(s) for s in claims])
        if not fresh:
            for part in PARTS:
                part._default_manager.filter(claim__in=[s.id for s in claims]).delete()
        for part in PARTS:
            part._default_manager.bulk_create(row for s in claims for row in part_rows(part, s))
    if flags:
        _upsert(models.Flag, [flag_row(s) for s in flags])


def _upsert(model: type[orm.Model], rows: list[Any]) -> None:
    fields = [f.name for f in model._meta.concrete_fields if not f.primary_key]
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=fields, batch_size=1000)


def claim_row(state: ClaimState) -> models.Claim:
    """The claim's own row."""
    said = state.said
    return models.Claim(
        id=state.id,
        version=state.version,
        status=state.status,
        statement=said.statement,
        kind=said.kind,
        quote=said.quote,
        start=said.start,
        end=said.end,
        prefix=said.prefix,
        suffix=said.suffix,
        language=said.language,
        speaker_id=_uuid(said.speaker.id),
        speaker_type=said.speaker.type,
        speaker_name=said.speaker.name[:300],
        speaker_title=said.speaker.title[:300],
        document_id=_uuid(said.document),
        snapshot_id=_uuid(said.snapshot),
        source=said.source[:500],
        said_on=models.as_plain(said.said_on),
        said_first=said.said_on.first if said.said_on else None,
        said_last=said.said_on.last if said.said_on else None,
        scope=models.as_plain(said.scope),
        due=models.as_plain(said.due),
        due_first=said.due.first if said.due else None,
        due_last=said.due.last if said.due else None,
        polarity=said.polarity,
        superlative=said.superlative,
        check_worthiness=said.check_worthiness,
        why=list(said.why),
        criteria=said.criteria,
        tags=list(said.tags),
        notes=said.notes,
        reader=said.reader,
        assignee=state.assignee,
        rating=state.standing.rating if state.standing else "",
        merged_into=_uuid(state.merged_into),
        recorded_at=state.recorded_at,
        changed_at=state.changed_at,
        published_at=state.published_at,
        corrected_at=state.corrected_at,
    )


def part_rows(part: type[models.Part], state: ClaimState) -> Iterable[models.Part]:
    """The rows of one kind that belong to a claim, in order."""
    if part is models.Quantity:
        for n, f in enumerate(state.said.quantities):
            yield models.Quantity(
                claim_id=state.id,
                ordinal=n,
                text=f.text[:500],
                value=f.value,
                value_max=f.value_max,
                unit=(f.unit or "")[:200],
                comparator=f.comparator,
                role=f.role,
                start=f.start,
                end=f.end,
            )
    elif part is models.Attribution:
        for n, hop in enumerate(state.said.attributions):
            yield models.Attribution(claim_id=state.id, ordinal=n, agent=hop.agent[:300], role=hop.role, cue=hop.cue[:200], mode=hop.mode)
    elif part is models.Evidence:
        for n, e in enumerate(state.evidence):
            x = e.exhibit
            yield models.Evidence(
                claim_id=state.id,
                ordinal=n,
                key=UUID(e.id),
                stance=x.stance,
                note=x.note,
                snapshot_id=_uuid(x.snapshot),
                url=x.url,
                archived=x.archived,
                by=e.by,
                at=e.at,
            )
    else:
        for n, v in enumerate(state.verdicts):
            yield models.Verdict(
                claim_id=state.id,
                ordinal=n,
                key=UUID(v.id),
                scheme=v.scheme,
                rating=v.rating,
                rationale=v.rationale,
                proposer=v.proposer,
                proposed_at=v.proposed_at,
                approver=v.approver,
                approved_at=v.approved_at,
                superseded_at=v.superseded_at,
                returned_at=v.returned_at,
                returned_because=v.returned_because,
            )


def flag_row(state: FlagState) -> models.Flag:
    """The flag's row."""
    raised = state.raised
    return models.Flag(
        id=state.id,
        version=state.version,
        claim_id=UUID(raised.claim),
        rule=raised.rule,
        key=raised.key,
        code=raised.code,
        parameters=raised.parameters,
        severity=raised.severity,
        urgency=severity_rank(raised.severity),
        raised_at=state.raised_at,
        due_on=raised.due_on,
        state=state.state,
        until=state.until,
        assignee=state.assignee,
        reason=state.reason,
        by=state.by,
        closed_at=state.closed_at,
    )


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
