"""Every POST takes an Idempotency-Key: the same again is answered as before, and nothing is done twice."""

import threading

import pytest
from django.db import connection
from rest_framework.test import APIClient

from claims.models import FeedKey
from sources.api import tokens
from sources.models import Answered, Document, Outlet, Snapshot, Speaker
from sources.registry import speakers
from sources.roles import Role
from tests import make

TEXT = {"text": "قال الوزير إن التجارة ستبلغ 200 مليار دولار.", "outlet": "وكالة"}


def client(role=Role.EDITOR):
    own = APIClient()
    own.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.make(make.user(role), 'test')}")
    return own


def post(desk, address, body, key="one"):
    return desk.post(f"/api/v1/{address}", body, headers={"Idempotency-Key": key} if key else {})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("documents/", TEXT),
        ("outlets/", {"name": "وكالة"}),
        ("speakers/", {"name": "سامي حداد", "type": "person"}),
        ("feeds/tokens/", {"name": "تقويم"}),
        ("webhooks/", {"url": "https://hooks.example.org/a"}),
        ("claims/", {"statement": "ع", "kind": "event", "speaker_type": "narrator", "source": "صحيفة"}),
    ],
)
def test_the_same_again_gives_the_first_answer_and_says_so(address, body):
    desk = client()
    first, again = (post(desk, address, body) for _ in range(2))
    assert first.status_code == 201, first.json()
    assert (again.status_code, again.json()) == (201, first.json())
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert post(desk, address, body, key="").json()["id"] is not None


@pytest.mark.django_db
def test_an_older_text_is_answered_as_it_was_when_the_page_has_changed_since():
    desk, page = client(), {"url": "https://example.org/a", "outlet": "وكالة"}
    first = post(desk, "documents/", page | {"text": "نص"}, key="one").json()
    assert post(desk, "documents/", page | {"text": "نص تغيّر"}, key="two").json()["snapshot"] != first["snapshot"]
    assert post(desk, "documents/", page | {"text": "نص"}, key="one").json()["snapshot"] == first["snapshot"]


@pytest.mark.django_db
def test_the_same_key_with_something_else_is_refused_and_another_person_has_keys_of_their_own():
    desk = client()
    post(desk, "documents/", TEXT)
    refused = post(desk, "documents/", TEXT | {"title": "خبر"})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:isnad:key-reused")
    assert post(desk, "outlets/", {"name": "وكالة"}).status_code == 409
    assert post(client(), "outlets/", {"name": "وكالة"}).status_code == 200
    assert Document.objects.get().title == ""


@pytest.mark.django_db
def test_what_was_refused_may_be_asked_again_under_the_same_key():
    desk = client()
    assert post(desk, "documents/", {"text": " "}).status_code == 400
    assert post(desk, "documents/", TEXT).status_code == 201
    assert post(desk, "documents/", TEXT, key="x" * 151).json()["errors"].keys() == {"Idempotency-Key"}


@pytest.mark.django_db
def test_a_merge_and_taking_it_back_are_done_once():
    desk, by = client(), make.EDITOR
    one, other = (speakers.find_or_make(name, "person", by=by) for name in ("سامي", "سامي حداد"))
    merge, back = {"into": str(other.pk), "reason": "رجل واحد"}, {"reason": "رجلان"}
    first, again = (post(desk, f"speakers/{one.pk}/merge/", merge) for _ in range(2))
    assert (first.json(), again["Idempotency-Replayed"]) == (again.json(), "true")
    first, again = (post(desk, f"speakers/{one.pk}/unmerge/", back, key="two") for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert post(desk, f"speakers/{one.pk}/unmerge/", back, key="three").status_code == 409
    assert Speaker.objects.get(pk=one.pk).merged_into is None


@pytest.mark.django_db
def test_a_key_of_the_feeds_that_was_deleted_does_not_come_back():
    desk = client()
    made = post(desk, "feeds/tokens/", {}).json()
    assert desk.delete(f"/api/v1/feeds/tokens/{made['id']}/").status_code == 204
    assert post(desk, "feeds/tokens/", {}).status_code == 404
    assert not FeedKey.objects.exists()


@pytest.mark.django_db
def test_no_words_are_kept_by_which_an_erased_text_could_be_guessed():
    post(client(), "documents/", TEXT)
    [kept] = Answered.objects.values()
    assert "وكالة" not in str(kept)
    assert set(kept) == {"key", "fingerprint", "subject", "status", "at"}


@pytest.mark.django_db
def test_a_number_longer_than_any_column_can_be_asked_under_a_key():
    desk, body, odd = client(), '{"text": "نص", "title": %s}', "123456789012345678901234567890"
    answers = [
        desk.post("/api/v1/documents/", body % said, content_type="application/json", headers={"Idempotency-Key": "odd"})
        for said in (odd, odd, "1")
    ]
    assert [answer.status_code for answer in answers] == [201, 201, 409]


def test_of_two_at_once_one_does_it_and_both_are_answered_the_same(committed_db):
    desk, answers = client(), []
    gate = threading.Barrier(4)

    def ask():
        try:
            gate.wait(60)
            answers.append(post(desk, "documents/", TEXT))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 4
    assert sum("Idempotency-Replayed" in answer for answer in answers) == 3
    assert (Snapshot.objects.count(), Outlet.objects.count()) == (1, 1)
