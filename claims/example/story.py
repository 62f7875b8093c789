"""What two colleagues did with the example's claims, step by step, each step taken once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from claims import flagging, ledger
from claims.domain.choices import Rating, Scheme, Stance
from claims.domain.values import Exhibit
from claims.handlers import READ
from claims.intake import reading
from claims.models import Claim
from claims.workflow import publishing, review, verdicts
from sources.capturing.capture import capture
from sources.models import Snapshot, Work
from sources.roles import Actor, Role, actor_of

HERE = Path(__file__).parent
ARTICLES = [
    ("summit.ar.txt", "ar", "مرصد الميناء", "موسكو وبكين تختتمان العام بقمة عبر الشاشة"),
    ("summit.en.txt", "en", "The Harbour Gazette", "Two presidents meet on screen as the year ends"),
]
PUBLISHED = "2022-12-31"
# By which words the claims that are worked on are found.
WORDS = {
    "ar": {"visit": "سيزور موسكو", "trade": "200 مليار", "growth": "25 في المئة", "exercise": "2000 جندي"},
    "en": {"visit": "visit Moscow", "trade": "$200 billion", "growth": "25 percent", "exercise": "2,000 soldiers"},
}
# What has been settled since: the rating, where that can be seen, and why.
SETTLED = {
    "growth": (
        Rating.MOSTLY_TRUE,
        "http://english.customs.gov.cn/",
        {
            "ar": "أعلنت الجمارك الصينية بعد انتهاء العام نموا يقارب 29 في المئة: أكثر مما قيل، وفي الاتجاه نفسه.",
            "en": "After the year had ended, Chinese customs put the growth at about 29 percent: more than was said, and the same way.",
        },
    ),
    "exercise": (
        Rating.TRUE,
        "http://eng.mod.gov.cn/",
        {"ar": "أعلنت الوزارة الأعداد نفسها قبل المناورات.", "en": "The ministry had announced the same numbers before the exercise."},
    ),
}
REVIEWER, EDITOR = "example-reviewer", "example-editor"


@transaction.atomic
def tell() -> list[str]:
    """Captures the articles, reads them, and takes the steps; what was done before is not done again."""
    reviewer, editor = _colleague(REVIEWER, Role.REVIEWER), _colleague(EDITOR, Role.EDITOR)
    told = []
    for file, language, outlet, title in ARTICLES:
        snapshot = _captured(file, language, outlet, title, reviewer)
        claims = [r.stream for r in reading.read_snapshot(snapshot)]
        said = ngettext("%(title)s: %(number)s claim proposed", "%(title)s: %(number)s claims proposed", len(claims))
        told.append(said % {"title": title, "number": len(claims)})
        told += _work_on(list(Claim.objects.filter(pk__in=claims).order_by("start")), language, reviewer, editor)
    done = flagging.run()
    return [*told, ngettext("%(number)s flag raised", "%(number)s flags raised", done.raised) % {"number": done.raised}]


def _colleague(name: str, role: Role) -> Actor:
    """Somebody of the example, who cannot sign in."""
    user, made = User.objects.get_or_create(username=name, defaults={"is_staff": True, "password": "!"})
    if made:
        user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    return actor_of(user)


def _captured(file: str, language: str, outlet: str, title: str, by: Actor) -> Snapshot:
    text = (HERE / file).read_text(encoding="utf-8")
    snapshot = capture(text, by=by, title=title, outlet=outlet, published=PUBLISHED, language=language).snapshot
    # Read here and now: no worker need come.
    Work.objects.filter(key=f"{READ}:{snapshot.pk}", done_at=None).update(done_at=timezone.now())
    return snapshot


def _work_on(claims: list[Claim], language: str, reviewer: Actor, editor: Actor) -> list[str]:
    """One claim waits accepted, one is assigned, one is judged, one published; the rest is left to the desk."""
    told = []
    by_words = {what: next((c for c in claims if words in c.statement), None) for what, words in WORDS[language].items()}
    for what, claim in by_words.items():
        if claim is None:
            continue
        told += _step("accept", claim, review.accept, by=reviewer)
        if what == "trade":
            told += _step("assign", claim, review.assign, to=REVIEWER, by=reviewer)
        elif what in SETTLED:
            told += _judged(claim, *SETTLED[what], language, reviewer, editor)
        if what == "exercise":
            told += _step("publish", claim, publishing.publish, by=editor)
    return told


def _judged(claim: Claim, rating: Rating, url: str, because: dict[str, str], language: str, reviewer: Actor, editor: Actor) -> list[str]:
    exhibit = Exhibit(stance=Stance.CONTEXT if rating is Rating.MOSTLY_TRUE else Stance.SUPPORTS, url=url)
    given = {"rating": rating, "rationale": because[language], "scheme": Scheme.VERACITY}
    return [
        *_step("evidence", claim, review.add_evidence, exhibit, by=reviewer),
        *_step("verdict", claim, verdicts.reach, by=reviewer, **given),
        *_step("approve", claim, verdicts.approve, by=editor),
    ]


def _step(name: str, claim: Claim, take: Callable[..., ledger.Receipt], *given: Any, **words: Any) -> list[str]:
    key = str(uuid5(ledger.NAMESPACE, f"example:{name}:{claim.pk}"))
    receipt = take(UUID(str(claim.pk)), *given, key=key, **words)
    return [] if receipt.replayed else [f"{name}: {claim.statement}"]
