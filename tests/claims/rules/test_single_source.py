"""The rule `single-source`: asked once a claim is worked on; it counts origins, not papers."""

from datetime import date

import pytest
import time_machine

from claims import flagging
from claims.domain.choices import Kind, Stance
from claims.domain.values import Exhibit, Hop
from claims.models import Claim, Flag
from claims.provenance import queries
from claims.rules.context import Around
from claims.rules.single_source import single_source
from claims.workflow import linking, review
from sources.capturing.capture import capture
from sources.registry import outlets, speakers
from tests import make

pytestmark = pytest.mark.django_db
GHAD = "صحيفة الغد"


def accepted(outlet=GHAD, *agents, text="نص", **fields):
    kept = capture(text, by=make.REPORTER, outlet=outlet)
    hops = (Hop(agent=outlet, role="publisher"), *(Hop(agent=agent, role="agency") for agent in agents))
    return make.accepted(**({"kind": Kind.PREDICTION} | fields), document=str(kept.document.pk), attributions=hops)


def found(claim):
    row = Claim.objects.for_rules().get(pk=claim)
    around = Around(origins=queries.origins_of([row])[claim])
    return [(finding.code, finding.parameters["source"]) for finding in single_source(row, around, date(2024, 1, 1), {})]


def test_one_outlet_alone_is_named():
    assert found(accepted()) == [("single-source", GHAD)]


def test_a_claim_that_nobody_took_up_is_not_asked():
    assert found(make.recorded()) == []


@pytest.mark.parametrize(
    ("url", "stance", "alone"),
    [
        ("https://other.example/a", Stance.SUPPORTS, False),
        ("https://other.example/a", Stance.REFUTES, True),
    ],
)
def test_support_from_elsewhere_ends_it(url, stance, alone):
    id = accepted()
    review.add_evidence(id, Exhibit(stance=stance, url=url), by=make.REPORTER)
    assert bool(found(id)) is alone


def test_the_same_outlet_again_is_no_second_source():
    id = accepted()
    again = capture("نص آخر", by=make.REPORTER, outlet=GHAD)
    review.add_evidence(id, Exhibit(stance=Stance.SUPPORTS, snapshot=str(again.snapshot.pk)), by=make.REPORTER)
    assert found(id) == [("one-origin", GHAD)]


def test_the_site_of_a_known_outlet_is_that_outlet():
    outlets.find_or_make(GHAD, by=make.REPORTER, homepage="https://www.alghad.example/")
    id = accepted()
    review.add_evidence(id, Exhibit(stance=Stance.SUPPORTS, url="https://alghad.example/news/1"), by=make.REPORTER)
    assert found(id) == [("one-origin", GHAD)]


def test_papers_that_quote_one_agency_are_one_origin_however_they_spell_it():
    agency = speakers.find_or_make("Reuters", "organisation", by=make.REPORTER)
    speakers.revise(agency, name="رويترز", by=make.EDITOR)
    first = accepted(GHAD, "وكالة رويترز")
    for n, spelling in enumerate(["Reuters", "رويتــرز", "Reuters news agency"]):
        linking.link(accepted(f"صحيفة {n}", spelling, text=f"نص {n}"), first, relation="same", by=make.REVIEWER)
    assert found(first) == [("one-origin", "رويترز")]
    assert flagging_of(first).parameters["accounts"] == "4"
    own = accepted("جريدة الميناء", text="تحقيق")
    linking.link(first, own, relation="repeats", by=make.REVIEWER)
    assert found(first) == []


def flagging_of(claim):
    row = Claim.objects.for_rules().get(pk=claim)
    [finding] = single_source(row, Around(origins=queries.origins_of([row])[claim]), date(2024, 1, 1), {})
    return finding


@pytest.mark.parametrize("relation", ["contradicts", "not_same", "refines"])
def test_a_claim_that_says_another_thing_is_no_second_source(relation):
    first = accepted()
    linking.link(first, accepted("جريدة الميناء", text="غيره"), relation=relation, by=make.REVIEWER)
    assert found(first) == [("single-source", GHAD)]


def test_what_was_merged_into_it_counts_and_what_was_turned_down_does_not():
    first, second, third = accepted(), accepted("جريدة الميناء", text="ب"), accepted("صحيفة النهار", text="ج")
    linking.link(second, third, relation="same", by=make.REVIEWER)
    linking.merge(second, into=first, by=make.EDITOR)
    assert found(first) == []
    linking.unmerge(second, reason="غيره", by=make.EDITOR)
    assert found(first) == [("single-source", GHAD)]
    linking.link(first, third, relation="same", by=make.REVIEWER)
    assert found(first) == []


def test_unnamed_sources_are_the_word_of_who_quotes_them():
    hops = (Hop(agent=GHAD, role="publisher"), Hop(agent="مصدر أمني", role="speaker"))
    kept = capture("نص", by=make.REPORTER, outlet=GHAD)
    speaker = make.SpeakerAsRead(type="unnamed_role", name="مصدر أمني")
    id = make.recorded(document=str(kept.document.pk), attributions=hops, speaker=speaker)
    review.accept(id, by=make.REVIEWER)
    assert found(id) == [("single-source", GHAD)]


def test_what_happens_to_a_claim_that_says_the_same_makes_the_rule_look_again():
    first, second = accepted(GHAD, "رويترز"), accepted("جريدة الميناء", "رويترز", text="ب")
    linking.link(first, second, relation="same", by=make.REVIEWER)
    flagging.run(today=date(2024, 1, 1))
    flag = Flag.objects.get(claim=first, rule="single-source")
    assert (flag.state, flag.code) == ("open", "one-origin")
    review.add_evidence(second, Exhibit(stance=Stance.SUPPORTS, url="https://other.example/a"), by=make.REPORTER)
    flagging.run(today=date(2024, 1, 1))
    assert Flag.objects.get(pk=flag.pk).state == "cleared"


def test_the_past_is_asked_as_it_was():
    with time_machine.travel("2024-01-01T12:00:00Z", tick=False):
        first, second = accepted(GHAD, "رويترز"), accepted("جريدة الميناء", text="ب")
    with time_machine.travel("2024-01-05T12:00:00Z", tick=False):
        linking.link(first, second, relation="same", by=make.REVIEWER)
    tried = flagging.tried(flagging.chosen("single-source"), date(2023, 12, 1), date(2024, 2, 1))
    assert [(day, found.claim.pk, found.finding.code) for day, found in tried if found.claim.pk == first] == [
        (date(2023, 12, 1), first, "single-source")
    ]
    later = flagging.tried(flagging.chosen("single-source"), date(2024, 1, 6), date(2024, 2, 1))
    assert not [found for _, found in later if found.claim.pk == first]


def test_a_batch_costs_as_many_questions_as_one_claim(django_assert_max_num_queries):
    ids = [accepted(f"صحيفة {n}", "رويترز", text=f"نص {n}") for n in range(6)]
    linking.link(ids[0], ids[1], relation="same", by=make.REVIEWER)
    rows = list(Claim.objects.for_rules().filter(pk__in=ids))
    with django_assert_max_num_queries(6):
        assert len(queries.origins_of(rows)) == 6
