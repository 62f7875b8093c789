"""What a test needs and does not want to talk about: people, texts, claims."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group, User

from claims import flagging, ledger
from claims.domain.choices import Comparator, Kind, Stance
from claims.domain.events import ClaimRecorded, Event
from claims.domain.state import ClaimState
from claims.domain.values import Exhibit, Figure, Hop, SpeakerAsRead
from claims.models import Claim
from claims.workflow import linking, publishing, recording, review, verdicts
from sources.capturing import documents
from sources.capturing.capture import capture
from sources.registry import outlets, speakers
from sources.roles import Actor, Role, actor_of
from sources.text.edtf import ImpreciseDate

_numbers = count(1)

REPORTER = Actor("rana", "r1", frozenset({Role.REPORTER}))
REVIEWER = Actor("yusuf", "r2", frozenset({Role.REVIEWER}))
EDITOR = Actor("salma", "r3", frozenset({Role.EDITOR}))
CHIEF = Actor("huda", "r5", frozenset({Role.EDITOR}))  # who approves what EDITOR proposed
STRANGER = Actor("nobody", "r4")


def said(**fields: Any) -> ClaimRecorded:
    """What a claim says; a test names only what it is about."""
    n = next(_numbers)
    plain: dict[str, Any] = {
        "statement": f"ستبلغ التجارة {n} مليار دولار",
        "kind": Kind.PREDICTION,
        "speaker": SpeakerAsRead(type="person", name="وزير التجارة"),
        "source": "صحيفة",
    }
    if isinstance(fields.get("due"), str):
        fields["due"] = ImpreciseDate(edtf=fields["due"])
    return ClaimRecorded(**(plain | fields))


def recorded(by: Actor = REPORTER, **fields: Any) -> UUID:
    """The id of a claim that was just proposed."""
    return recording.record(said(**fields), by=by).stream


def claim(by: Actor = REPORTER, **fields: Any) -> Claim:
    """A proposed claim, as its row."""
    return Claim.objects.get(pk=recorded(by, **fields))


def accepted(evidence: Iterable[Exhibit] = (), **fields: Any) -> UUID:
    """A claim that a reviewer has accepted, with what a reporter has put beside it."""
    claim = recorded(**({"kind": Kind.QUANTITY} | fields))
    review.accept(claim, by=REVIEWER)
    for exhibit in evidence:
        review.add_evidence(claim, exhibit, by=REPORTER)
    return claim


def pending(rating: str = "true", rationale: str = "حدث ذلك", known_since: date | None = None, **fields: Any) -> UUID:
    """A claim with a verdict that waits for approval."""
    claim = accepted(**fields)
    verdicts.reach(claim, rating=rating, rationale=rationale, known_since=known_since, by=REVIEWER)
    return claim


def judge(claim: UUID, rating: str = "true", rationale: str = "حدث ذلك", *, by: Actor = REVIEWER, **verdict: Any) -> UUID:
    """Gives a claim that is accepted a verdict, which an editor approves."""
    verdicts.reach(claim, rating=rating, rationale=rationale, by=by, **verdict)
    verdicts.approve(claim, by=EDITOR)
    return claim


def judged(**fields: Any) -> UUID:
    """A claim with an approved verdict."""
    claim = pending(**fields)
    verdicts.approve(claim, by=EDITOR)
    return claim


def publish(claim: UUID, rating: str = "true", rationale: str = "حدث ذلك") -> UUID:
    """Takes a claim that is accepted through its verdict to the readers."""
    judge(claim, rating, rationale)
    publishing.publish(claim, by=EDITOR)
    return claim


def published(**fields: Any) -> UUID:
    """A claim whose verdict readers see."""
    claim = judged(**fields)
    publishing.publish(claim, by=EDITOR)
    return claim


def reopened(**fields: Any) -> UUID:
    """A published claim that the desk looks at anew."""
    claim = published(**fields)
    review.reopen(claim, reason="شك", by=EDITOR)
    return claim


def as_before(claim: UUID, *events: Event, by: Actor = REVIEWER) -> None:
    """Appends events as an older program did, which asked less before it wrote them."""
    ledger.append({claim: (ledger.state_of(claim), events)}, by=by)


def state(receipt: Any) -> ClaimState:
    """The claim's state after a step."""
    assert isinstance(receipt.state, ClaimState)
    return receipt.state


