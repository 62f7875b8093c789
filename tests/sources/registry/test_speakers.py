"""A speaker is found by any spelling, made once, merged where two are one."""

import json

import pytest

from sources.models import Outlet, Revision
from sources.registry import names, outlets, revisions, speakers
from sources.roles import PROGRAM, Actor, NotAllowed, Role

EDITOR = Actor("huda", roles=frozenset({Role.EDITOR}))


@pytest.mark.parametrize(
    ("kept", "asked"),
    [("أحمد  الشرع", "احمد الشرع"), ("مُحَمَّد", "محمد"), ("Vladimir Putin", "vladimir  PUTIN"), ("إيـــران", "ايران")],
)
@pytest.mark.django_db
def test_a_speaker_is_found_in_any_spelling(kept, asked):
    speaker = speakers.find_or_make(kept, "person", by=PROGRAM)
    assert speakers.find(asked) == speaker
    assert speakers.find_or_make(asked, "person", by=PROGRAM) == speaker


@pytest.mark.django_db
def test_a_person_and_an_organisation_may_share_a_name():
    person, firm = (speakers.find_or_make("Ford", kind, by=PROGRAM) for kind in ("person", "organisation"))
    assert person != firm
    assert speakers.find("ford", type="organisation") == firm


@pytest.mark.django_db
def test_a_merged_speaker_is_found_as_the_other_with_all_its_names():
    one, two, three = (speakers.find_or_make(name, "person", by=PROGRAM) for name in ("Putin", "Vladimir Putin", "بوتين"))
    speakers.merge(one, two, by=EDITOR)
    speakers.merge(two, three, by=EDITOR, reason="the same man")
    assert speakers.find("Putin") == three
    assert Revision.objects.filter(subject_id=two.pk).last().reason == "the same man"
    with pytest.raises(speakers.MergedIntoItself):
        speakers.merge(three, one, by=EDITOR)


@pytest.mark.django_db
def test_a_new_name_leaves_the_old_one_a_spelling():
    speaker = speakers.find_or_make("Twitter", "organisation", by=PROGRAM)
    speakers.revise(speaker, by=EDITOR, name="X Corp", reason="renamed")
    assert speakers.find("twitter").name == "X Corp"


@pytest.mark.django_db
def test_revisions_number_on_and_prove_their_data():
    speaker = speakers.find_or_make("Twitter", "organisation", by=PROGRAM)
    speakers.revise(speaker, by=EDITOR, title="firm")
    speakers.revise(speaker, by=EDITOR, title="firm")  # says nothing new
    first, second = Revision.objects.filter(subject_id=speaker.pk).order_by("number")
    assert (first.number, second.number) == (1, 2)
    assert json.loads(second.data)["title"] == "firm"
    assert bytes(second.digest) == revisions.digest(second.data)


@pytest.mark.parametrize("name", ["", "  ", "ـــ", "«»", "a" * 301])
def test_a_name_needs_letters(name):
    with pytest.raises(names.NoName):
        names.key(name)


@pytest.mark.django_db
def test_an_outlet_is_made_once():
    one = outlets.find_or_make("الجزيرة", by=PROGRAM)
    assert outlets.find_or_make("الجَزِيرة", by=PROGRAM) == one
    assert Outlet.objects.count() == 1


@pytest.mark.django_db
def test_an_outlet_cannot_take_the_name_of_another():
    outlets.find_or_make("AP", by=PROGRAM)
    other = outlets.find_or_make("AFP", by=PROGRAM)
    with pytest.raises(outlets.NameTaken):
        outlets.revise(other, by=EDITOR, name="ap")


@pytest.mark.django_db
def test_a_reporter_does_not_merge():
    one, two = (speakers.find_or_make(name, "person", by=PROGRAM) for name in ("One", "Two"))
    with pytest.raises(NotAllowed):
        speakers.merge(one, two, by=Actor("amal", roles=frozenset({Role.REPORTER})))


@pytest.mark.django_db
def test_a_merge_can_be_taken_back():
    one, two = (speakers.find_or_make(name, "person", by=PROGRAM) for name in ("Putin", "Vladimir Putin"))
    speakers.merge(one, two, by=EDITOR)
    speakers.unmerge(one, by=EDITOR, reason="two men")
    assert speakers.find("Putin") == one
    assert [json.loads(r.data)["merged_into"] for r in Revision.objects.filter(subject_id=one.pk).order_by("number")] == [
        None,
        str(two.pk),
        None,
    ]
    with pytest.raises(speakers.NotMerged):
        speakers.unmerge(one, by=EDITOR)
