"""What is near a claim is found once, kept as rows, and known to the rules as it is and as it was."""

from datetime import date
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import flagging, tasks
from claims.domain.choices import Kind
from claims.domain.values import Figure, SpeakerAsRead
from claims.flagging import batch_loading, neighbours
from claims.handlers import CONSUMERS, NEAR
from claims.ledger import subscriptions
from claims.models import Claim, Flag, Look, Near
from claims.similarity import nearest
from claims.workflow import linking, publishing, recording, review
from sources import jobs
from sources.models import Work
from sources.registry import speakers
from sources.text.edtf import ImpreciseDate
from sources.text.numbers import find_quantities
from tests import make

pytestmark = pytest.mark.django_db

CLOSED_BRIDGE = "أغلقت السلطات جسر الوادي القديم أمام الشاحنات الثقيلة"


def said(statement: str, day: str = "2031-03-01", *, accept: bool = True, **fields) -> UUID:
    """A claim said on a day, accepted, with the figures that stand in it."""
    figures = tuple(
        Figure(text=q.text, value=q.value, value_max=q.value_max, unit=q.unit, comparator=q.comparator) for q in find_quantities(statement)
    )
    plain = {"statement": statement, "kind": Kind.EVENT, "said_on": ImpreciseDate(edtf=day), "quantities": figures}
    id = make.recorded(**(plain | fields))
    if accept:
        review.accept(id, by=make.REVIEWER)
    return id


def others() -> None:
    """Claims about other things: rare words are what tells."""
    for place in ("المرفأ", "المطار", "السوق", "المدرسة", "الملعب", "المتحف"):
        said(f"افتتح المحافظ {place} الجديد بعد سنوات من العمل", accept=False)


def settle() -> None:
    subscriptions.deliver(CONSUMERS["matching"])
    tasks.find_neighbours()


def near() -> set[tuple[UUID, UUID]]:
    return set(Near.objects.values_list("claim", "other"))


def judged_false(claim: UUID) -> None:
    make.publish(claim, "false", rationale="الجسر مفتوح")


def test_two_claims_that_say_nearly_the_same_have_a_row_each():
    others()
    one, two = said(CLOSED_BRIDGE), said("السلطات أغلقت جسر الوادي القديم في وجه الشاحنات الثقيلة")
    settle()
    assert near() == {(one, two), (two, one)}
    row = Near.objects.get(claim=two)
    assert 0.5 < row.shared <= 1


def test_a_draft_is_found_and_searches_nothing_itself():
    others()
    draft = said(CLOSED_BRIDGE, accept=False)
    settle()
    assert near() == set()
    two = said(CLOSED_BRIDGE)
    settle()
    assert near() == {(draft, two), (two, draft)}


def test_what_says_something_else_now_is_near_what_it_says_now():
    others()
    one, two = said(CLOSED_BRIDGE), said(CLOSED_BRIDGE)
    settle()
    recording.revise(two, {"statement": "افتتح المحافظ المرفأ الجديد بعد سنوات من العمل"}, reason="خلط", by=make.REVIEWER)
    settle()
    assert (one, two) not in near()
    assert Near.objects.filter(claim=two).exists()


@pytest.mark.parametrize("step", ["reject", "withdraw"])
def test_nothing_is_near_what_is_closed_until_it_is_open_again(step):
    others()
    one, two = said(CLOSED_BRIDGE), said(CLOSED_BRIDGE)
    settle()
    getattr(review if step == "reject" else publishing, step)(two, reason="خطأ", by=make.EDITOR)
    settle()
    assert near() == set()
    review.reopen(two, reason="لا", by=make.EDITOR)
    settle()
    assert near() == {(one, two), (two, one)}


def test_a_claim_has_no_more_neighbours_than_are_kept(monkeypatch):
    monkeypatch.setattr(nearest, "FOUND", 2)
    monkeypatch.setattr(nearest, "KEPT", 3)
    others()
    ids = [said(CLOSED_BRIDGE) for _ in range(7)]
    settle()
    for id in ids:
        assert 1 <= Near.objects.filter(claim=id).count() <= 3


def test_of_many_that_say_the_same_a_judged_one_is_kept(monkeypatch):
    monkeypatch.setattr(nearest, "FOUND", 2)
    monkeypatch.setattr(nearest, "KEPT", 2)
    others()
    ids = [said(CLOSED_BRIDGE) for _ in range(5)]
    settle()
    judged_false(ids[3])
    settle()
    last = said(CLOSED_BRIDGE, "2031-09-01")
    settle()
    assert ids[3] in set(Near.objects.filter(claim=last).values_list("other", flat=True))


def test_searches_that_are_owed_are_rows_and_are_done_once():
    id = said(CLOSED_BRIDGE)
    subscriptions.deliver(CONSUMERS["matching"])
    assert [owed.key for owed in Work.objects.filter(kind=NEAR, done_at=None)] == [f"near:{id}:2"]
    assert tasks.find_neighbours() == 1
    assert tasks.find_neighbours() == 0
    assert not jobs.owe_all(NEAR, [f"near:{id}:2"])


