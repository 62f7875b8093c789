"""A source that was renamed, merged or dated anew changes nothing that readers see: each published claim is offered a correction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from claims import ledger, records
from claims.domain import events, lifecycle, restating
from claims.domain.choices import CorrectionStatus, Polarity
from claims.domain.events import CorrectionReturned
from claims.domain.state import ClaimState
from claims.domain.values import ShownSources
from claims.ledger import Authored
from claims.models import Claim, EventRecord, PublicRecord
from claims.workflow import changes
from sources.models import Speaker
from sources.roles import PROGRAM, Actor

BATCH = 200  # claims that are looked at together


@dataclass(frozen=True, slots=True)
class Cause:
    """The change of an outlet, a speaker or a document: which, why, and by whom."""

    subject: UUID
    reason: str
    by: Actor


def cause_of(event: UUID) -> Cause:
    """What an event `SourceRevised` tells, with the account that its entry names."""
    row = EventRecord.objects.get(id=event)
    revised = events.read(row.type, row.schema, row.body)
    assert isinstance(revised, events.SourceRevised)
    actor = orjson.loads(row.entry)["actor"]
    return Cause(row.stream, revised.reason, Actor(actor["text"], actor["id"]))


def touched_by(subject: UUID) -> list[UUID]:
    """The public claims that stand on this outlet, speaker or document, in order of id."""
    family = _family(subject)
    about = Q(claim__document=subject) | Q(claim__document__outlet=subject) | Q(claim__speaker__in=family) | Q(speaker__in=family)
    return list(PublicRecord.objects.standing().filter(about).order_by("claim_id").values_list("claim_id", flat=True))


def _family(speaker: UUID) -> list[UUID]:
    """Whoever was merged into this speaker, directly or through others, and itself."""
    found, last = {speaker}, {speaker}
    while last := set(Speaker.objects.filter(merged_into__in=last).values_list("pk", flat=True)) - found:
        found |= last
    return list(found)


def offer(claims: Sequence[UUID], cause: Cause) -> int:
    """Proposes to show these claims' sources as they are called today, where that differs from what readers see; how many.

    In the name of whoever changed the source: another person approves it. An offer that came before is replaced, or taken back
    where all reads right again; one that a person sent back is not made again. A correction that a person proposed is left alone,
    and shows the sources as they are called now.
    Raises ledger.Conflict where somebody came in between: then nothing of the batch is written, and it is tried again.
    """
    return _batch_by_batch(claims, lambda state: _offered(state, cause))


def offer_what_is_left(claim: UUID) -> int:
    """The same for one claim whose correction was decided, in the name of whoever changed one of its sources last."""
    row = Claim.objects.filter(pk=claim).values_list("document", "document__outlet", "speaker").first()
    sources = [id for id in row or () if id]
    newest = EventRecord.objects.filter(stream__in=sources, type="SourceRevised").order_by("-number").values_list("id", flat=True)
    return offer([claim], cause_of(newest[0])) if newest[:1] else 0


def to_restate() -> QuerySet[Claim]:
    """Judged claims that an older reader may have shown as their opposite."""
    judged = Claim.objects.filter(status__in=restating.STANDING, polarity=Polarity.NEGATED, denial=False)
    return judged.exclude(reader="")


def restate() -> int:
    """Proposes to show as denials the judged claims that an older reader showed as their opposite; how many.

    By the program, in the claim's own name (`subject`), batch by batch. One that was offered before is not offered again.
    Raises ledger.Conflict where somebody came in between: then it is tried again.
    """
    return _batch_by_batch(list(to_restate().order_by("pk").values_list("pk", flat=True)), _restated)


def _batch_by_batch(claims: Sequence[UUID], proposed: Callable[[ClaimState], Iterator[changes.Told]]) -> int:
    """Appends what is proposed for each claim, a batch in one transaction; for how many claims it was anything."""
    done = 0
    for start in range(0, len(claims), BATCH):
        changed = {}
        for claim, past in ledger.happenings(claims[start : start + BATCH]).items():
            state = lifecycle.fold(past)
            if isinstance(state, ClaimState) and (told := list(proposed(state))):
                changed[claim] = (state, told)
        ledger.append(changed, by=PROGRAM)
        done += len(changed)
    return done


def _restated(state: ClaimState) -> Iterator[changes.Told]:
    before = any(each.subject == str(state.id) for each in state.corrections)
    if before or state.correction or state.standing is None or (wanted := restating.proposed_restatement(state)) is None:
        return
    yield from changes.proposal(state, wanted, reason=gettext("A denial was shown as its opposite."), subject=str(state.id))


def _offered(state: ClaimState, cause: Cause) -> Iterator[changes.Told]:
    record = records.state_of(state.id)
    if record is None or record.withdrawn_at or state.standing is None or state.standing.id != state.published_verdict:
        return
    waiting = state.correction
    if waiting and (waiting.changes or not waiting.subject):
        return  # looked at again once that one is decided
    shown = records.sources_shown(state.said, records.pieces_of(state.standing, state.evidence))
    now = records.content(state.id, state.said, state.standing, shown)
    if records.digest(now) == records.digest(record.record):
        if waiting:
            because = gettext("The sources are called again as readers are shown them.")
            yield Authored(CorrectionReturned(correction=waiting.id, reason=because), PROGRAM)
    elif _declined(state, shown):
        if waiting:
            because = gettext("The sources were renamed again since.")
            yield Authored(CorrectionReturned(correction=waiting.id, reason=because), PROGRAM)
    elif waiting is None or waiting.shown != shown:
        why = cause.reason or gettext("What the claim stands on was renamed or corrected.")
        for told in changes.proposal(state, {}, reason=why, subject=str(cause.subject)):
            yield told if isinstance(told, Authored) else Authored(told, cause.by)


def _declined(state: ClaimState, shown: ShownSources) -> bool:
    """Did a person send this very offer back? It is not made again by itself."""
    returned = [each for each in state.corrections if each.status is CorrectionStatus.RETURNED and each.decided_by != PROGRAM.name]
    return any(each.subject and not each.changes and each.shown == shown for each in returned)
