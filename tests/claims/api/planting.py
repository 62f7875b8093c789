"""Words planted where the desk keeps text: a distinct one in each field of each event, and all along a history made through the rooms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from claims import flagging, ledger, records, tasks
from claims.domain import events
from claims.domain.choices import Comparator, Kind, Stance
from claims.domain.events import Event
from claims.domain.values import Exhibit, Figure, Hop, SpeakerAsRead
from claims.handlers import CONSUMERS
from claims.ledger import subscriptions
from claims.notifications import webhooks
from claims.transparency import checkpoints
from claims.workflow import corrections, linking, publishing, recording, review, verdicts
from sources.capturing import documents
from sources.capturing.capture import capture
from sources.models import new_id
from sources.registry import outlets, speakers
from sources.roles import PROGRAM, Actor, Role
from sources.text.edtf import ImpreciseDate
from tests import make
from tests.claims.values import CODED, WORD, made

# Texts of events in which no word can be planted, and why. A new field is planted by itself.
MOMENT = "a moment, which is parsed"
UNREACHABLE: Mapping[str, tuple[str | None, str]] = {
    **{name: (value, "an id or a date, which is parsed") for name, value in CODED.items()},
    **dict.fromkeys(("id", "document", "snapshot"), (None, "an id of what has to be there")),
    "first_published_at": ("", MOMENT),
    "last_corrected_at": ("", MOMENT),
    "at": ("", MOMENT),
    "into": (str(UUID(int=7)), "an id"),
    "duplicate": (str(UUID(int=7)), "an id"),
    "correction": (str(UUID(int=7)), "an id"),
    "superseded": (str(UUID(int=7)), "an id"),
    "subject": (str(UUID(int=7)), "an id"),
    "speaker_id": (str(UUID(int=7)), "an id"),
}
BEGINS = (events.ClaimRecorded, events.FlagRaised, events.SourceRevised, events.Erased, events.PublicRecordIssued)


@dataclass
class Garden:
    """What was planted: `secret` words belong to the desk, `shown` ones to public records, each by the place it was planted in."""

    secret: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    ids: dict[str, UUID] = field(default_factory=dict)

    def hide(self, place: str) -> str:
        """A new word that nobody outside may read."""
        return self._plant(self.secret, place)

    def show(self, place: str) -> str:
        """A new word that a public record shows."""
        return self._plant(self.shown, place)

    def _plant(self, bed: dict[str, str], place: str) -> str:
        bed[place] = word = f"zq{len(self.secret) + len(self.shown):04d}"
        return word

    def actor(self, role: Role) -> Actor:
        """Somebody with an account whose names are all the desk's own."""
        named = {name: self.hide(f"account.{role}.{name}") for name in ("first_name", "last_name")}
        user = make.user(role, name=self.hide(f"account.{role}"), email=f"{self.hide(f'account.{role}.email')}@example.org", **named)
        return Actor(user.get_username(), str(user.pk), frozenset({role}))

    def event(self, kind: type[Event], *, shown: bool = False, **fixed: Any) -> Event:
        """An event with a word of its own in each of its texts."""
        plain = msgspec.to_builtins(made(kind, {name: value for name, (value, _why) in UNREACHABLE.items()}))
        for name in fixed:
            plain.pop(name, None)
        bed = self.show if shown else self.hide
        return msgspec.convert(_replaced(plain, kind.__name__, bed) | fixed, kind)


def _replaced(plain: Any, place: str, bed: Any) -> Any:
    if isinstance(plain, dict):
        return {name: _replaced(value, f"{place}.{name}", bed) for name, value in plain.items()}
    if isinstance(plain, list | tuple):
        return [_replaced(value, place, bed) for value in plain]
    return bed(place) if plain == WORD else plain


def plant() -> Garden:
    """A desk whose every text holds a word: what happened through its rooms, and beside it one event of each type."""
    garden = Garden()
    _history(garden)
    _every_event(garden)
    checkpoints.make()
    for consumer in CONSUMERS.values():
        subscriptions.deliver(consumer)
    tasks.prove_records()
    return garden