def test_a_neighbour_that_comes_makes_the_rules_look_again():
    others()
    one = said(CLOSED_BRIDGE)
    settle()
    flagging.run(today=date(2031, 3, 2))
    Look.objects.all().delete()
    two = said(CLOSED_BRIDGE, "2031-03-05")
    settle()
    assert set(Look.objects.values_list("claim", flat=True)) >= {one, two}


# ── what the rules are given


def test_a_batch_is_asked_for_in_seven_queries_at_most():
    others()
    ids = [said(CLOSED_BRIDGE) for _ in range(5)]
    settle()
    judged_false(ids[0])
    linking.link(ids[1], ids[2], relation="same", by=make.REVIEWER)
    for some in (ids[:1], ids):
        claims = batch_loading.gathered(some)
        with CaptureQueriesContext(connection) as asked:
            found = neighbours.now(claims)
        assert len(asked) == 6  # and a seventh where speakers have a row
        assert set(found) == set(some)
    by_claim = {one.claim.pk: one for one in found[ids[1]]}
    assert by_claim[ids[0]].judged_on is not None
    assert by_claim[ids[2]].judged.joining
    with CaptureQueriesContext(connection) as asked:
        assert [q.text for one in found[ids[1]] for q in one.claim.quantities.all()] == []
        assert [one.claim.document for one in found[ids[1]]]
    assert len(asked) == 0


def test_one_speaker_under_two_names_is_one():
    others()
    sami, haddad = (speakers.find_or_make(name, "person", by=make.REPORTER) for name in ("سامي", "سامي حداد"))
    one = said(CLOSED_BRIDGE, speaker=SpeakerAsRead(type="person", name="سامي", id=str(sami.pk)))
    two = said(CLOSED_BRIDGE, speaker=SpeakerAsRead(type="person", name="سامي حداد", id=str(haddad.pk)))
    settle()
    assert [each.same_speaker for each in neighbours.now(batch_loading.gathered([one]))[one]] == [False]
    speakers.merge(sami, haddad, by=make.EDITOR)
    assert [each.same_speaker for each in neighbours.now(batch_loading.gathered([two]))[two]] == [True]


def test_what_people_set_side_by_side_is_near_whatever_the_words():
    one, two = said(CLOSED_BRIDGE), said("لا حركة للشاحنات فوق النهر")
    linking.link(one, two, relation="same", by=make.REVIEWER)
    (found,) = neighbours.now(batch_loading.gathered([two]))[two]
    assert (found.claim.pk, found.shared, found.judged.joining) == (one, 0.0, True)
    assert set(neighbours.seen_by([one])) == {two}


# ── the whole road


def open_flags(rule: str) -> list[tuple[UUID, str]]:
    return list(Flag.objects.filter(rule=rule, state="open").values_list("claim_id", "code"))


def test_what_was_judged_false_and_is_said_again_is_flagged_and_clears_when_it_is_not_the_same():
    with time_machine.travel("2031-03-02 12:00:00+00:00"):
        others()
        first = said(CLOSED_BRIDGE, "2031-03-01")
        settle()
        judged_false(first)
    with time_machine.travel("2031-05-02 12:00:00+00:00"):
        again = said(CLOSED_BRIDGE, "2031-05-01")
        settle()
        flagging.run()
        assert open_flags("repeated-after-refuted") == [(again, "another")]
        assert open_flags("said-before") == [(again, "checked")]
        linking.link(again, first, relation="not_same", reason="جسر آخر", by=make.REVIEWER)
        flagging.run()
        assert open_flags("repeated-after-refuted") == []
        assert open_flags("said-before") == []


def test_what_is_the_same_as_the_same_as_what_was_refuted_is_flagged_when_the_two_are_joined():
    with time_machine.travel("2031-03-02 12:00:00+00:00"):
        first = said(CLOSED_BRIDGE, "2031-03-01")
        settle()
        judged_false(first)
    with time_machine.travel("2031-05-02 12:00:00+00:00"):
        told = said("لا حركة للشاحنات فوق النهر", "2031-05-01")
        again = said("منع النقل الثقيل من العبور", "2031-05-01")
        linking.link(again, told, relation="same", by=make.REVIEWER)
        subscriptions.deliver(CONSUMERS["clusters"])
        flagging.run()
        assert open_flags("repeated-after-refuted") == []
        linking.link(told, first, relation="repeats", by=make.REVIEWER)
        flagging.run()  # before the clusters have followed
        subscriptions.deliver(CONSUMERS["clusters"])
        flagging.run()
        assert set(open_flags("repeated-after-refuted")) == {(told, "another"), (again, "another")}
        linking.unlink(again, told, reason="غيره", by=make.REVIEWER)
        subscriptions.deliver(CONSUMERS["clusters"])
        flagging.run()
        assert open_flags("repeated-after-refuted") == [(told, "another")]


