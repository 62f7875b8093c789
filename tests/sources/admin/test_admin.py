"""Sources in the admin: everybody looks, nobody changes; a text is captured by a form."""

import pytest
from django.test import Client

from sources import jobs
from sources.capturing import capture
from sources.models import Document, Work
from sources.registry import speakers
from sources.roles import PROGRAM, Role
from tests import make

pytestmark = pytest.mark.django_db


def desk(role=Role.REPORTER):
    own = Client()
    own.force_login(make.user(role))
    return own


@pytest.mark.parametrize("table", ["outlet", "speaker", "document", "snapshot", "work"])
def test_every_list_opens_and_takes_a_search(table):
    capture.capture("a", by=make.REPORTER, outlet="AP")
    assert desk().get(f"/admin/sources/{table}/?q=أ").status_code == 200
    assert desk().get(f"/admin/sources/{table}/add/").status_code == 403


def test_a_text_is_shown_escaped_and_in_its_own_direction():
    document = capture.capture("<script>alert(1)</script> نص", by=make.REPORTER).document
    page = desk().get(f"/admin/sources/document/{document.pk}/change/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert '<div class="sources-text" dir="auto"' in page
    assert desk(Role.ADMINISTRATOR).post(f"/admin/sources/document/{document.pk}/delete/").status_code == 403


def test_a_snapshot_shows_its_text_and_digest():
    snapshot = capture.capture("نص", by=make.REPORTER).snapshot
    page = desk().get(f"/admin/sources/snapshot/{snapshot.pk}/change/").content.decode()
    assert "نص" in page
    assert snapshot.digest in page


def test_the_capture_form_is_offered_to_those_who_may():
    assert "/capture/" in desk().get("/admin/sources/document/").content.decode()
    assert "/capture/" not in desk("reader").get("/admin/sources/document/").content.decode()
    assert desk().get("/admin/sources/document/capture/").status_code == 200


def test_a_speaker_is_searched_by_any_spelling():
    speaker = speakers.find_or_make("أحمد الشرع", "person", by=PROGRAM)
    assert str(speaker.pk) in desk().get("/admin/sources/speaker/?q=احمد").content.decode()


def test_a_text_is_captured_by_the_form():
    answer = desk().post("/admin/sources/document/capture/", {"text": " نص", "outlet": "وكالة", "published": "2022-12"})
    document = Document.objects.get()
    assert answer["Location"] == f"/admin/sources/document/{document.pk}/change/"
    assert document.snapshots.get().text == " نص"


@pytest.mark.parametrize(
    "sent",
    [{}, {"text": "a", "published": "yesterday"}, {"text": "a", "language": "klingon"}, {"text": "a", "url": "javascript:x"}],
)
def test_the_form_tells_what_is_wrong(sent):
    answer = desk().post("/admin/sources/document/capture/", sent)
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()
    assert not Document.objects.exists()


def test_a_stranger_captures_nothing_by_the_form():
    assert desk(None).post("/admin/sources/document/capture/", {"text": "a"}).status_code == 302
    assert desk("reader").post("/admin/sources/document/capture/", {"text": "a"}).status_code == 403
    assert not Document.objects.exists()


def test_an_administrator_has_given_up_work_tried_again():
    jobs.owe("read", "read:1")
    (row,) = jobs.lease("read", 1, 60)
    jobs.give_up(row, "broken")
    chosen = {"action": "again", "_selected_action": [row.pk]}
    desk().post("/admin/sources/work/?standing=given_up", chosen)
    assert Work.objects.get(pk=row.pk).gave_up_at
    assert desk(Role.ADMINISTRATOR).post("/admin/sources/work/?standing=given_up", chosen).status_code == 302
    assert Work.objects.get(pk=row.pk).gave_up_at is None
