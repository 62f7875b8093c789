"""What became of a document, an outlet, a speaker: who, when, why, and each field from old to new, over REST and in the admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from sources.capturing import documents
from sources.capturing.capture import capture
from sources.models import Outlet, Revision, new_id
from sources.registry import outlets, revision_changes, speakers
from sources.roles import Role
from tests import make

urlpatterns = [path("api/v1/", include("sources.api.urls"))]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def desk():
    client = APIClient()
    client.force_authenticate(make.user(Role.REPORTER))
    return client


def told(desk, kind, pk):
    """The newest first: by whom, why, and what changed."""
    answer = desk.get(f"/api/v1/{kind}/{pk}/revisions/")
    assert answer.status_code == 200, answer.json()
    return [(each["number"], each["by"], each["reason"], changed(each)) for each in answer.json()["results"]]


def changed(revision):
    return {change["field"]: (change["before"], change["after"]) for change in revision["changes"]}


def test_an_outlet_tells_its_names_before_and_after(desk):
    outlet = outlets.find_or_make("تويتر", by=make.REPORTER)
    outlets.revise(outlet, name="إكس", homepage="https://example.org/", by=make.EDITOR, reason="اسم جديد")
    assert told(desk, "outlets", outlet.pk) == [
        (2, "salma", "اسم جديد", {"homepage": (None, "https://example.org/"), "name": ("تويتر", "إكس")}),
        (1, "rana", "", {"name": (None, "تويتر")}),
    ]


def test_a_speaker_tells_spellings_and_merges(desk):
    one, other = (speakers.find_or_make(name, "person", by=make.REPORTER) for name in ("سامي", "سامي حداد"))
    speakers.revise(one, name="س. حداد", by=make.EDITOR, reason="توقيعه")
    speakers.merge(one, other, by=make.EDITOR, reason="هو نفسه")
    speakers.unmerge(one, by=make.EDITOR, reason="رجلان")
    unmerged, merged, spelled, made = told(desk, "speakers", one.pk)
    assert spelled[2:] == ("توقيعه", {"name": ("سامي", "س. حداد"), "names": (["سامي"], ["س. حداد", "سامي"])})
    assert merged[2:] == ("هو نفسه", {"merged_into": (None, str(other.pk))})
    assert unmerged[2:] == ("رجلان", {"merged_into": (str(other.pk), None)})
    assert made[3] == {"name": (None, "سامي"), "names": (None, ["سامي"]), "type": (None, "person")}


def test_a_document_tells_its_dates_and_its_texts(desk):
    first = capture("نص", by=make.REPORTER, url="https://example.org/a", outlet="الميناء", published="2022-12-30")
    second = capture("نص آخر", by=make.REPORTER, url="https://example.org/a", outlet="الميناء")
    documents.correct(first.document, published="2022-12-31", title="خبر", by=make.EDITOR, reason="خطأ")
    corrected, again, made = told(desk, "documents", first.document.pk)
    assert corrected[2] == "خطأ"
    assert {name: (before and before["edtf"], after["edtf"]) for name, (before, after) in corrected[3].items() if name != "title"} == {
        "published": ("2022-12-30", "2022-12-31")
    }
    assert corrected[3]["title"] == (None, "خبر")
    assert again[3] == {"text": (first.snapshot.digest, second.snapshot.digest)}
    assert not {"id", "identity", "created_at", "capture"} & made[3].keys()


def test_the_digest_is_the_one_that_the_ledger_vouches_for(desk):
    outlet = outlets.find_or_make("تويتر", by=make.REPORTER)
    (revision,) = desk.get(f"/api/v1/outlets/{outlet.pk}/revisions/").json()["results"]
    assert revision["digest"] == bytes(Revision.objects.get().digest).hex()
    assert revision["at"].startswith(f"{Revision.objects.get().at:%Y-%m-%dT%H:%M}")


def test_pages_are_turned_both_ways_and_each_knows_what_stood_before(desk):
    outlet = outlets.find_or_make("0", by=make.REPORTER)
    for number in range(1, 5):
        outlets.revise(outlet, name=f"{number}", by=make.EDITOR)
    first = desk.get(f"/api/v1/outlets/{outlet.pk}/revisions/", {"page_size": 2}).json()
    second = desk.get(first["next"]).json()
    third = desk.get(second["next"]).json()
    names = [[changed(each)["name"] for each in page["results"]] for page in (first, second, third, desk.get(third["previous"]).json())]
    assert names == [[("3", "4"), ("2", "3")], [("1", "2"), ("0", "1")], [(None, "0")], [("1", "2"), ("0", "1")]]


def test_a_longer_past_asks_the_database_no_more(desk):
    outlet = outlets.find_or_make("0", by=make.REPORTER)
    with CaptureQueriesContext(connection) as few:
        told(desk, "outlets", outlet.pk)
    for number in range(1, 9):
        outlets.revise(outlet, name=f"{number}", by=make.EDITOR)
    with CaptureQueriesContext(connection) as many:
        assert len(told(desk, "outlets", outlet.pk)) == 9
    assert len(many) == len(few)


@pytest.mark.parametrize("kind", ["documents", "outlets", "speakers"])
def test_of_what_is_not_there_nothing_is_told(desk, kind):
    assert desk.get(f"/api/v1/{kind}/{new_id()}/revisions/").status_code == 404
    assert desk.post(f"/api/v1/{kind}/{new_id()}/revisions/", {}).status_code == 405


def test_the_id_of_an_outlet_is_none_of_a_speaker(desk):
    outlet = outlets.find_or_make("تويتر", by=make.REPORTER)
    assert desk.get(f"/api/v1/speakers/{outlet.pk}/revisions/").status_code == 404


@pytest.mark.parametrize("kind", ["documents", "outlets", "speakers"])
def test_whoever_may_not_see_the_subject_does_not_see_its_past(kind, settings):
    capture("نص", by=make.REPORTER, outlet="الميناء")
    speakers.find_or_make("سامي", "person", by=make.REPORTER)
    subject = Revision.objects.filter(subject_type=kind.removesuffix("s")).values_list("subject_id", flat=True)[0]
    for public in (False, True):
        settings.PUBLIC_READ = public
        seen = [APIClient().get(f"/api/v1/{kind}/{subject}/{part}").status_code for part in ("", "revisions/")]
        assert seen == [401, 401]


NAMES = st.sampled_from(["أ", "ب"])
STATES = st.fixed_dictionaries({}, optional={"name": NAMES | st.just(""), "names": st.lists(NAMES), "merged_into": NAMES | st.none()})


@given(STATES, STATES)
def test_the_changes_make_of_one_state_the_other(before, after):
    made = {name: value for name, value in before.items() if value} | {
        change.field: change.after for change in revision_changes.changes(before, after)
    }
    assert {name: value for name, value in made.items() if value} == {name: value for name, value in after.items() if value}


def test_a_row_without_a_revision_tells_of_none(desk):
    outlet = Outlet.objects.create(name="a", folded="a")
    assert told(desk, "outlets", outlet.pk) == []
