"""The desk's search boxes find what the list over REST finds, and who said it, at the cost of the answer."""

from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims import flagging
from claims.handlers import CONSUMERS
from claims.ledger import subscriptions
from claims.models import Claim
from claims.similarity import searching
from claims.workflow import recording
from sources.models import SPELLED, SpeakerName
from sources.registry import speakers
from tests import make
from tests.claims.admin.desk import ADMINISTRATOR, QUEUE

pytestmark = pytest.mark.django_db
WORK_LIST = "/admin/claims/flag/"
BAKERY = "Bakeries in the harbour quarter sold 2,000 loaves on the day of the storm"
BAKER = "A baker of the quarter said that the storm spared the harbour"


@pytest.fixture
def three(claim: UUID) -> dict[str, UUID]:
    """The article's claim and two in English."""
    found = {"article": claim, BAKERY: make.recorded(statement=BAKERY), BAKER: make.recorded(statement=BAKER)}
    subscriptions.deliver(CONSUMERS["matching"])
    return found


def rows(client: Client, query: str, address: str = QUEUE) -> set[UUID]:
    listed = client.get(address, {"q": query}).context["cl"].result_list
    return {getattr(row, "claim_id", row.pk) for row in listed}


def said_to(client: Client, query: str) -> list[str]:
    return [str(message) for message in client.get(QUEUE, {"q": query}).context["messages"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("bakery", [BAKERY]), ("storms HARBOUR", [BAKERY, BAKER]), ('"harbour quarter"', [BAKERY]), ("storm -loaves", [BAKER]),
        ("-storm", ["article"]), ("comet", []), ("والتجارة", ["article"]), ("دولارات مليار", ["article"]), ("٢٠٠", ["article"]),
        ("السالم", ["article"]), ("احمد السالم", ["article"]), ("«السالم احمد»", ["article"]), ("السالم -ستبلغ", []),
        ("السالم -comet", ["article"]), ("سالم بيكر", []), ("", ["article", BAKERY, BAKER]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("few", [searching.FEW, 0], ids=["few", "many"])
def test_the_queue_is_searched_as_the_list_is_and_by_speaker(reviewer: Client, three, monkeypatch, query, found, few) -> None:
    monkeypatch.setattr(searching, "FEW", few)
    assert rows(reviewer, query) == {three[name] for name in found}


def test_the_work_list_is_searched_in_the_same_way(reviewer: Client, three) -> None:
    flagging.run()
    assert rows(reviewer, "والتجارة", WORK_LIST) == {three["article"]}
    assert rows(reviewer, "السالم", WORK_LIST) == {three["article"]}
    assert rows(reviewer, "comet", WORK_LIST) == set()


def test_what_a_speaker_said_is_found_under_the_name_of_whoever_it_turned_out_to_be(reviewer: Client, three) -> None:
    other = speakers.find_or_make("Ahmad al-Salem", "person", by=ADMINISTRATOR)
    assert rows(reviewer, "salem") == set()
    speakers.merge(speakers.find("أحمد السالم"), other, by=ADMINISTRATOR)
    assert rows(reviewer, "salem AHMAD") == {three["article"]}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("!!! —", "“!!! —” holds no word to search for."),
        ("x" * 301, "What is searched for is longer than 300 letters: a few words are enough."),
    ],
)
def test_what_cannot_be_searched_for_is_said_and_nothing_is_shown(reviewer: Client, three, query, sentence) -> None:
    assert said_to(reviewer, query) == [sentence]
    assert rows(reviewer, query) == set()


@pytest.mark.parametrize("query", ['"harbour quarter', "«harbour quarter", 'storm -"harbour quarter'])
def test_a_phrase_without_an_end_is_named(reviewer: Client, three, query) -> None:
    assert said_to(reviewer, query) == ["A quotation mark is not closed: its words were searched for one by one."]


@pytest.mark.parametrize("query", ["storm", '"harbour quarter"', "«harbour quarter»", 'a 5" plank', "baker's"])
def test_what_can_be_read_is_not_talked_about(reviewer: Client, three, query) -> None:
    assert said_to(reviewer, query) == []


def test_no_search_goes_through_the_letters_of_all_claims(reviewer: Client, three) -> None:
    for address in (QUEUE, WORK_LIST):
        with CaptureQueriesContext(connection) as asked:
            reviewer.get(address, {"q": "harbour"})
        assert not [one["sql"] for one in asked if "LIKE" in one["sql"] or "UPPER(" in one["sql"]]


def test_names_are_found_by_their_index(three) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = SpeakerName.objects.annotate(words=SPELLED).filter(words__contains=["السالم"]).explain()
    assert "spelling_words" in plan


def test_a_claim_of_nobody_named_is_found_by_its_words_alone(reviewer: Client, said, three) -> None:
    assert Claim.objects.filter(pk__in=rows(reviewer, "baker")).count() == 1
    recording.record(said, by=ADMINISTRATOR)  # not read by the consumer yet: found by who said it
    assert len(rows(reviewer, "السالم")) == 2


def test_the_box_says_how_it_is_asked(reviewer: Client) -> None:
    assert "-word: without this word" in reviewer.get(QUEUE).content.decode()
