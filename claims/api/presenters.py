"""A claim as the API shows it: the same from a list's row, from the state now and from a state as of any moment."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from claims.api import overlay
from claims.domain import lifecycle
from claims.domain.choices import FlagStatus
from claims.domain.fields import Door, shown_in
from claims.domain.state import ClaimState, CorrectionState, EvidenceState, FlagState, VerdictState
from claims.domain.steps import open_steps
from claims.ledger import history, projections
from claims.models import Claim, Flag
from claims.similarity import clusters
from claims.workflow import corrections
from sources.text.edtf import ImpreciseDate

# Fields whose value is not that of one column: `_item` makes these, `present_claim` the hops.
_MADE = ("speaker", "source", "said_on", "document", "snapshot", "check_worthiness", "quantities", "attributions")
_LISTED = tuple(field for field in shown_in(Door.LIST) if field.name not in _MADE)
_SAID = tuple(column for field in _LISTED if not field.internal for column in (field.name, *(field.days or ())))
# Too much for a list.
_MORE = tuple(f.name for f in shown_in(Door.ANSWER) if not f.shows_in(Door.LIST) and f.name not in _MADE)
PLAIN = ("id", "version", "status", *_SAID, "rating", "recorded_at", "changed_at", "published_at", "corrected_at")
IDS = ("document_id", "snapshot_id", "merged_into")
INTERNAL = (*(field.name for field in _LISTED if field.internal), "assignee")
READ = (*PLAIN, *IDS, *INTERNAL, "speaker_id", "speaker_type", "speaker_name", "speaker_title", "source", "said_on", "check_worthiness")
# What is no field of a claim and stands in other tables.
_OVERLAY = ("open_flags", "cluster", "known_at")
OF_DOCUMENT = ("document__outlet__name", "document__published", "document__title")


def list_query(claims: QuerySet[Claim]) -> QuerySet[Any]:
    """The query of a list: plain values, the document's and the outlet's names, the number of open flags, since when it is known so."""
    overlaid: QuerySet[Any] = claims.annotate(**overlay.columns())
    return overlaid.values(*READ, *OF_DOCUMENT, *_OVERLAY, "said_first")


def present_list(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items of a list; the figures of all come with one query."""
    figures, today = overlay.figures_of([row["id"] for row in found]), timezone.localdate()
    return [_item(row, map(_figure, figures.get(row["id"], ())), today) for row in found]


def present_claim(state: ClaimState, *, at: datetime | None = None) -> dict[str, Any]:
    """A claim whole: what a list shows, its hops, evidence, verdicts, and the steps open now."""
    claim, place = projections.claim_row(state), history.through(at) if at else None
    row = {name: getattr(claim, name) for name in READ}
    around, known_as = _around_now(claim) if place is None else _around_as_of(state, claim, place)
    row |= around
    today = timezone.localdate(at) if at else timezone.localdate()
    shown = _item(row, [_figure(_asdict(figure)) for figure in state.said.quantities], today)
    shown["registered"] = _asdict(state.registered) if state.registered else None
    shown["known_as"] = known_as
    shown["attributions"] = [_asdict(hop) for hop in state.said.attributions]
    shown["evidence"] = [_evidence(piece) for piece in state.evidence]
    shown["verdicts"] = [_verdict(v) for v in state.verdicts]
    shown |= {name: getattr(claim, name) for name in _MORE}
    shown["offered"] = state.offered or {}
    shown["offered_reading"] = _asdict(state.offered_reading) if state.offered_reading else None
    shown["steps"] = open_steps(state)
    shown["corrections"] = [present_correction(state, each) for each in state.corrections]
    shown["links"] = [_asdict(link) for link in state.links]
    shown["duplicates"] = list(state.took_in)
    return shown


def _verdict(verdict: VerdictState) -> dict[str, Any]:
    return {name: value for name, value in _asdict(verdict).items() if name != "shown"}


def present_correction(state: ClaimState, correction: CorrectionState) -> dict[str, Any]:
    """A correction with what its fields read now and would read."""
    same = {name: value for name, value in _asdict(correction).items() if name not in ("changes", "shown", "subject")}
    return same | {"subject": correction.subject or None, "changes": corrections.old_and_new(state, correction.changes)}


def _evidence(piece: EvidenceState) -> dict[str, Any]:
    shown = _asdict(piece)
    return _asdict(shown.pop("exhibit")) | shown