def user(role: str | None = Role.REVIEWER, name: str | None = None, **fields: Any) -> User:
    """Somebody with an account, in the group of `role`."""
    somebody = User.objects.create_user(name or f"user{next(_numbers)}", password="a long password", is_staff=True, **fields)
    if role:
        somebody.groups.add(Group.objects.get_or_create(name=str(role))[0])
    return somebody


def actor(role: str | None = Role.REVIEWER, name: str | None = None) -> Actor:
    """Somebody with an account, as the rooms know them."""
    return actor_of(user(role, name))


def history() -> None:
    """A desk's work of some days: texts, claims on every road, flags, names that changed, merges, and one taken back."""
    reporter, editor = REPORTER, EDITOR
    page = b"<html><body><article><p>\xd9\x86\xd8\xb5</p></article></body></html>"
    text = "قال سامي حداد إن التجارة ستبلغ 200 مليار دولار في ربيع 2023. 🕊"
    one = capture(
        text,
        by=reporter,
        outlet="تويتر",
        title="خبر",
        published="2022-12-30",
        raw=page,
        media_type="text/html",
        fetched={"headers": [["Server", "ميناء"]]},
    )
    capture("نص آخر للصفحة نفسها", by=reporter, url="https://example.org/a", outlet="الميناء")
    capture("وقد تغيّر", by=reporter, url="https://example.org/a", outlet="الميناء", language="ar")
    sami, haddad, stranger = (speakers.find_or_make(name, "person", by=reporter) for name in ("سامي", "سامي حداد", "غريب"))
    named = SpeakerAsRead(type="person", name="سامي", id=str(sami.pk))
    read = said(
        quote="التجارة", start=17, end=24, snapshot=str(one.snapshot.pk), document=str(one.document.pk), speaker=named, due="2023-21"
    )
    first = recording.record(read, by=reporter, key="read-1").stream
    figure = Figure(text="200 مليار", value=Decimal(200000000000), unit="USD", comparator=Comparator.ABOUT)
    second = recorded(quantities=(figure,), attributions=(Hop(agent="وكالة", role="agency", cue="قال"),), due="2022", tags=("تجارة",))
    third, fourth = recorded(notes="سطر\nثان\tوعلامة \\ "), recorded()
    review.accept(first, by=REVIEWER, key="accept-1")
    review.add_evidence(first, Exhibit(stance=Stance.CONTEXT, snapshot=str(one.snapshot.pk), note="هنا"), by=reporter)
    more = review.add_evidence(first, Exhibit(stance=Stance.SUPPORTS, url="https://example.org/b"), by=reporter)
    kept, taken = (piece.id for piece in state(more).evidence)
    review.withdraw_evidence(first, evidence=taken, reason="نقلت عن غيرها", by=REVIEWER)
    verdicts.reach(first, rating="came_true", rationale="حدث ذلك", evidence=(kept,), by=REVIEWER)
    verdicts.approve(first, by=editor)
    publishing.publish(first, by=editor)
    recording.revise(second, {"statement": "صياغة أخرى", "tags": ["اقتصاد"]}, reason="أوضح", by=reporter, key="revise-2")
    review.reject(third, reason="لا يهم", by=REVIEWER)
    linking.merge(fourth, into=second, by=editor)
    linking.link(first, second, relation="refines", reason="أدقّ", by=REVIEWER, key="link-1")
    linking.link(second, third, relation="not_same", by=REVIEWER)
    flagging.run(today=date(2024, 6, 1))
    outlets.revise(outlets.find("تويتر") or one.document.outlet, name="إكس", by=editor, reason="اسم جديد")
    documents.correct(one.document, published="2022-12-31", by=editor, reason="خطأ")
    speakers.merge(sami, haddad, by=editor)
    speakers.merge(stranger, haddad, by=editor, reason="ظن")
    speakers.unmerge(stranger, by=editor, reason="رجلان")
    speakers.revise(haddad, name="س. حداد", by=editor)
