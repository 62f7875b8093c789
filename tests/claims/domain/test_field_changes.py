"""Each event tells what it changed of its claim, from what to what."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain import events, field_changes, lifecycle
from claims.domain.choices import Comparator, Kind, Rating, Scheme
from claims.domain.events import base, event
from claims.domain.field_changes import SAID, plain_fields
from claims.domain.lifecycle import Happening
from claims.domain.values import Figure
from claims.ledger import history
from claims.workflow import recording, review
from sources.text.edtf import ImpreciseDate
from tests import make
from tests.claims.admin.test_sentences import SAMPLES

CLAIM, FLAG = UUID(int=1), UUID(int=2)
SPRING, MAY = ImpreciseDate(edtf="2023-21", text="ربيع 2023"), ImpreciseDate(edtf="2023-05")
DATE = {"edtf": "2023-05", "text": None, "start": None, "end": None, "basis": "text"}


def happened(*told, stream=CLAIM):
    """A history of these events."""
    start = datetime(2023, 1, 1, tzinfo=UTC)
    return [
        Happening(UUID(int=100 * stream.int + n), stream, n, each, "rana", start + timedelta(hours=n)) for n, each in enumerate(told, 1)
    ]


def changed(*told):
    """What the last of these events changed."""
    past = happened(*told)
    return {change.field: (change.before, change.after) for change in field_changes.by_event(past)[past[-1].id]}


def test_a_correction_tells_each_field_before_and_after():
    said = make.said(statement="ستبلغ 200", tags=("تجارة",), due=SPRING)
    revised = events.ClaimRevised(changes={"statement": "ستبلغ 300", "tags": ["اقتصاد", "تجارة"]}, reason="r")
    assert changed(said, revised) == {"statement": ("ستبلغ 200", "ستبلغ 300"), "tags": (["تجارة"], ["اقتصاد", "تجارة"])}


def test_a_second_correction_begins_where_the_first_ended():
    texts = ("أ", "ب", "ت")
    revised = [events.ClaimRevised(changes={"statement": text}, reason="r") for text in texts]
    past = happened(make.said(statement="الأصل"), *revised)
    found = field_changes.by_event(past)
    told = [(change.before, change.after) for h in past for change in found[h.id]]
    assert told == list(pairwise(("الأصل", *texts)))


def test_what_is_named_and_stays_as_it_was_is_no_change():
    said = make.said(statement="كما كان")
    assert changed(said, events.ClaimRevised(changes={"statement": "كما كان", "notes": "ن"}, reason="r")) == {"notes": ("", "ن")}


def test_a_due_date_that_is_set_and_one_that_is_taken_away_are_changes_of_due():
    assert changed(make.said(), events.ClaimScheduled(due=MAY)) == {"due": (None, DATE)}
    assert changed(make.said(due=MAY), events.ClaimScheduled(due=None)) == {"due": (DATE, None)}


def test_dates_counted_anew_are_told_as_corrections_are():
    assert changed(make.said(due=MAY), events.ClaimRedated(changes={"due": DATE | {"edtf": "2024-05"}}))["due"][1]["edtf"] == "2024-05"


def test_a_registration_is_a_change_of_what_is_registered():
    told = changed(make.said(), events.HorizonRegistered(due=MAY, criteria="أرقام الجمارك"))
    assert told.keys() == {"registered"}
    assert (told["registered"][0], told["registered"][1]["criteria"]) == (None, "أرقام الجمارك")


def test_figures_are_plain_values_as_in_the_events():
    figure = Figure(text="200", value=Decimal("200.50"), unit="USD", comparator=Comparator.ABOUT)
    (before, after) = changed(
        make.said(quantities=(figure,)), events.ClaimRevised(changes={"quantities": [{"text": "300", "value": "300"}]}, reason="r")
    )["quantities"]
    assert [(each["value"], each["comparator"]) for each in (*before, *after)] == [("200.50", "about"), ("300", "exactly")]


def test_what_is_only_offered_tells_what_it_would_change_and_changes_nothing():
    said = make.said(due=SPRING)
    offer = events.ClaimRedatingOffered(changes={"due": {"edtf": "2024-21"}, "said_on": None})
    told = changed(said, offer)
    assert {name: (before["edtf"], after["edtf"]) for name, (before, after) in told.items()} == {"due": ("2023-21", "2024-21")}
    assert changed(said, offer, events.ClaimRevised(changes={"due": {"edtf": "2024-21"}}, reason="r")).keys() == {"due"}
    assert changed(said, events.ClaimRedatingOffered(changes={})) == {}


def test_any_event_that_proposes_changes_is_told_from_now_to_then(monkeypatch):
    monkeypatch.setattr(base, "TYPES", dict(events.TYPES))
    monkeypatch.setattr(lifecycle, "_MEANINGS", dict(lifecycle._MEANINGS))

    @event
    class ChangeSuggested(events.Event):
        changes: dict
        reason: str

    lifecycle._MEANINGS[ChangeSuggested] = lambda state, suggested, h: state
    changes = {"registered": {"due": {"edtf": "2031"}}, "polarity": "negated", "statement": "صياغة"}
    told = changed(make.said(statement="أصل"), ChangeSuggested(changes=changes, reason="r"))
    assert told == {
        "statement": ("أصل", "صياغة"),
        "polarity": ("affirmed", "negated"),
        "registered": (None, {"due": {"edtf": "2031"}}),
    }
    assert list(told) == ["statement", "polarity", "registered"]  # in the order of a claim's fields


@pytest.mark.parametrize(
    "told",
    [
        events.ClaimAccepted(),
        events.ClaimAssigned(assignee="yusuf"),
        events.VerdictProposed(verdict="v", scheme=Scheme.FORECAST, rating=Rating.PARTLY, rationale="r"),
        events.ClaimWithdrawn(reason="r"),
    ],
    ids=lambda told: told.type,
)
def test_what_does_not_touch_what_the_claim_says_changes_no_field(told):
    assert changed(make.said(), told) == {}


def test_histories_of_several_streams_are_told_apart_in_whatever_order_they_come():
    flag = happened(events.FlagRaised(claim=str(CLAIM), rule="due", key="", code="due"), events.FlagResolved(), stream=FLAG)
    claim = happened(make.said(), events.ClaimRevised(changes={"notes": "ن"}, reason="r"))
    found = field_changes.by_event([*reversed(claim), *reversed(flag)])
    assert {id: [c.field for c in changes] for id, changes in found.items() if changes} == {claim[1].id: ["notes"]}
    assert len(found) == 4


OF_CLAIMS = sorted(known.__name__ for known in lifecycle._MEANINGS if not known.__name__.startswith(("Flag", "Source", "PublicRecord")))


@pytest.mark.parametrize("name", OF_CLAIMS)
def test_whatever_changes_what_a_claim_says_is_known_to(name):
    """`may_change` spares the fetching of histories: an event that it leaves out must never have a change to tell."""
    sample = next(each for each in SAMPLES if each.type == name)
    past = happened(make.said(), sample)
    assert field_changes.may_change(sample) or not field_changes.by_event(past)[past[-1].id]


TEXTS, DATES = st.sampled_from(["أ", "ب", "ت"]), st.sampled_from([None, {"edtf": "2023"}, {"edtf": "2024-05"}])
VALUES = {
    "statement": TEXTS,
    "notes": TEXTS,
    "due": DATES,
    "said_on": DATES,
    "kind": st.sampled_from([kind.value for kind in Kind]),
    "tags": st.lists(TEXTS, max_size=2),
    "superlative": st.booleans(),
    "quantities": st.lists(st.fixed_dictionaries({"text": TEXTS, "value": st.sampled_from(["1", "2.5"])}), max_size=2),
}
CHANGES = st.fixed_dictionaries({}, optional=VALUES)
EVENTS = st.one_of(
    CHANGES.map(lambda changes: events.ClaimRevised(changes=changes, reason="r")),
    CHANGES.map(lambda changes: events.ClaimRedated(changes=changes)),
    CHANGES.map(lambda changes: events.ClaimRedatingOffered(changes=changes)),
    st.sampled_from([SPRING, MAY, None]).map(lambda due: events.ClaimScheduled(due=due)),
    st.just(events.ClaimAccepted()),
)


@given(st.lists(EVENTS, max_size=8))
def test_the_changes_in_their_order_make_of_the_first_what_the_claim_says_now(told):
    past = happened(make.said(), *told)
    now = plain_fields(lifecycle.fold(past[:1]))
    for h, changes in zip(past, map(field_changes.by_event(past).get, (h.id for h in past)), strict=True):
        for change in changes:
            assert change.before == now[change.field]
            if not isinstance(h.event, events.ClaimRedatingOffered):
                now[change.field] = change.after
    meant = plain_fields(lifecycle.fold(past))
    assert {name: now[name] for name in SAID} == {name: meant[name] for name in SAID}


@pytest.mark.django_db
def test_of_one_event_it_tells_what_a_diff_around_it_does():
    claim = make.recorded(statement="أول", tags=("تجارة",))
    review.accept(claim, by=make.REVIEWER)
    recording.revise(claim, {"statement": "ثان", "tags": []}, reason="أوضح", by=make.REVIEWER)
    review.schedule(claim, due=ImpreciseDate(edtf="2041"), by=make.REVIEWER)
    review.register(claim, criteria="أرقام الجمارك", by=make.REVIEWER)
    past = history.timeline(claim)
    found = field_changes.by_event(past)
    for h in past[1:]:
        around = history.diff(claim, h.version - 1, h.version)
        assert list(found[h.id]) == [change for change in around if change.field not in ("status", "assignee")]
    assert [len(found[h.id]) for h in past] == [0, 0, 2, 1, 1, 1]  # registering sets the criteria, too
