"""What happened, told as a sentence: one for every type of event there is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

import msgspec
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from claims import events, rules
from claims.admin import words
from claims.choices import Kind, Rating, Severity, Stance
from claims.events import Event
from claims.lifecycle import Happening
from claims.models import Claim
from sources.text.edtf import ImpreciseDate

SENTENCES: dict[str, Any] = {
    "ClaimRecorded": _("Written down as a claim of the kind “%(kind)s”."),
    "ClaimRevised": _("Corrected: %(changes)s."),
    "ClaimRedated": _("Dates counted anew, since the article's date was corrected from %(before)s to %(published)s: %(changes)s."),
    "ClaimRedatingOffered": _("Other dates offered, since the article's date was corrected from %(before)s to %(published)s: %(changes)s."),
    "ClaimAccepted": _("Accepted."),
    "ClaimRejected": _("Rejected."),
    "ClaimAssigned": _("Given to %(assignee)s."),
    "ClaimScheduled": _("Due date set to: %(due)s."),
    "HorizonRegistered": _("Registered before its window opened: due %(due)s, settled by: %(criteria)s."),
    "EvidenceAdded": _("Evidence added that %(stance)s the claim: %(exhibit)s."),
    "EvidenceWithdrawn": _("Evidence withdrawn: %(exhibit)s."),
    "VerdictProposed": _("Verdict proposed: %(rating)s."),
    "VerdictApproved": _("Verdict approved: it stands."),
    "VerdictReturned": _("Verdict sent back."),
    "ClaimPublished": _("Published."),
    "CorrectionIssued": _("Correction issued: a newer verdict replaced the published one."),
    "ClaimWithdrawn": _("Withdrawn."),
    "ClaimReopened": _("Reopened for review."),
    "ClaimMerged": _("Found to be the same as claim %(into)s."),
    "ClaimTookIn": _("Goes on for claim %(duplicate)s, which says the same."),
    "ClaimUnmerged": _("Parted again from claim %(into)s."),
    "ClaimGaveBack": _("Claim %(duplicate)s was parted from this one again."),
    "ClaimLinked": _("Compared with claim %(other)s: this one %(relation)s that one."),
    "ClaimUnlinked": _("The judgement of this claim and claim %(other)s was taken back."),
    "FlagRaised": _("Flag raised (%(severity)s): %(finding)s"),
    "FlagResolved": _("Flag resolved."),
    "FlagDismissed": _("Flag dismissed."),
    "FlagSnoozed": _("Flag put to sleep until %(until)s."),
    "FlagAssigned": _("Flag given to %(assignee)s."),
    "FlagCleared": _("Flag cleared: what it was about has ended."),
    "Erased": _("Words were made unreadable: %(reason)s"),
    "SourceRevised": _("Revision %(number)s of this %(subject_type)s was vouched for."),
}
STANCES = {Stance.SUPPORTS: _("supports"), Stance.REFUTES: _("refutes"), Stance.CONTEXT: _("gives context to")}
FIELDS = {
    "statement": _("statement"),
    "kind": _("kind"),
    "speaker": _("speaker"),
    "quote": _("quote"),
    "language": _("language"),
    "attributions": _("attribution"),
    "document": _("document"),
    "snapshot": _("snapshot"),
    "source": _("source"),
    "said_on": _("date"),
    "scope": _("about when"),
    "due": _("due"),
    "quantities": _("figures"),
    "polarity": _("polarity"),
    "superlative": _("superlative"),
    "check_worthiness": _("check-worthiness"),
    "criteria": _("how it will be settled"),
    "tags": _("tags"),
    "notes": _("notes"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline: what happened, why, who did it and when."""

    what: str
    why: str
    who: str
    at: datetime
    type: str
    other: str = ""  # the id of another claim that it tells of


def lines(past: Iterable[Happening]) -> list[Line]:
    """Happenings as a person reads them, in their order; claims that they tell of by what these say now, in one query."""
    happened = sorted(past, key=lambda h: (h.at, h.id))
    others = {other for h in happened if (other := _other(h.event))}
    rows = Claim.objects.filter(pk__in=others).values_list("pk", "statement") if others else ()
    names = {str(pk): f"“{Truncator(statement).chars(100)}”" for pk, statement in rows}
    return [Line(told(h.event, names), why(h.event), h.actor, h.at, h.event.type, _known(_other(h.event), names)) for h in happened]


def _known(claim: str, names: Mapping[str, str]) -> str:
    return claim if claim in names else ""


def _other(event: Event) -> str:
    return str(next((value for name in _CLAIMS if (value := getattr(event, name, ""))), ""))


_CLAIMS = ("other", "into", "duplicate")  # what events call another claim


def told(event: Event, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """The sentence of one event, in the reader's language; `names` say how claims are called there, else by their ids."""
    template = SENTENCES.get(event.type)
    return str(template) % _parameters(event, names) if template else event.type


def why(event: Event) -> str:
    """The reason that was given, if there was one."""
    return str(getattr(event, "reason", "") or getattr(event, "rationale", "") or "")


def _parameters(event: Event, names: Mapping[str, str]) -> Mapping[str, str]:
    said = {
        name: words.isolated(names.get(value, value) if name in _CLAIMS else value) for name, value in msgspec.to_builtins(event).items()
    }
    return said | {name: words.isolated(value) for name, value in _special(event).items()}


def _published(event: events.ClaimRedated | events.ClaimRedatingOffered) -> Iterable[tuple[str, str | None]]:
    return ("before", event.before), ("published", event.published)


def _special(event: Event) -> dict[str, Any]:
    match event:
        case events.ClaimRecorded():
            return {"kind": Kind(event.kind).label}
        case events.ClaimRevised():
            return {"changes": ", ".join(str(FIELDS.get(name, name)) for name in event.changes)}
        case events.ClaimRedated() | events.ClaimRedatingOffered():
            dates = {name: words.readable(ImpreciseDate(edtf=edtf)) or _("none") for name, edtf in _published(event)}
            return dates | {"changes": ", ".join(str(FIELDS.get(name, name)) for name in event.changes) or _("none")}
        case events.ClaimScheduled() | events.HorizonRegistered():
            return {"due": words.readable(event.due) or _("none")}
        case events.EvidenceAdded() | events.EvidenceWithdrawn():
            exhibit = event.exhibit
            return {"stance": STANCES[Stance(exhibit.stance)], "exhibit": exhibit.note or exhibit.url or exhibit.snapshot}
        case events.ClaimLinked():
            return {"relation": words.relation(event.relation, outward=event.outward)}
        case events.VerdictProposed():
            return {"rating": Rating(event.rating).label}
        case events.FlagRaised():
            return {"severity": Severity(event.severity).label, "finding": finding(event.rule, event.code, event.parameters)[0]}
        case events.FlagSnoozed():
            return {"until": words.day(event.until)}
        case _:
            return {}


def finding(rule: str, code: str, parameters: Mapping[str, str]) -> tuple[str, str]:
    """Reason and hint of a flag, every parameter isolated."""
    return rules.sentence(rule, code, parameters, apart=words.isolated)