def _history(g: Garden) -> None:
    reporter, reviewer, editor = (g.actor(role) for role in (Role.REPORTER, Role.REVIEWER, Role.EDITOR))
    quote, before, after = g.show("quote"), g.show("prefix"), g.show("suffix")
    far = " ".join(g.hide(f"text.{n}") for n in range(40))  # beyond the words around a quote
    text = f"{far}{' ' * 64}{before} {quote} {after}{' ' * 64}{g.hide('text.end')}"
    kept = capture(
        text,
        by=reporter,
        outlet=g.show("outlet as published"),
        title=g.show("title as published"),
        url=f"https://example.org/{g.show('address')}",
        published="2022-12-30",
        raw=f"<p>{g.hide('page')}</p>".encode(),
        media_type="text/html",
        fetched={"headers": [["Server", g.hide("header")]]},
    )
    g.ids |= {"document": kept.document.pk, "snapshot": kept.snapshot.pk}
    speaker = speakers.find_or_make(g.show("speaker as published"), "person", by=reporter)
    claim = recording.record(_said(g, kept, speaker, text.index(quote), quote), by=reporter, key=g.hide("key")).stream
    g.ids |= {"published": claim, "speaker": speaker.pk, "record": records.stream_of(claim)}
    recording.revise(claim, {"statement": g.show("statement as published")}, reason=g.hide("reason of a revision"), by=reporter)
    review.accept(claim, by=reviewer)
    note, address = g.hide("note of evidence"), f"https://example.org/{g.show('evidence')}"
    exhibit = Exhibit(stance=Stance.SUPPORTS, note=note, url=address, archived=f"https://example.org/{g.show('archived')}")
    made_ = review.add_evidence(claim, exhibit, by=reporter)
    rests = make.state(made_).evidence[0].id
    other = Exhibit(stance=Stance.CONTEXT, url=f"https://example.org/{g.hide('evidence taken back')}", note=g.hide("note taken back"))
    taken = make.state(review.add_evidence(claim, other, by=reporter)).evidence[1].id
    review.withdraw_evidence(claim, evidence=taken, reason=g.hide("reason of evidence taken back"), by=reviewer)
    review.assign(claim, to=editor.name, by=reviewer)
    _judge(g, claim, reviewer, editor, rests)
    publishing.publish(claim, by=editor)
    _after_publication(g, claim, reviewer, editor)
    _sources_changed(g, kept.document, speaker, editor)
    _others(g, claim, reporter, reviewer, editor)


def _said(g: Garden, kept: Any, speaker: Any, start: int, quote: str) -> events.ClaimRecorded:
    due = ImpreciseDate(edtf="2024-05", text=g.show("due as read"))
    return make.said(
        statement=g.hide("draft statement"),
        kind=Kind.COMMITMENT,
        speaker=SpeakerAsRead(type="person", name=g.hide("speaker as read"), title=g.show("title of the speaker"), id=str(speaker.pk)),
        quote=quote,
        start=start,
        end=start + len(quote),
        document=str(kept.document.pk),
        snapshot=str(kept.snapshot.pk),
        source=g.hide("source in words"),
        said_on=ImpreciseDate(edtf="2022-12-30", text=g.show("date as read")),
        scope=ImpreciseDate(edtf="2023", text=g.hide("scope as read")),
        due=due,
        quantities=(Figure(text=g.show("figure"), value=Decimal(200), unit=g.show("unit"), comparator=Comparator.ABOUT),),
        attributions=(Hop(agent=g.hide("agent"), role="agency", cue=g.hide("cue")),),
        why=(g.hide("why"),),
        criteria=g.show("criteria"),
        tags=(g.hide("tag"),),
        notes=g.hide("notes"),
    )


def _judge(g: Garden, claim: UUID, reviewer: Actor, editor: Actor, rests: str) -> None:
    about = {"rating": "in_progress", "evidence": (rests,), "by": reviewer}
    verdicts.reach(claim, rationale=g.hide("rationale sent back"), **about)
    verdicts.send_back(claim, reason=g.hide("reason of sending back"), by=editor)
    verdicts.reach(claim, rationale=g.show("rationale"), **about)
    verdicts.approve(claim, by=editor)


