"""What a digest says: what is overdue, due and new since the last one, and first of all what is the reader's own to do."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import rules
from claims.domain import dates_in_words
from claims.domain.choices import FlagStatus
from claims.models import WAITING, Claim, Flag

MOST = 25  # of each section; the rest is a number and a click
ISOLATE, END = "\u2068", "\u2069"  # so that an Arabic sentence in an English letter, and the reverse, reads in its own direction


@dataclass(frozen=True, slots=True)
class Line:
    """A claim as a letter names it."""

    claim: Claim
    reason: str
    address: str

    @property
    def said(self) -> str:
        """Who said it, and where it was read."""
        return " · ".join(part for part in (self.claim.speaker_name, self.claim.source) if part)


@dataclass(slots=True)
class Section:
    """Claims under one heading; `more` is how many are left out."""

    name: str
    title: str
    lines: list[Line] = field(default_factory=list)
    more: int = 0

    @property
    def count(self) -> int:
        """How many there are, named or not."""
        return len(self.lines) + self.more


@dataclass(frozen=True, slots=True)
class Letter:
    """A digest, ready to be sent."""

    subject: str
    text: str
    html: str
    counts: dict[str, int]


def compose(user: User, *, language: str, since: datetime, until: datetime) -> Letter | None:
    """What happened after `since` up to `until`, in the reader's language; None where there is nothing to tell."""
    with translation.override(language):
        sections = _sections(user.get_username(), since, until)
        if not sections:
            return None
        counts = {section.name: section.count for section in sections}
        words = {
            "sections": sections,
            "user": user,
            "rtl": translation.get_language_bidi(),
            "language": language,
            "since": dates_in_words.moment(since),
            "until": dates_in_words.moment(until),
            "desk": settings.ADDRESS + reverse("admin:claims_flag_changelist"),
            "wish": settings.ADDRESS + reverse("admin:claims_wish_changelist"),
            "isolate": ISOLATE,
            "end": END,
        }
        html, text = (render_to_string(f"notifications/digest.{kind}", words) for kind in ("html", "txt"))
        return Letter(_subject(counts), text.strip() + "\n", html, counts)


def _subject(counts: dict[str, int]) -> str:
    parts = {
        "mine": ngettext("%d for you", "%d for you", counts.get("mine", 0)),
        "overdue": ngettext("%d overdue", "%d overdue", counts.get("overdue", 0)),
        "due": ngettext("%d due", "%d due", counts.get("due", 0)),
        "new": ngettext("%d new", "%d new", counts.get("new", 0)),
    }
    return "Isnad: " + _(", ").join(words % counts[name] for name, words in parts.items() if counts.get(name))


# A claim's id is made just before it is recorded, and begins with the moment (RFC 9562, version 7): what is new is found by the
# index of the queue, and no index of its own is written with every change.
_EARLIER = timedelta(hours=1)


def _id_of(moment: datetime) -> UUID:
    """The first id of a moment."""
    return UUID(int=max(0, int(moment.timestamp() * 1000)) << 80)


def _sections(name: str, since: datetime, until: datetime) -> list[Section]:
    """Each claim stands under one heading: the first it belongs to. What is assigned to the reader comes first."""
    raised = Flag.objects.filter(state=FlagStatus.OPEN, raised_at__gt=since, raised_at__lte=until).select_related("claim")
    mine = raised.filter(Q(assignee=name) | Q(claim__assignee=name)).order_by("urgency", "due_on", "raised_at", "id")
    others = raised.filter(rule="due").exclude(Q(assignee=name) | Q(claim__assignee=name)).order_by("due_on", "id")
    new = Claim.objects.filter(status__in=WAITING, pk__gte=_id_of(since - _EARLIER), recorded_at__gt=since, recorded_at__lte=until)
    told: set[UUID] = set()
    sections = [
        _of_flags(Section("mine", _("Assigned to you")), mine, told),
        _of_flags(Section("overdue", _("Overdue")), others.filter(code__in=("overdue", "long-overdue")), told),
        _of_flags(Section("due", _("Due")), others.filter(code="due"), told),
    ]
    _of_claims(sections[0], new.filter(assignee=name).exclude(pk__in=told), told)
    sections.append(_of_claims(Section("new", _("New")), new.exclude(pk__in=told), told))
    return [section for section in sections if section.count]


def _of_flags(section: Section, flags: QuerySet[Flag], told: set[UUID]) -> Section:
    fresh = flags.exclude(claim__in=told)
    named: set[UUID] = set()
    for flag in fresh.iterator(chunk_size=200):
        if flag.claim_id in named:
            continue  # several findings on one claim: the most urgent is told
        named.add(flag.claim_id)
        if len(section.lines) < MOST:
            reason, _hint = rules.sentence(flag.rule, flag.code, flag.parameters, apart=lambda told: f"{ISOLATE}{told}{END}")
            section.lines.append(_line(flag.claim, reason))
    section.more += len(named) - min(len(named), MOST)
    told |= named
    return section


def _of_claims(section: Section, claims: QuerySet[Claim], told: set[UUID]) -> Section:
    room, ids = MOST - len(section.lines), list(claims.order_by("-id").values_list("pk", flat=True))
    for claim in claims.filter(pk__in=ids[:room]).order_by("-id"):
        section.lines.append(_line(claim, ""))
    section.more += max(len(ids) - room, 0)
    told |= set(ids)
    return section


def _line(claim: Claim, reason: str) -> Line:
    return Line(claim, reason, settings.ADDRESS + reverse("admin:claims_claim_change", args=[claim.pk]))
