"""What happened, told as a sentence: one for every type of event there is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

import msgspec
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from claims import rules
from claims.admin import field_values, formatting
from claims.domain import events, field_changes, fields, untouched
from claims.domain.choices import Kind, Rating, Severity, Stance
from claims.domain.events import Event
from claims.domain.lifecycle import Happening
from claims.intake import differences
from claims.models import Claim
from sources.admin.field_changes import Row
from sources.text.edtf import ImpreciseDate

SENTENCES: dict[str, Any] = {
    "ClaimRecorded": _("Written down as a claim of the kind “%(kind)s”."),
    "ClaimRevised": _("Corrected: %(changes)s."),
    "ClaimRedated": _("Dates counted anew, since the article's date was corrected from %(before)s to %(published)s: %(changes)s."),
    "ClaimRedatingOffered": _("Other dates offered, since the article's date was corrected from %(before)s to %(published)s: %(changes)s."),
    "ClaimReread": _("Read again by version %(reader)s of the reader, before by %(before_reader)s: %(changes)s."),
    "ClaimRereadingOffered": _("Another reading offered by version %(reader)s of the reader: %(changes)s."),
    "ClaimAccepted": _("Accepted."),
    "ClaimRejected": _("Rejected."),
    "ClaimAssigned": _("Given to %(assignee)s."),
    "ClaimUnassigned": _("Taken from %(assignee)s."),
    "ClaimScheduled": _("Due date set to: %(due)s."),
    "HorizonRegistered": _("Registered before its window opened: due %(due)s, settled by: %(criteria)s."),
    "EvidenceAdded": _("Evidence added that %(stance)s the claim: %(exhibit)s."),
    "EvidenceWithdrawn": _("Evidence withdrawn: %(exhibit)s."),
    "VerdictProposed": _("Verdict proposed: %(rating)s."),
    "VerdictApproved": _("Verdict approved: it stands."),
    "VerdictReturned": _("Verdict sent back."),
    "ClaimPublished": _("Published."),
    "CorrectionProposed": _("Correction proposed: %(changes)s."),
    "CorrectionReturned": _("Correction sent back."),
    "CorrectionIssued": _("Correction issued: what was judged was put right."),
    "PublicRecordIssued": _("Public record number %(number)s issued: this is what readers are shown."),
    "PublicRecordMarked": _("Readers are told that this is under review."),
    "PublicRecordWithdrawn": _("Public record withdrawn: readers are no longer shown this."),
    "PublicRecordErased": _("Words were made unreadable in what readers were shown."),
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
    "FlagUnassigned": _("Flag taken from %(assignee)s."),
    "FlagCleared": _("Flag cleared: what it was about has ended."),
    "Erased": _("Words were made unreadable: %(reason)s"),
    "SourceRevised": _("Revision %(number)s of this %(subject_type)s was vouched for."),
}
STANCES = {Stance.SUPPORTS: _("supports"), Stance.REFUTES: _("refutes"), Stance.CONTEXT: _("gives context to")}
FIELDS = fields.LABELS | {"registered": _("registered horizon")}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline: what happened, why, who did it and when."""

    what: str
    why: str
    who: str
    at: datetime
    type: str
    other: str = ""  # the id of another claim that it tells of
    changes: Sequence[Row] = ()  # each field that it changed, from old to new


def lines(past: Iterable[Happening]) -> list[Line]:
    """Whole histories as a person reads them, in their order; claims that they tell of by what these say now, in one query.

    Documents and texts that a correction names take a query each, however many they are.
    """
    happened = sorted(past, key=lambda h: (h.at, h.id))
    others = {other for h in happened if (other := _other(h.event))}
    rows = Claim.objects.filter(pk__in=others).values_list("pk", "statement") if others else ()
    names = {str(pk): f"“{Truncator(statement).chars(100)}”" for pk, statement in rows}
    changed = field_changes.by_event(happened)
    titles = field_values.titles_of(change for changes in changed.values() for change in changes)
    return [
        Line(
            sentence_of(h.event, names),
            why(h.event),
            h.actor,
            h.at,
            h.event.type,
            _known(_other(h.event), names),
            field_values.change_rows(changed[h.id], labels=FIELDS, titles=titles),
        )
        for h in happened
    ]