def test_a_verdict_on_one_makes_the_other_be_looked_at():
    with time_machine.travel("2031-03-02 12:00:00+00:00"):
        others()
        first = said(CLOSED_BRIDGE, "2031-03-01")
        settle()
    with time_machine.travel("2031-05-02 12:00:00+00:00"):
        again = said(CLOSED_BRIDGE, "2031-07-01")  # announced for later
        settle()
        flagging.run()
        assert open_flags("repeated-after-refuted") == []
        judged_false(first)
        flagging.run()
        assert open_flags("repeated-after-refuted") == [(again, "another")]


def test_figures_that_disagree_are_flagged_until_one_is_corrected():
    others()
    said("نزح من بلدة الجسر أكثر من 2000 شخص إلى المدارس", "2031-03-01")
    two = said("نزح من بلدة الجسر 1800 شخص إلى المدارس", "2031-03-02", speaker=SpeakerAsRead(type="organisation", name="الهلال الأحمر"))
    settle()
    flagging.run(today=date(2031, 3, 5))
    assert open_flags("figures-disagree") == [(two, "disagree")]
    figure = {"text": "1800 شخص", "value": "2800", "unit": "شخص", "comparator": "exactly", "role": "level"}
    recording.revise(two, {"quantities": [figure]}, reason="قرئ خطأ", by=make.REVIEWER)
    settle()
    flagging.run(today=date(2031, 3, 5))
    assert open_flags("figures-disagree") == []


def test_one_speakers_two_figures():
    others()
    speaker = speakers.find_or_make("نوال عازار", "person", by=make.REPORTER)
    by = SpeakerAsRead(type="person", name="نوال عازار", id=str(speaker.pk))
    said("قالت إن مصنع الإسمنت يشغل 300 عامل", "2031-03-01", speaker=by)
    two = said("قالت إن مصنع الإسمنت يشغل 450 عاملا", "2031-03-02", speaker=by)
    settle()
    flagging.run(today=date(2031, 3, 5))
    assert open_flags("self-contradiction") == [(two, "disagree")]
    assert open_flags("figures-disagree") == []


def test_two_who_turn_out_to_be_one_are_looked_at_again_and_so_when_that_was_wrong():
    others()
    made = [speakers.find_or_make(name, "person", by=make.REPORTER) for name in ("نوال عازار", "المهندسة نوال")]
    one, other = (SpeakerAsRead(type="person", name=each.name, id=str(each.pk)) for each in made)
    said("قالت إن مصنع الإسمنت يشغل 300 عامل", "2031-03-01", speaker=one)
    two = said("قالت إن مصنع الإسمنت يشغل 450 عاملا", "2031-03-02", speaker=other)
    settle()

    def flagged() -> list[str]:
        flagging.run(today=date(2031, 3, 5))
        rules = ("figures-disagree", "self-contradiction")
        return sorted(Flag.objects.filter(claim=two, rule__in=rules, state="open").values_list("rule", flat=True))

    assert flagged() == ["figures-disagree"]
    speakers.merge(made[0], made[1], by=make.EDITOR)
    assert flagged() == ["self-contradiction"]
    speakers.unmerge(made[0], by=make.EDITOR)
    assert flagged() == ["figures-disagree"]


# ── the past


def test_the_back_test_knows_what_was_near_on_each_day():
    with time_machine.travel("2031-03-02 12:00:00+00:00"):
        others()
        first = said(CLOSED_BRIDGE, "2031-03-01")
    with time_machine.travel("2031-05-02 12:00:00+00:00"):
        again = said(CLOSED_BRIDGE, "2031-07-01")
        settle()
    with time_machine.travel("2031-06-10 12:00:00+00:00"):
        judged_false(first)
    with time_machine.travel("2031-06-20 12:00:00+00:00"):
        linking.link(again, first, relation="not_same", reason="جسر آخر", by=make.REVIEWER)
        found = flagging.tried(flagging.chosen("repeated-after-refuted"), date(2031, 1, 1), date(2031, 12, 31))
        assert [(day, each.claim.pk) for day, each in found] == [(date(2031, 6, 10), again)]
        after = flagging.tried(flagging.chosen("repeated-after-refuted"), date(2031, 6, 20), date(2031, 12, 31))
        assert after == []
        before = flagging.tried(flagging.chosen("said-before"), date(2031, 5, 1), date(2031, 12, 31))
        assert [(day, each.claim.pk) for day, each in before] == [(date(2031, 5, 1), again), (date(2031, 6, 10), again)]


def test_the_index_can_be_asked_for_all_again(capsys):
    from django.core.management import call_command

    others()
    one, two = said(CLOSED_BRIDGE), said(CLOSED_BRIDGE)
    settle()
    Near.objects.all().delete()
    call_command("match", rebuild=True)
    assert "2 of them" in capsys.readouterr().out
    tasks.find_neighbours()
    assert near() == {(one, two), (two, one)}
    assert Claim.objects.get(pk=one).version == 2