def _asdict(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


Around = tuple[dict[str, Any], dict[str, Any] | None]  # what stands in other tables, and under which name the speaker is kept


def _around_now(claim: Claim) -> Around:
    now = overlay.overlay_of(claim.pk, claim.version, document=claim.document_id, speaker=claim.speaker_id)
    document = dict(zip(OF_DOCUMENT, (now.outlet, now.published, now.title), strict=True))
    return document | {name: getattr(now, name) for name in _OVERLAY}, now.known_as


def _around_as_of(state: ClaimState, claim: Claim, at: int) -> Around:
    """The same of that time."""
    about = history.sources_as_of([claim.document_id], at).get(claim.document_id, {}) if claim.document_id else {}
    outlets = history.sources_as_of([UUID(about["outlet"])], at) if about.get("outlet") else {}
    known = history.speaker_as_of(claim.speaker_id, at) if claim.speaker_id else None
    known_as = {"id": UUID(known["id"]), "name": known["name"]} if known else None
    return _named(about, outlets) | _overlay_as_of([state], at)[state.id], known_as


def present_list_as_of(states: Sequence[ClaimState], at: datetime) -> list[dict[str, Any]]:
    """The items of a list as of a moment: a fixed number of queries, however many there are, and as many as their clusters are wide."""
    claims, place = {state.id: projections.claim_row(state) for state in states}, history.through(at)
    documents = history.sources_as_of({claim.document_id for claim in claims.values() if claim.document_id}, place)
    outlets = history.sources_as_of({UUID(about["outlet"]) for about in documents.values() if about["outlet"]}, place)
    then = _overlay_as_of(states, place)
    shown = []
    for state in states:
        row = {name: getattr(claims[state.id], name) for name in READ} | then[state.id]
        row |= _named(documents.get(row["document_id"], {}), outlets)
        figures = [_figure(_asdict(figure)) for figure in state.said.quantities]
        shown.append(_item(row, figures, timezone.localdate(at)))
    return shown


def _named(about: dict[str, Any], outlets: dict[UUID, dict[str, Any]]) -> dict[str, Any]:
    outlet = outlets.get(UUID(about["outlet"]), {}) if about.get("outlet") else {}
    return dict(zip(OF_DOCUMENT, (outlet.get("name"), about.get("published"), about.get("title")), strict=True))


def _overlay_as_of(states: Sequence[ClaimState], at: int) -> dict[UUID, dict[str, Any]]:
    ids = [state.id for state in states]
    flags, joined = _flags_then(ids, at), clusters.clusters_as_of(states, at)
    known = history.known_at({state.id: state.version for state in states})
    return {id: {"open_flags": flags.get(id, 0), "cluster": joined.get(id), "known_at": known[id]} for id in ids}


def _flags_then(claims: Iterable[UUID], at: int) -> dict[UUID, int]:
    """How many flags of each claim were open at that moment."""
    streams = Flag.objects.filter(claim__in=list(claims)).values_list("id", flat=True)
    open_then = [s for s in history.states_as_of(streams, at).values() if isinstance(s, FlagState) and s.state is FlagStatus.OPEN]
    return Counter(UUID(state.raised.claim) for state in open_then)


def _item(row: dict[str, Any], figures: Iterable[dict[str, Any]], today: date) -> dict[str, Any]:
    shown = {name: row[name] for name in PLAIN}
    shown |= {
        "rating": row["rating"] or None,
        "speaker": {"id": row["speaker_id"], "type": row["speaker_type"], "name": row["speaker_name"], "title": row["speaker_title"]},
        "source": row["document__outlet__name"] or row["source"] or row["document__title"] or "",
        "date": _date(row),
        "document": row["document_id"],
        "snapshot": row["snapshot_id"],
        "merged_into": row["merged_into"],
        "check_worthiness": None if row["check_worthiness"] is None else float(row["check_worthiness"]),
        "clock": _clock(row, today),
        "quantities": list(figures),
    }
    more = {"known_at": row["known_at"], "flags": row["open_flags"], "cluster": row["cluster"]}
    return shown | {name: row[name] for name in INTERNAL} | more


def _date(row: dict[str, Any]) -> dict[str, Any] | None:
    said: dict[str, Any] | None = row["said_on"]
    if said and said["edtf"]:
        return said
    published = row["document__published"]
    return {**published, "basis": "publication"} if published and published["edtf"] else said


def _clock(row: dict[str, Any], today: date) -> str:
    due = msgspec.convert(row["due"], ImpreciseDate) if row["due"] else None
    return lifecycle.clock(due, row["status"], today, overdue_after=overdue_after())


def overdue_after() -> int:
    """Days after which what is due is overdue."""
    return int(settings.RULE_PARAMETERS.get("due", {}).get("overdue_after", 7))


def _figure(figure: dict[str, Any]) -> dict[str, Any]:
    return {**figure, "value": _decimal(figure["value"]), "value_max": _decimal(figure["value_max"]), "unit": figure["unit"] or None}


def _decimal(value: Decimal | None) -> str | None:
    """Digits without the column's trailing noughts, never with an exponent."""
    if value is None:
        return None
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