def _known(claim: str, names: Mapping[str, str]) -> str:
    return claim if claim in names else ""


def _other(event: Event) -> str:
    return str(next((value for name in _CLAIMS if (value := getattr(event, name, ""))), ""))


_CLAIMS = ("other", "into", "duplicate")  # what events call another claim


def sentence_of(event: Event, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """The sentence of one event, in the reader's language; `names` say how claims are called there, else by their ids."""
    template = SENTENCES.get(event.type)
    return str(template) % _parameters(event, names) if template else event.type


def why(event: Event) -> str:
    """The reason that was given, if there was one."""
    return str(getattr(event, "reason", "") or getattr(event, "rationale", "") or "")


def _parameters(event: Event, names: Mapping[str, str]) -> Mapping[str, str]:
    said = {
        name: formatting.isolated(names.get(value, value) if name in _CLAIMS else value)
        for name, value in msgspec.to_builtins(event).items()
    }
    return said | {name: formatting.isolated(value) for name, value in _special(event).items()}


def _published(event: events.ClaimRedated | events.ClaimRedatingOffered) -> Iterable[tuple[str, str | None]]:
    return ("before", event.before), ("published", event.published)


def _special(event: Event) -> dict[str, Any]:
    match event:
        case events.ClaimRecorded():
            return {"kind": Kind(event.kind).label}
        case events.CorrectionProposed():
            return {"changes": _named(event.changes) or _proposal(event)}
        case events.ClaimRevised():
            return {"changes": _named(event.changes)}
        case events.ClaimRedated() | events.ClaimRedatingOffered():
            dates = {name: formatting.readable(ImpreciseDate(edtf=edtf)) or _("none") for name, edtf in _published(event)}
            return dates | {"changes": _named(event.changes) or _("none")}
        case events.ClaimReread() | events.ClaimRereadingOffered():
            return {"changes": _named(event.changes) or _("nothing differs")}
        case events.ClaimScheduled() | events.HorizonRegistered():
            return {"due": formatting.readable(event.due) or _("none")}
        case events.EvidenceAdded() | events.EvidenceWithdrawn():
            exhibit = event.exhibit
            return {"stance": STANCES[Stance(exhibit.stance)], "exhibit": exhibit.note or exhibit.url or exhibit.snapshot}
        case events.ClaimLinked():
            return {"relation": formatting.relation(event.relation, outward=event.outward)}
        case events.VerdictProposed():
            return {"rating": Rating(event.rating).label}
        case events.FlagRaised():
            return {"severity": Severity(event.severity).label, "finding": finding(event.rule, event.code, event.parameters)[0]}
        case events.FlagSnoozed():
            return {"until": formatting.day(event.until)}
        case _:
            return {}


def _proposal(event: events.CorrectionProposed) -> str:
    """What a correction asks for that changes no field."""
    if event.withdrawn:
        return str(_("evidence is withdrawn"))
    return str(_("registered") if event.registers else _("how the sources are shown"))


def _named(changes: Iterable[str]) -> str:
    """The fields by their names, without those that follow from others."""
    shown = dict.fromkeys("start" if name == "end" else name for name in changes if name not in field_values.UNSHOWN)
    return str(_(", ")).join(str(FIELDS.get(name, name)) for name in shown)


def offered(said: events.ClaimRecorded, changes: Mapping[str, Any]) -> list[str]:
    """What would be taken over, a line for each field."""
    now = untouched.plain(said)
    told = _("%(field)s: %(new)s, and not %(old)s")
    shown = [name for name in changes if name not in fields.WITH_QUOTE]
    values = [(FIELDS.get(name, name), differences.in_words(name, changes[name]), differences.in_words(name, now[name])) for name in shown]
    return [str(told) % {"field": field, "new": formatting.isolated(new), "old": formatting.isolated(old)} for field, new, old in values]


def finding(rule: str, code: str, parameters: Mapping[str, str]) -> tuple[str, str]:
    """Reason and hint of a flag, every parameter isolated."""
    return rules.sentence(rule, code, parameters, apart=formatting.isolated)
