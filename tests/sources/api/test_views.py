"""Documents, outlets and speakers over HTTP; every error is a problem of one shape."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.urls import include, path
from rest_framework.test import APIClient

from sources import jobs
from sources.api import problems, tokens
from sources.errors import Category, Refusal
from sources.models import ApiToken, Document, Work
from sources.roles import Role
from tests import make

urlpatterns = [path("api/v1/", include("sources.api.urls"))]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def client(role=Role.REPORTER):
    own = APIClient()
    own.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.make(make.user(role), 'test')}")
    return own


def test_a_text_is_captured_once():
    desk = client()
    sent = {"title": "قمة", "text": " نص\r\n", "outlet": "وكالة", "published": "2022-12-31", "language": "ar"}
    first, again = desk.post("/api/v1/documents/", sent), desk.post("/api/v1/documents/", sent)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["snapshot"] == again.json()["snapshot"]
    assert (first.json()["source"], first.json()["published"]["edtf"], first.json()["published_last"]) == (
        "وكالة",
        "2022-12-31",
        "2022-12-31",
    )
    snapshots = desk.get(f"/api/v1/documents/{first.json()['id']}/snapshots/").json()
    assert [snapshot["text"] for snapshot in snapshots["results"]] == [" نص\r\n"]
    assert snapshots["next"] is None


def test_a_page_is_captured_from_html():
    text = "The minister said that trade between the two countries will reach 200 billion dollars next year."
    sent = {"html": f"<html><body><article><p>{text}</p><script>evil</script></article></body></html>", "url": "https://www.example.org/a"}
    answer = client().post("/api/v1/documents/", sent)
    assert answer.status_code == 201, answer.json()
    assert answer.json()["source"] == "example.org"


def test_reading_is_waiting_then_done_or_failed():
    desk = client()
    document = desk.post("/api/v1/documents/", {"text": "a"}).json()
    key = f"read:{document['snapshot']}"
    jobs.owe("read", key)
    reading = lambda: desk.get(f"/api/v1/documents/{document['id']}/").json()  # noqa: E731
    assert reading()["reading"] == "waiting"
    (row,) = jobs.lease("read", 1, 60)
    jobs.give_up(row, "no sentences")
    assert (reading()["reading"], reading()["reading_error"]) == ("failed", "no sentences")
    Work.objects.filter(key=key).update(gave_up_at=None, done_at=row.due_at)
    assert reading()["reading"] == "done"


@pytest.mark.parametrize(
    ("sent", "status", "field"),
    [
        ({}, 400, "text"),
        ({"text": ""}, 400, "text"),
        ({"text": "a\x00"}, 400, "text"),
        ({"text": "a" * 2000}, 413, "text"),
        ({"text": "a", "html": "b"}, 400, "html"),
        ({"html": "<html></html>"}, 400, "html"),
        ({"text": "a", "published": "yesterday"}, 400, "published"),
        ({"text": "a", "published": 2022}, 400, "published"),
        ({"text": "a", "language": "klingon"}, 400, "language"),
        ({"text": "a", "url": "javascript:alert(1)"}, 400, "url"),
        ({"url": "http://127.0.0.1:9/"}, 502, "url"),
        ({"text": ["a"]}, 400, "text"),
        ({"text": "a", "title": "t" * 1001}, 400, "title"),
        ({"text": "a", "outlet": "..."}, 400, "name"),
    ],
)
def test_bad_input_is_a_problem_that_names_its_field(sent, status, field, settings):
    settings.MAX_TEXT_BYTES = 1024
    answer = client().post("/api/v1/documents/", sent)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    body = answer.json()
    assert set(body) == {"type", "title", "status", "detail", "errors"}
    assert list(body["errors"]) == [field]
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("method", "address", "sent", "status"),
    [
        ("get", "documents/019e0000-0000-7000-8000-000000000000/", None, 404),
        ("get", "documents/019e0000-0000-7000-8000-000000000000/snapshots/", None, 404),
        ("delete", "documents/", None, 405),
        ("post", "documents/", "{broken", 400),
        ("post", "documents/", "[1]", 400),
        ("post", "documents/", '{"text": "\\ud800"}', 400),
        ("get", "documents/?cursor=nonsense", None, 400),
    ],
)
def test_every_error_is_a_problem(method, address, sent, status):
    words = {"data": sent, "content_type": "application/json"} if sent else {}
    answer = getattr(client(), method)(f"/api/v1/{address}", **words)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


def test_other_media_types_are_refused():
    answer = client().post("/api/v1/documents/", "text", content_type="text/plain")
    assert (answer.status_code, answer["Content-Type"]) == (415, "application/problem+json")


def test_without_a_known_token_nobody_reads():
    for header in ({}, {"HTTP_AUTHORIZATION": "Bearer isnad_wrong"}, {"HTTP_AUTHORIZATION": "Bearer "}):
        answer = APIClient().get("/api/v1/documents/", **header)
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
        assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_stranger_may_not_capture():
    answer = client(None).post("/api/v1/documents/", {"text": "a"})
    assert (answer.status_code, answer.json()["detail"]) == (403, "You have no role at this desk: an administrator gives one.")


def test_a_reporter_may_not_correct_but_an_editor_may():
    made = client().post("/api/v1/documents/", {"text": "a"}).json()
    change = {"published": "2022-11", "reason": "as printed"}
    assert client().patch(f"/api/v1/documents/{made['id']}/", change).status_code == 403
    corrected = client(Role.EDITOR).patch(f"/api/v1/documents/{made['id']}/", change).json()
    assert corrected["published_last"] == "2022-11-30"


def test_pages_turn_by_cursor():
    desk = client()
    for number in range(5):
        desk.post("/api/v1/outlets/", {"name": f"Outlet {number}"})
    page = desk.get("/api/v1/outlets/?page_size=2").json()
    seen = [outlet["name"] for outlet in page["results"]]
    while page["next"]:
        page = desk.get(page["next"]).json()
        seen += [outlet["name"] for outlet in page["results"]]
    assert seen == [f"Outlet {number}" for number in (4, 3, 2, 1, 0)]


def test_speakers_are_made_changed_and_merged():
    editor = client(Role.EDITOR)
    one = editor.post("/api/v1/speakers/", {"name": "بوتين", "type": "person"})
    assert one.status_code == 201
    assert editor.post("/api/v1/speakers/", {"name": "بُوتين", "type": "person"}).status_code == 200
    changed = editor.patch(f"/api/v1/speakers/{one.json()['id']}/", {"name": "فلاديمير بوتين"}).json()
    assert set(changed["names"]) == {"بوتين", "فلاديمير بوتين"}
    two = editor.post("/api/v1/speakers/", {"name": "Putin", "type": "person"}).json()
    merged = editor.post(f"/api/v1/speakers/{two['id']}/merge/", {"into": one.json()["id"]})
    assert merged.json()["id"] == one.json()["id"]
    assert editor.get(f"/api/v1/speakers/{two['id']}/").json()["merged_into"] == one.json()["id"]
    undone = [editor.post(f"/api/v1/speakers/{two['id']}/unmerge/", {"reason": "two men"}) for _ in range(2)]
    assert [answer.status_code for answer in undone] == [200, 409]
    assert (undone[0].json()["id"], undone[0].json()["merged_into"]) == (two["id"], None)


def test_a_refusal_comes_to_the_status_of_its_category():
    class LostRace(Refusal):
        """Two wanted the same."""

        sentence, title, category = "Somebody else was first.", "Lost race", Category.CONFLICT

    answer = problems.answer(LostRace(), {})
    assert answer.status_code == 409
    assert answer.data == {"type": "urn:isnad:lost-race", "title": "Lost race", "status": 409, "detail": "Somebody else was first."}


def test_the_token_command_prints_a_token_once():
    user = make.user(Role.REPORTER, "amal")
    out = io.StringIO()
    call_command("token", "amal", stdout=out)
    token = out.getvalue().strip()
    assert token.encode() not in bytes(ApiToken.objects.get(user=user).digest)
    assert APIClient().get("/api/v1/outlets/", HTTP_AUTHORIZATION=f"Bearer {token}").status_code == 200
    user.is_active = False
    user.save()
    assert APIClient().get("/api/v1/outlets/", HTTP_AUTHORIZATION=f"Bearer {token}").status_code == 401
    with pytest.raises(CommandError, match="nobody"):
        call_command("token", "nobody")


def test_the_schema_does_not_warn():
    from drf_spectacular.drainage import GENERATOR_STATS
    from drf_spectacular.generators import SchemaGenerator

    GENERATOR_STATS.reset()
    with override_settings(ROOT_URLCONF=__name__):
        schema = SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS
    assert "/api/v1/documents/" in schema["paths"]
    json.dumps(schema)
