"""Answers are compressed for whoever asks, and nothing else of them changes."""

import gzip
import json
import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from config.api_examples import load
from sources.api import compression
from sources.roles import Role
from tests import make
from tests.contract import schema

CLAIMS = "/api/v1/claims/"
ASKED = {"Accept-Encoding": "br, gzip;q=0.8"}


@pytest.fixture
def editor(db):
    client = APIClient()
    client.force_authenticate(make.user(Role.EDITOR))
    return client


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("deflate, gzip;q=1.0, *;q=0.5", True),
        ("gzip ; q=0.001", True),
        ("*", True),
        ("br;q=1, *;q=0.1", True),
        ("", False),
        ("identity", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("*;q=0", False),
        ("xgzip", False),
    ],
)
def test_gzip_is_wanted_where_it_is_named_with_a_weight(asked, wanted):
    assert compression.accepts_gzip(asked) is wanted


@given(st.binary(max_size=3000))
def test_what_is_compressed_reads_as_it_was_and_is_the_same_again(body):
    assert gzip.decompress(compression.compressed(body)) == body
    assert compression.compressed(body) == compression.compressed(body)


def test_two_answers_of_one_length_are_made_longer_by_lengths_that_only_the_key_tells(settings):
    names = {compression.compressed(b"%06d" % n).index(b"\0", 10) for n in range(200)}
    assert len(names) > 50
    before = compression.compressed(b"the same")
    settings.SECRET_KEY = "another"
    assert compression.compressed(b"the same") != before


def test_a_list_is_compressed_for_whoever_asks_and_caches_are_told(editor):
    for _ in range(3):
        make.recorded()
    plain = editor.get(CLAIMS)
    packed = editor.get(CLAIMS, headers=ASKED)
    assert "Content-Encoding" not in plain.headers
    assert packed["Content-Encoding"] == "gzip"
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 2
    assert gzip.decompress(packed.content) == plain.content
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer["Vary"]


def test_a_tiny_answer_stays_as_it_is(editor):
    answer = editor.get("/api/v1/digest/", headers=ASKED)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" not in answer.get("Vary", "")


def test_the_tag_of_a_compressed_answer_is_its_own_and_still_names_the_version(editor):
    claim = f"{CLAIMS}{make.accepted()}/"
    seen = editor.get(claim, headers=ASKED)["ETag"]
    assert seen == '"2-gzip"'
    assert editor.get(claim)["ETag"] == '"2"'
    change = {"notes": "اتصلت بالوزارة", "reason": "متابعة"}
    changed = editor.patch(claim, change, headers={"If-Match": seen} | ASKED)
    assert (changed.status_code, changed["ETag"]) == (200, '"3-gzip"')
    assert editor.patch(claim, change, headers={"If-Match": seen}).status_code == 412


def test_a_feed_that_is_known_compressed_is_not_sent_again(editor):
    for _ in range(3):
        make.published()
    feed = "/api/v1/feeds/published.atom"
    first = editor.get(feed, headers=ASKED)
    assert first["Content-Encoding"] == "gzip"
    known = editor.get(feed, headers=ASKED | {"If-None-Match": first["ETag"]})
    assert (known.status_code, known["ETag"]) == (304, first["ETag"])
    assert "Accept-Encoding" in known["Vary"]
    plain = editor.get(feed)
    assert first["ETag"] == plain["ETag"][:-1] + '-gzip"'
    assert editor.get(feed, headers={"If-None-Match": plain["ETag"]})["ETag"] == plain["ETag"]


def test_an_answer_with_a_secret_is_not_compressed_when_it_is_given_nor_when_it_is_given_again(editor):
    for _ in range(2):
        hook = {"url": "https://example.org/" + "a" * 1500}
        answer = editor.post("/api/v1/webhooks/", hook, headers=ASKED | {"Idempotency-Key": "hook"})
        assert (answer.status_code, "Content-Encoding" in answer.headers) == (201, False)
        assert len(answer.content) > compression.LEAST


def test_every_view_whose_answer_holds_a_secret_says_so():
    found = []
    for name, example in load().items():
        if re.search(r"\b(feed|whsec|isnad)_[A-Za-z0-9]{10}", json.dumps(example["response"].get("body"))):
            ((path, method),) = [(p, m) for p, ms in schema()["paths"].items() for m, o in ms.items() if o["operationId"] == name]
            address = path.format_map(example["request"].get("path", {}))
            assert method.upper() in resolve(address).func.view_class.secret, name
            found.append(name)
    assert {"webhooks_make", "feeds_tokens_make", "tokens_make"} <= set(found)


@pytest.mark.parametrize(
    "answer",
    [
        HttpResponse(b"x" * 5000, content_type="text/html; charset=utf-8"),
        HttpResponse(b"x" * 5000, content_type="application/octet-stream"),
        HttpResponse(b"x" * 5000, content_type="application/json", headers={"Content-Encoding": "br"}),
        HttpResponse(b"x" * 999, content_type="application/json"),
    ],
)
def test_pages_bytes_and_what_is_compressed_already_go_out_as_they_are(answer):
    before = answer.content
    given = compression.Compression(lambda request: answer)(RequestFactory().get("/", headers=ASKED))
    assert given.content == before
    assert given.get("Content-Encoding") in (None, "br")


@pytest.mark.parametrize(
    "media_type", ["application/json", "application/problem+json", "application/atom+xml; charset=utf-8", "text/calendar; charset=utf-8"]
)
def test_json_problems_feeds_and_calendars_are_compressed(media_type):
    answer = HttpResponse("ج" * 5000, content_type=media_type)
    packed = compression.Compression(lambda request: answer)(RequestFactory().get("/", headers=ASKED))
    assert gzip.decompress(packed.content).decode() == "ج" * 5000
