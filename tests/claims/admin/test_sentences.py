"""Every event has its sentence in both languages."""

from datetime import date

import pytest
from django.utils import translation

from claims.admin import sentences
from claims.domain import events
from claims.domain.choices import Kind, Rating, Relation, Scheme, Stance
from claims.domain.values import Exhibit, SpeakerAsRead
from sources.text.edtf import ImpreciseDate

pytestmark = pytest.mark.django_db


SAMPLES: list[events.Event] = [
    events.ClaimRecorded(statement="s", kind=Kind.EVENT, speaker=SpeakerAsRead(type="person", name="n")),
    events.ClaimRevised(changes={"due": None, "statement": "t"}, reason="r"),
    events.ClaimRedated(changes={"due": None}, before="2022", published="2023"),
    events.ClaimRedatingOffered(changes={}, published="2023"),
    events.ClaimReread(changes={"due": None}, reader="3", before_reader="2"),
    events.ClaimRereadingOffered(changes={}, reader="3"),
    events.ClaimAccepted(),
    events.ClaimRejected(reason="r"),
    events.ClaimAssigned(assignee="a"),
    events.ClaimUnassigned(assignee="a"),
    events.ClaimScheduled(due=None),
    events.HorizonRegistered(due=ImpreciseDate(edtf="2031"), criteria="c"),
    events.EvidenceAdded(evidence="e", exhibit=Exhibit(stance=Stance.REFUTES, url="https://example.org")),
    events.EvidenceWithdrawn(evidence="e", exhibit=Exhibit(stance=Stance.REFUTES, url="https://example.org"), reason="r"),
    events.VerdictProposed(verdict="v", scheme=Scheme.FORECAST, rating=Rating.PARTLY, rationale="r"),
    events.VerdictApproved(verdict="v"),
    events.VerdictReturned(verdict="v", reason="r"),
    events.ClaimPublished(),
    events.CorrectionProposed(correction="c", changes={"statement": "s", "due": None}, reason="r"),
    events.CorrectionProposed(correction="c", changes={}, reason="r", withdrawn=("e",)),
    events.CorrectionProposed(correction="c", changes={}, reason="r", registers=True),
    events.CorrectionProposed(correction="c", changes={}, reason="r", subject="s"),
    events.CorrectionReturned(correction="c", reason="r"),
    events.CorrectionIssued(verdict="v", superseded="u"),
    events.CorrectionIssued(correction="c"),
    events.PublicRecordIssued(claim="c", number=2, statement="s", kind=None),
    events.PublicRecordMarked(),
    events.PublicRecordWithdrawn(cause="withdrawn"),
    events.PublicRecordErased(bodies={}),
    events.ClaimWithdrawn(reason="r"),
    events.ClaimReopened(reason="r"),
    events.ClaimMerged(into="i"),
    events.ClaimTookIn(duplicate="d"),
    events.ClaimUnmerged(into="i", reason="r"),
    events.ClaimGaveBack(duplicate="d", reason="r"),
    events.ClaimLinked(link="l", other="o", relation=Relation.DENIES, outward=False),
    events.ClaimUnlinked(link="l", other="o", reason="r"),
    events.FlagRaised(claim="c", rule="due", key="", code="due", parameters={"last": "2023-05-31"}),
    events.FlagResolved(),
    events.FlagDismissed(reason="r"),
    events.FlagSnoozed(until=date(2030, 1, 1)),
    events.FlagAssigned(assignee="a"),
    events.FlagUnassigned(assignee="a"),
    events.FlagCleared(),
    events.SourceRevised(subject_type="outlet", number=2, digest="d"),
    events.Erased(reason="r"),
]


def test_every_event_has_its_sentence() -> None:
    assert set(sentences.SENTENCES) == set(events.TYPES)
    assert {sample.type for sample in SAMPLES} == set(events.TYPES)


@pytest.mark.parametrize("event", SAMPLES, ids=lambda event: event.type)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_sentence_can_be_said(event: events.Event, language: str) -> None:
    with translation.override(language):
        told = sentences.sentence_of(event)
    assert told
    assert "%(" not in told
