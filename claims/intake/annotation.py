"""A person marks a text: these words are the quote, this name is the speaker, here is a claim that was missed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from claims import ledger
from claims.domain import denials, lifecycle, overlap
from claims.domain.choices import Comparator
from claims.domain.events import ClaimRecorded
from claims.domain.state import ClaimState
from claims.domain.values import Figure, SpeakerAsRead
from claims.extraction import Draft
from claims.intake import reading
from claims.ledger import Receipt
from claims.models import Claim
from claims.workflow import recording
from sources.models import NAMED_TYPES, Snapshot, SpeakerType
from sources.registry import names, speakers
from sources.roles import Actor
from sources.text.dates import find_dates
from sources.text.numbers import Quantity, find_quantities


class Unmarkable(ledger.Unfit):
    """These words cannot be taken as that. `errors` says why, by field."""


def quote(claim: UUID, *, start: int, end: int, words: str = "", by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """Makes `text[start:end]` of the claim's snapshot its quote; the statement follows where nobody reworded it, figures do too.

    Offsets are Unicode code points. `words` is what the caller believes to stand there, compared without regard to spaces.
    Raises Unmarkable, or what recording.revise raises.
    """
    state = _claim(claim)
    snapshot = _snapshot(state.said.snapshot)
    text = _words(snapshot, start, end, words)
    changes: dict[str, Any] = {"quote": text, "start": start, "end": end}
    if state.said.statement == as_drafted(state.said, snapshot.text):
        changes["statement"] = as_drafted(replace(state.said, quote=text, start=start, end=end), snapshot.text)
    if all(figure.start is not None for figure in state.said.quantities):
        changes["quantities"] = msgspec.to_builtins(figures_in(snapshot, start, end, state.said.quantities))
    return recording.revise(claim, changes, reason=_("The quote was marked in the article."), by=by, key=key, after=after)


def speaker(
    claim: UUID,
    *,
    start: int | None = None,
    end: int | None = None,
    words: str = "",
    like: UUID | None = None,
    by: Actor,
    key: str | None = None,
    after: int | None = None,
) -> Receipt:
    """Makes the name at `text[start:end]` of the claim's snapshot its speaker, or whoever speaks in the claim `like`.

    A name that another claim of the text has read as its speaker's is the same person. One that nobody is known by is
    taken for a person's, or an organisation's where the claim's speaker was one.
    """
    state = _claim(claim)
    with transaction.atomic():  # a refused step leaves no speaker behind
        if like is not None:
            said = _claim(like).said.speaker
        elif start is None or end is None:
            raise Unmarkable(start=_("Choose a name, or the words where it stands."))
        else:
            said = _at(_snapshot(state.said.snapshot), start, end, words, state.said.speaker, by)
        hops = list(state.said.attributions)
        if hops and hops[-1].role == "speaker":
            hops[-1] = replace(hops[-1], agent=said.name)
        changes = {"speaker": msgspec.to_builtins(said), "attributions": msgspec.to_builtins(hops)}
        text = _snapshot(state.said.snapshot).text if state.said.denial and state.said.snapshot else ""
        if text and state.said.statement == as_drafted(state.said, text):  # who denies it is named in the statement
            changes["statement"] = as_drafted(replace(state.said, speaker=said), text)
        return recording.revise(claim, changes, reason=_("The speaker was marked in the article."), by=by, key=key, after=after)


def propose(snapshot: Snapshot, *, start: int, end: int, words: str = "", by: Actor, key: str | None = None) -> Receipt:
    """Proposes `text[start:end]` as a claim. What the reader sees there (speaker, kind, dates) is taken over from it."""
    text = _words(snapshot, start, end, words)
    read = reading.read(snapshot, precise=False)
    figures = figures_in(snapshot, start, end, ())
    near = max(read.claims, key=lambda draft: _shared(draft, start, end), default=None)
    draft = near if near and _shared(near, start, end) >= overlap.HALF else _plain(bool(figures))
    with transaction.atomic():
        reading.hold(snapshot)  # else the reader might propose the same beside it
        before = snapshot.text[max(0, start - denials.BEFORE) : start]
        marked = replace(draft, quote=text, start=start, end=end, before=before, quantities=[])
        said = reading.claim_from_draft(marked, snapshot, read.language, by=by)
        said = replace(said, quantities=figures)  # a person proposes it: no version of the reader answers for it
        return recording.record(said, by=by, key=key)


def as_drafted(said: ClaimRecorded, text: str) -> str:
    """The statement that the reader would give these words of a text: the quote, or of a denial the sentence that says so."""
    if not said.denial or not said.quote or said.start is None:
        return said.quote or ""
    who = said.speaker
    mention = text[who.mention_start : who.mention_end] if who.mention_start is not None else ""
    cue = next((hop.cue for hop in said.attributions[-1:] if hop.role == "speaker"), "")
    before = text[max(0, said.start - denials.BEFORE) : said.start]
    return denials.statement(said.quote, before=before, speaker_type=who.type, speaker=who.name, mention=mention, cue=cue)


def figures_in(snapshot: Snapshot, start: int, end: int, known: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures of a run of text: those of `known` that stand in it, and what is read in it besides."""
    kept = [f for f in known if f.start is not None and f.end is not None and start <= f.start and f.end <= end]
    text = snapshot.text[start:end]
    taken = [(f.start, f.end) for f in kept]
    taken += [(start + (d.start or 0), start + (d.end or 0)) for d in find_dates(text, snapshot.document.published_on)]
    read = [_figure(q, start) for q in find_quantities(text)]
    new = [f for f in read if not any((a or 0) < (f.end or 0) and (f.start or 0) < (b or 0) for a, b in taken)]
    return tuple(sorted([*kept, *new], key=lambda f: f.start or 0))