def _after_publication(g: Garden, claim: UUID, reviewer: Actor, editor: Actor) -> None:
    recording.revise(claim, {"notes": g.hide("later notes"), "tags": [g.hide("later tag")]}, reason=g.hide("reason of notes"), by=reviewer)
    recording.revise(claim, {"statement": g.show("statement corrected")}, reason=g.show("reason of the correction"), by=reviewer)
    corrections.approve(claim, by=editor)
    recording.revise(claim, {"statement": g.hide("correction sent back")}, reason=g.hide("reason of that"), by=reviewer)
    corrections.send_back(claim, reason=g.hide("why it was sent back"), by=editor)
    verdicts.reach(claim, rating="kept", rationale=g.hide("pending rationale"), by=reviewer)
    unused = Exhibit(stance=Stance.REFUTES, url=f"https://example.org/{g.hide('later evidence')}", note=g.hide("later note"))
    review.add_evidence(claim, unused, by=reviewer)
    recording.revise(claim, {"criteria": g.hide("waiting criteria")}, reason=g.hide("reason that waits"), by=reviewer)


def _sources_changed(g: Garden, document: Any, speaker: Any, editor: Actor) -> None:
    outlets.revise(document.outlet, name=g.hide("outlet renamed"), by=editor, reason=g.hide("reason of the outlet"))
    documents.correct(document, title=g.hide("document renamed"), by=editor, reason=g.hide("reason of the document"))
    speakers.revise(speaker, name=g.hide("other name"), by=editor)
    kept = speakers.find_or_make(g.hide("speaker kept"), "person", by=editor)
    speakers.merge(speaker, kept, by=editor, reason=g.hide("reason of the speaker"))


def _others(g: Garden, claim: UUID, reporter: Actor, reviewer: Actor, editor: Actor) -> None:
    """Claims that are not public: beside the published one, taken back, merged, registered, turned down."""
    hidden = {name: _public(g, name, reporter, reviewer, editor) for name in ("withdrawn", "merged")}
    publishing.withdraw(hidden["withdrawn"], reason=g.hide("reason of withdrawing"), by=editor)
    linking.merge(hidden["merged"], into=claim, reason=g.hide("reason of merging"), by=editor)
    draft = make.recorded(
        reporter, statement=g.hide("draft"), due="2999", criteria=g.hide("draft's criteria"), notes=g.hide("draft's notes")
    )
    review.register(draft, criteria=g.hide("registered criteria"), by=reviewer)
    linking.link(draft, claim, relation="refines", reason=g.hide("reason of a link"), by=reviewer)
    review.accept(draft, by=reviewer)
    review.reject(draft, reason=g.hide("reason of rejecting"), by=reviewer)
    g.ids |= hidden | {"draft": draft}
    webhooks.make(f"https://example.org/{g.hide('webhook')}", by=editor)
    flagging.run()


def _public(g: Garden, name: str, reporter: Actor, reviewer: Actor, editor: Actor) -> UUID:
    claim = make.recorded(reporter, statement=g.hide(f"{name} statement"), kind=Kind.EVENT)
    review.accept(claim, by=reviewer)
    verdicts.reach(claim, rating="true", rationale=g.hide(f"{name} rationale"), by=reviewer)
    verdicts.approve(claim, by=editor)
    publishing.publish(claim, by=editor)
    return claim


def _every_event(g: Garden) -> None:
    """One event of each type as it could be: those of claims on the stream of one that is public, and a record with every field."""
    by = Actor(g.hide("actor"), g.hide("actor's id"))
    public = g.ids["published"]
    plain = make.recorded(statement=g.hide("recorded for its record"))
    shown = g.event(events.PublicRecordIssued, shown=True, claim=str(plain), number=1, cause="published")
    ledger.append({records.stream_of(plain): (None, [shown])}, by=PROGRAM)
    g.ids["record with every field"] = plain
    for kind in events.TYPES.values():
        if kind.__name__.startswith("PublicRecord"):
            continue
        fixed = {"claim": str(public)} if kind is events.FlagRaised else {}
        told = g.event(kind, **fixed)
        stream = new_id() if kind in BEGINS else _stream_for(kind, public, g)
        before = None if kind in BEGINS else ledger.state_of(stream)
        ledger.append({stream: (before, [told])}, by=by)
        g.ids[kind.__name__] = stream


def _stream_for(kind: type[Event], claim: UUID, g: Garden) -> UUID:
    return g.ids["FlagRaised"] if kind.__name__.startswith("Flag") else claim


def texts_of_events() -> Iterator[str]:
    """The names of all texts that events can hold, as `EVENT.FIELD.…`."""
    found: list[str] = []
    for kind in events.TYPES.values():
        _replaced(msgspec.to_builtins(made(kind, {})), kind.__name__, lambda place: found.append(place) or WORD)
    yield from found
