"""Every POST takes an Idempotency-Key: the same again is answered as before, and nothing is done twice."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

import sources.tasks
from claims import erasure, ledger
from claims.models import FeedKey, Webhook
from sources.api import idempotency, tokens
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
    assert post(desk, "feeds/tokens/", {}).json() == made
    assert not FeedKey.objects.exists()


@pytest.mark.django_db
def test_no_words_are_kept_by_which_an_erased_text_could_be_guessed():
    post(client(), "documents/", TEXT)
    [kept] = Answered.objects.values()
    assert kept.keys() == {"key", "fingerprint", "status", "location", "answer", "at"}
    assert "وكالة" not in str({name: value for name, value in kept.items() if name != "answer"})
    assert "وكالة".encode() not in bytes(kept["answer"])
    assert json.dumps("وكالة")[1:-1].encode() not in bytes(kept["answer"])


@pytest.mark.django_db
def test_an_answer_is_given_again_as_it_was_whatever_has_become_of_it_since():
    desk = client()
    first = post(desk, "outlets/", {"name": "وكالة"})
    desk.patch(f"/api/v1/outlets/{first.json()['id']}/", {"name": "صحيفة", "reason": "اسمها"})
    again = post(desk, "outlets/", {"name": "وكالة"})
    assert (again.status_code, again.content) == (201, first.content)
    claim = make.recorded()
    steps = [post(desk, f"claims/{claim}/accept/", {}, key="two") for _ in range(2)]
    assert steps[0]["ETag"] == steps[1]["ETag"] == '"2"'
    assert steps[0].content == steps[1].content


@pytest.mark.django_db
def test_a_patch_is_answered_again_though_the_version_it_saw_has_passed():
    desk, claim = client(), make.recorded()
    headers = {"Idempotency-Key": "one", "If-Match": '"1"'}
    body = {"tags": ["ميناء"], "reason": "أدق"}
    first, again = (desk.patch(f"/api/v1/claims/{claim}/", body, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code, again.content) == (200, 200, first.content)
    assert "Idempotency-Replayed" in again
    assert ledger.state_of(claim).version == 2


@pytest.mark.django_db
def test_a_secret_is_not_given_again_through_another_token_of_the_same_person():
    user = make.user(Role.EDITOR)
    for_all, for_one = APIClient(), APIClient()
    for own in (for_all, for_one):
        own.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.make(user, 'test')}")
    made = post(for_all, "feeds/tokens/", {"name": "تقويم"})
    other = post(for_one, "feeds/tokens/", {"name": "تقويم"})
    assert (made.status_code, other.status_code) == (201, 409)
    assert made.json()["token"] not in other.content.decode()


@pytest.mark.django_db
def test_the_same_words_at_another_address_are_something_else():
    desk, one, other = client(), make.recorded(), make.recorded()
    assert post(desk, f"claims/{one}/accept/", {}).status_code == 200
    assert post(desk, f"claims/{other}/accept/", {}).status_code == 409
    assert ledger.state_of(other).version == 1


@pytest.mark.django_db
def test_after_a_day_answers_are_forgotten_and_their_keys_are_new_again():
    desk = client()
    first = post(desk, "outlets/", {"name": "وكالة"})
    Answered.objects.update(at=timezone.now() - timedelta(hours=23, minutes=50))
    assert sources.tasks.prune_answers() == 0
    assert "Idempotency-Replayed" in post(desk, "outlets/", {"name": "وكالة"})
    Answered.objects.update(at=timezone.now() - timedelta(hours=24, minutes=10))  # a transaction keeps the moment of its beginning
    late = post(desk, "outlets/", {"name": "وكالة"})
    assert (late.status_code, late.json(), "Idempotency-Replayed" in late) == (200, first.json(), False), "found, and not made"
    Answered.objects.update(at=timezone.now() - timedelta(hours=25))
    assert sources.tasks.prune_answers() == 1
    assert not Answered.objects.exists()


@pytest.mark.django_db
def test_a_webhook_that_was_made_longer_ago_is_pointed_to_and_its_secret_not_shown_again():
    desk = client()
    made = post(desk, "webhooks/", {"url": "https://hooks.example.org/a"})
    Answered.objects.all().delete()
    again = post(desk, "webhooks/", {"url": "https://hooks.example.org/a"})
    assert (again.status_code, made.json()["secret"] in again.content.decode()) == (409, False)
    assert desk.get(again["Location"]).json()["id"] == made.json()["id"]


@pytest.mark.django_db
def test_an_erasure_drops_every_answer_and_nothing_is_done_again():
    desk = client()
    claims = {"statement": "قال نورسين ذلك", "kind": "event", "speaker_type": "narrator", "source": "صحيفة"}
    made = post(desk, "claims/", claims, key="one").json()["id"]
    post(desk, "outlets/", {"name": "وكالة نورسين"}, key="two")
    accepted = post(desk, f"claims/{made}/accept/", {}, key="three").json()
    erasure.erase(["نورسين"], reason="حكم محكمة", by=make.actor(Role.ADMINISTRATOR))
    outlets = Outlet.objects.count()
    assert set(Answered.objects.values_list("answer", flat=True)) == {None}
    assert post(desk, "outlets/", {"name": "وكالة نورسين"}, key="two").status_code == 409
    again = post(desk, f"claims/{made}/accept/", {}, key="three")
    assert (again.status_code, again.json()["type"]) == (409, "urn:isnad:answer-gone")
    [event] = desk.get(again["Location"]).json()["results"]
    assert (event["subject"], event["version"]) == (made, accepted["version"])
    assert Outlet.objects.count() == outlets


@pytest.mark.django_db
def test_another_secret_of_the_install_opens_no_answer(settings):
    desk = client()
    post(desk, "outlets/", {"name": "وكالة"})
    kept = Answered.objects.get()
    settings.SECRET_KEY = "another secret that is long enough"
    with pytest.raises(idempotency.AnswerGone):
        idempotency._replayed(kept)


@pytest.mark.django_db
def test_a_number_longer_than_any_column_can_be_asked_under_a_key():
    desk, odd = client(), "123456789012345678901234567890"
    figure = '{"text": "عدد", "value": %s}'
    claim = f'{{"statement": "ص", "kind": "quantity", "speaker_type": "narrator", "source": "ص", "quantities": [{figure}]}}'
    answers = [
        desk.post("/api/v1/claims/", claim % said, content_type="application/json", headers={"Idempotency-Key": "odd"})
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


def test_of_webhooks_made_at_once_under_one_key_there_is_one(committed_db):
    desk, answers = client(), []
    gate = threading.Barrier(8)

    def ask():
        try:
            gate.wait(60)
            answers.append(post(desk, "webhooks/", {"url": "https://hooks.example.org/a"}))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 8
    assert sum("Idempotency-Replayed" in answer for answer in answers) == 7
    assert Webhook.objects.count() == 1
