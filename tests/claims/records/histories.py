"""A desk on which anything may happen: its people, its claims on every road, each step that a person may take, and what else goes on.

What is drawn are small numbers; each function says what a number means to it, so that a history can be told again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib.auth.models import User

from claims import erasure, flagging, handlers, tasks
from claims.domain.choices import RATINGS, Kind, Mode, Polarity, Relation, Scheme, Stance, scheme_for
from claims.domain.events import ClaimAccepted, ClaimPublished, VerdictApproved, VerdictProposed
from claims.domain.state import ClaimState
from claims.domain.values import Exhibit, Hop, SpeakerAsRead
from claims.intake import reading
from claims.intake import reread as rereading
from claims.models import Claim
from claims.workflow import corrections, linking, offering, publishing, recording, review, verdicts
from sources.capturing import documents
from sources.capturing.capture import capture
from sources.models import new_id
from sources.registry import outlets, speakers
from sources.roles import PROGRAM, Actor, Role, actor_of
from sources.text.edtf import ImpreciseDate
from tests import make

ROLES = {
    "reader": Role.READER,
    "reporter": Role.REPORTER,
    "reviewer": Role.REVIEWER,
    "editor": Role.EDITOR,
    "second editor": Role.EDITOR,
    "administrator": Role.ADMINISTRATOR,
    "stranger": None,
}
EARLIER = "2"  # a version of the reader before today's


class Desk:
    """The people of one history, and its claims."""

    word = "نورسين"  # what may have to be forgotten

    def __init__(self) -> None:
        self.renamings = 0
        self.people = {role: make.user(group, role.replace(" ", "-")) for role, group in ROLES.items()}
        reporter = self.actor("reporter")
        text = f"قال {self.word} العمري إن الميناء سيستقبل 300 سفينة غدا.\n\nوقالت الوزارة إن الجسر سيفتح في عام 2035.\n"
        kept = capture(
            text, by=reporter, outlet="جريدة الميناء", title=f"خبر {self.word}", published="2022-12-31", language="ar",
            url="https://example.org/a",
        )  # fmt: skip
        self.snapshot, self.document, self.outlet = kept.snapshot, kept.document, kept.document.outlet
        self.speaker = speakers.find_or_make(f"{self.word} العمري", "person", by=reporter)
        self.other_speaker = speakers.find_or_make("العمري", "person", by=reporter)
        reading.read_snapshot(self.snapshot)
        read = list(Claim.objects.filter(document=self.document).order_by("start").values_list("pk", flat=True))
        # Two that today's reader read, one that a person wrote down, and what older versions of the program kept.
        self.claims: list[UUID] = [*read[:1], *read[-1:], self.written(), self.once_read(), self.published_before()]

    def actor(self, role: str) -> Actor:
        """Somebody as they are called now, for one action."""
        return actor_of(User.objects.get(pk=self.people[role].pk))

    def written(self) -> UUID:
        """A claim that a person wrote down, of a time to come."""
        named = SpeakerAsRead(type="person", name="العمري", id=str(self.other_speaker.pk))
        said = make.said(
            kind=Kind.COMMITMENT, speaker=named, due="2060", criteria="أرقام الميناء", said_on=ImpreciseDate(edtf="2022-12-30")
        )
        return recording.record(said, by=self.actor("reporter")).stream

    def once_read(self) -> UUID:
        """A denial as an earlier version of the reader read it: its opposite."""
        quote = "تكون الشركة قد باعت السفينة"
        text = f"ونفى {self.word} العمري أن {quote}."
        kept = capture(text, by=self.actor("reporter"), outlet="جريدة الميناء", published="2022-12-31", language="ar")
        self.older, start = kept.document, text.index(quote)
        mode, name = Mode.INDIRECT, f"{self.word} العمري"
        said = make.said(
            statement=quote, quote=quote, start=start, end=start + len(quote), snapshot=str(kept.snapshot.pk), kind=Kind.ASSESSMENT,
            speaker=SpeakerAsRead(type="person", name=name), attributions=(Hop(agent=name, role="speaker", cue="ونفى", mode=mode),),
            polarity=Polarity.NEGATED, reader=EARLIER,
        )  # fmt: skip
        return recording.record(said, by=PROGRAM).stream

    def published_before(self) -> UUID:
        """A claim that was published before there were public records."""
        claim, verdict = self.written(), str(new_id())
        proposed = VerdictProposed(verdict=verdict, scheme=Scheme.COMMITMENT, rating=RATINGS[Scheme.COMMITMENT][0], rationale="وفى بوعده")
        make.as_before(claim, ClaimAccepted(), proposed, by=self.actor("reviewer"))
        make.as_before(claim, VerdictApproved(verdict=verdict), ClaimPublished(), by=self.actor("editor"))
        return claim


# ── what a person may do: one for each step of a claim

Step = Callable[[Desk, ClaimState, Actor, int], object]


def _due(number: int) -> ImpreciseDate | None:
    return (None, ImpreciseDate(edtf="2059"), ImpreciseDate(edtf="2061-06"), ImpreciseDate(edtf="2024"))[number % 4]


def _changes(desk: Desk, number: int) -> dict[str, object]:
    named = {
        "type": "person",
        "name": f"{desk.word} العمري",
        "title": "",
        "id": str(desk.speaker.pk),
        "mention_start": None,
        "mention_end": None,
    }
    return (
        {"statement": f"صياغة {number} للميناء"},
        {"statement": f"قال {desk.word} غير ذلك {number}", "tags": [f"وسم {number}"]},
        {"notes": f"ملاحظة {number} عن {desk.word}"},
        {"speaker": named, "criteria": f"بيان {number}"},
        {"kind": (Kind.EVENT, Kind.PREDICTION)[number // 5 % 2].value},
    )[number % 5]


def _reach(desk: Desk, state: ClaimState, by: Actor, number: int) -> object:
    ratings = RATINGS[scheme_for(state.said.kind)]
    evidence = tuple(piece.id for piece in state.exhibits[: number % 3])
    known = date(2024, 1, 1 + number % 5) if number % 2 else None
    said = f"لأن {desk.word} كتب ذلك {number}" if number % 3 == 0 else f"تبين ذلك {number}"
    return verdicts.reach(state.id, rating=ratings[number % len(ratings)], rationale=said, evidence=evidence, known_since=known, by=by)


def _add(desk: Desk, state: ClaimState, by: Actor, number: int) -> object:
    stance = list(Stance)[number % 3]
    if number % 2:
        return review.add_evidence(state.id, Exhibit(stance=stance, snapshot=str(desk.snapshot.pk), note=desk.word), by=by)
    return review.add_evidence(state.id, Exhibit(stance=stance, url=f"https://example.org/{number}"), by=by)


def _take_back(desk: Desk, state: ClaimState, by: Actor, number: int) -> object:
    piece = state.evidence[number % len(state.evidence)].id if state.evidence else "none"
    return review.withdraw_evidence(state.id, evidence=piece, reason="مزور", by=by)


def _other(desk: Desk, state: ClaimState, number: int) -> UUID:
    return [claim for claim in desk.claims if claim != state.id][number % (len(desk.claims) - 1)]


def _unlink(desk: Desk, state: ClaimState, by: Actor, number: int) -> object:
    other = UUID(state.links[number % len(state.links)].other) if state.links else _other(desk, state, number)
    return linking.unlink(state.id, other, reason="غيره", by=by)


TAKE: dict[str, Step] = {
    "accept": lambda desk, s, by, n: review.accept(s.id, by=by),
    "reject": lambda desk, s, by, n: review.reject(s.id, reason="لا يهم", by=by),
    "assign": lambda desk, s, by, n: review.assign(s.id, to=desk.actor("reviewer").name, by=by),
    "unassign": lambda desk, s, by, n: review.unassign(s.id, by=by),
    "schedule": lambda desk, s, by, n: review.schedule(s.id, due=_due(n), reason="موعد" if n % 2 else "", by=by),
    "revise": lambda desk, s, by, n: recording.revise(s.id, _changes(desk, n), reason=f"أدق {n}", by=by),
    "register": lambda desk, s, by, n: review.register(s.id, criteria=f"بيان الميناء {n}" if n % 2 else "", by=by),
    "redate": lambda desk, s, by, n: recording.redate(s.id, by=by),
    "reread": lambda desk, s, by, n: recording.take_reading(s.id, by=by),
    "evidence": _add,
    "withdraw-evidence": _take_back,
    "verdict": _reach,
    "approve": lambda desk, s, by, n: verdicts.approve(s.id, by=by),
    "return": lambda desk, s, by, n: verdicts.send_back(s.id, reason="ينقصه دليل", by=by),
    "publish": lambda desk, s, by, n: publishing.publish(s.id, by=by),
    "withdraw": lambda desk, s, by, n: publishing.withdraw(s.id, reason="خطأ", by=by),
    "reopen": lambda desk, s, by, n: review.reopen(s.id, reason="جديد", by=by),
    "merge": lambda desk, s, by, n: linking.merge(s.id, into=_other(desk, s, n), by=by),
    "unmerge": lambda desk, s, by, n: linking.unmerge(s.id, reason="غيره", by=by),
    "link": lambda desk, s, by, n: linking.link(s.id, _other(desk, s, n), relation=Relation.values[n % len(Relation.values)], by=by),
    "unlink": _unlink,
    "corrections": lambda desk, s, by, n: recording.propose(s.id, _changes(desk, n), reason=f"صواب {n}", by=by),
    "approve-correction": lambda desk, s, by, n: corrections.approve(s.id, by=by),
    "return-correction": lambda desk, s, by, n: corrections.send_back(s.id, reason="الأصل صحيح", by=by),
}

# ── what else happens: sources change, the workers work, words are forgotten, people are called otherwise


def work(desk: Desk, number: int) -> None:
    """What the workers do of themselves: they follow the feed, and offer corrections."""
    tasks.deliver_events()
    tasks.offer_corrections()


def _rename_speaker(desk: Desk, number: int) -> None:
    speakers.revise(desk.speaker, name=f"العمري الكبير {number}", by=desk.actor("editor"), reason="الاسم كاملا")


def _merge_speakers(desk: Desk, number: int) -> None:
    desk.other_speaker.refresh_from_db()
    if desk.other_speaker.merged_into_id:
        speakers.unmerge(desk.other_speaker, by=desk.actor("second editor"), reason="رجلان")
    else:
        speakers.merge(desk.other_speaker, desk.speaker, by=desk.actor("second editor"), reason="واحد")


def _redate_document(desk: Desk, number: int) -> None:
    documents.correct(desk.document, published=f"2022-12-{10 + number % 15}", by=desk.actor("editor"), reason="خطأ في اليوم")
    tasks.redate_claims()


def _reread(desk: Desk, number: int) -> None:
    for document in (desk.document, desk.older):
        rereading.reread(document.pk)


def _erase(desk: Desk, number: int) -> None:
    erasure.erase([desk.word], reason="حكم محكمة", by=desk.actor("administrator"))


def _rename_account(desk: Desk, number: int) -> None:
    role = ("reviewer", "editor", "second editor", "administrator")[number % 4]
    desk.renamings += 1
    user = User.objects.get(pk=desk.people[role].pk)
    user.username = f"{role.replace(' ', '-')}.{desk.renamings}"
    user.save()


def _upgrade(desk: Desk, number: int) -> None:
    handlers.owe_first_records(sender=None)
    tasks.issue_first_records()


def _rename_outlet(desk: Desk, number: int) -> None:
    outlets.revise(desk.outlet, name=f"صحيفة {number}", by=desk.actor("second editor"), reason="اسم جديد")


def _retitle(desk: Desk, number: int) -> None:
    documents.correct(desk.document, title=f"عنوان {number}", by=desk.actor("editor"), reason="عنوان آخر")


BESIDE: dict[str, Callable[[Desk, int], object]] = {
    "an outlet is renamed": _rename_outlet,
    "a speaker is renamed": _rename_speaker,
    "speakers are merged or parted": _merge_speakers,
    "a document gets another title": _retitle,
    "a document gets another date": _redate_document,
    "the text is read again": _reread,
    "the workers work": work,
    "denials are stated again": lambda desk, n: offering.restate(),
    "the rules look": lambda desk, n: flagging.run(today=date(2026, 1 + n % 12, 1)),
    "a word is erased": _erase,
    "an account is renamed": _rename_account,
    "first records are issued": _upgrade,
}