def _figure(q: Quantity, at: int) -> Figure:
    comparator = Comparator(q.comparator)
    return Figure(text=q.text, value=q.value, value_max=q.value_max, unit=q.unit, comparator=comparator, start=at + q.start, end=at + q.end)


def _claim(claim: UUID) -> ClaimState:
    state = ledger.state_of(claim)
    if not isinstance(state, ClaimState):
        raise ledger.NoSuchClaim
    return state


def _snapshot(id: str | None) -> Snapshot:  # noqa: A002
    if id is None:
        raise Unmarkable(start=_("This claim was heard without a text."))
    return Snapshot.objects.select_related("content", "document__outlet").defer("raw").get(pk=id)


def _words(snapshot: Snapshot, start: int, end: int, words: str) -> str:
    text = snapshot.text[start:end] if 0 <= start < end else ""
    if not text.strip() or end > len(snapshot.text):
        raise Unmarkable(start=_("No words of the text stand at this place."))
    if words.strip() and words.split() != text.split():
        raise Unmarkable(start=_("Other words stand at this place than those that were chosen: choose them again."))
    return text


def _at(snapshot: Snapshot, start: int, end: int, words: str, before: SpeakerAsRead, by: Actor) -> SpeakerAsRead:
    """The speaker whose name stands there: as another claim of this text has it, else known by it, else a new one."""
    name = " ".join(_words(snapshot, start, end, words).split()).strip(" «»\"'“”.,:;،؛")[:300]
    claims = Claim.objects.filter(document=snapshot.document_id, snapshot=snapshot.pk).values_list("pk", flat=True)
    for happened in ledger.happenings(list(claims)).values():
        state = lifecycle.fold(happened)
        read = state.said.speaker if isinstance(state, ClaimState) else None
        if read and (read.mention_start, read.mention_end) == (start, end):
            return read
    try:
        known = speakers.find(name)
        if known is None:
            kind = before.type if before.type in NAMED_TYPES else SpeakerType.PERSON
            known = speakers.find_or_make(name, kind, by=by)
    except names.NoName as error:
        raise Unmarkable(start=_("There is no name in these words.")) from error
    return SpeakerAsRead(type=known.type, name=name, title=known.title, id=str(known.pk), mention_start=start, mention_end=end)


def _shared(draft: Draft, start: int, end: int) -> float:
    return overlap.shared((draft.start, draft.end), (start, end))


def _plain(has_figures: bool) -> Draft:
    """What is known of words that the reader sees no claim in: the article says them."""
    return Draft(
        quote="", start=0, end=0, kind="quantity" if has_figures else "event", polarity="affirmed", superlative=False,
        check_worthiness=0.5, why=[], speaker_type=SpeakerType.NARRATOR.value, speaker_name=None, speaker_title=None,
        mention=None, mode="narrator", cue=None, reported_by=[], said_on=None, scope=None, due=None, quantities=[],
    )  # fmt: skip
