"""Claims are searched for words, in whatever form these stand, in Arabic as in English."""

from uuid import UUID

import pytest
from rest_framework.test import APIClient

from claims import similarity
from claims.handlers import CONSUMERS
from claims.ledger import subscriptions
from claims.models import Claim
from claims.similarity import searching
from claims.workflow import recording, review
from tests import make

BRIDGE = "ستُفتتح الجسور الثلاثة فوق نهر الليطاني قبل نهاية العام"
BAKERY = "Bakeries in the harbour quarter sold 2,000 loaves on the day of the storm"
BAKER = "A baker of the quarter said that the storm spared the harbour"


@pytest.fixture
def three(db) -> dict[str, UUID]:
    claims = {said: make.recorded(statement=said) for said in (BRIDGE, BAKERY, BAKER)}
    subscriptions.deliver(CONSUMERS["matching"])
    return claims


@pytest.fixture
def list_of(three):
    client = APIClient()
    client.force_authenticate(make.user("reporter"))
    return lambda **asked: client.get("/api/v1/claims/", asked)


@pytest.mark.parametrize(
    ("query", "statements"),
    [
        ("bakery", [BAKERY]),
        ("storms HARBOUR", [BAKERY, BAKER]),
        ("جسر الليطاني", []),  # a broken plural is another word
        ("الجسور", [BRIDGE]),
        ("والجسور", [BRIDGE]),
        ("جسور ليطاني", [BRIDGE]),
        ("نهاية عام", [BRIDGE]),
        ("ستفتتح", [BRIDGE]),
        ('"harbour quarter"', [BAKERY]),
        ("«نهر الليطاني»", [BRIDGE]),
        ('"quarter harbour"', []),
        ("storm -loaves", [BAKER]),
        ('storm -"bread loaves"', [BAKER]),
        ("-storm", [BRIDGE]),
        ("2,000", [BAKERY]),
        ("٢٬٠٠٠ storm", [BAKERY]),
        ("comet", []),
        ("storm comet", []),
        ("storm -comet", [BAKERY, BAKER]),
        ("!!! —", [BRIDGE, BAKERY, BAKER]),
    ],
)
@pytest.mark.parametrize("few", [searching.FEW, 0], ids=["few", "many"])
def test_words_are_found_in_any_form(three, monkeypatch, query, statements, few):
    monkeypatch.setattr(searching, "FEW", few)
    found = set(searching.found(Claim.objects.all(), query).values_list("pk", flat=True))
    assert found == {three[said] for said in statements}


def test_a_closed_claim_is_still_found_by_its_words(three):
    review.reject(three[BAKER], reason="dull", by=make.REVIEWER)
    subscriptions.deliver(CONSUMERS["matching"])
    assert searching.found(Claim.objects.all(), "baker").get().pk == three[BAKER]
    assert not searching.found(Claim.objects.standing(), "spared").exists()


def test_a_claim_is_found_by_the_words_it_has_now(three):
    recording.revise(three[BAKER], {"statement": "The miller slept"}, reason="misheard", by=make.REPORTER)
    subscriptions.deliver(CONSUMERS["matching"])
    assert not searching.found(Claim.objects.all(), "spared").exists()
    assert searching.found(Claim.objects.all(), "millers sleep miller").count() == 0
    assert searching.found(Claim.objects.all(), "millers").get().pk == three[BAKER]


def test_the_list_is_narrowed_by_words_and_by_other_filters(list_of, three):
    def found(**asked):
        return [row["id"] for row in list_of(**asked).json()["results"]]

    assert found(q="storm") == [str(three[BAKER]), str(three[BAKERY])]  # the newest first
    assert found(q="storm", ordering="recorded") == [str(three[BAKERY]), str(three[BAKER])]
    assert found(q="storm", status="published") == []


def test_the_best_come_first_and_pages_follow_each_other(list_of, three):
    first = list_of(q="harbour quarter storm", ordering="relevance", page_size=1).json()
    assert [row["id"] for row in first["results"]] == [str(three[BAKER])]  # the shorter
    second = APIClient()
    second.force_authenticate(make.user("reviewer"))
    answer = second.get(first["next"]).json()
    assert [row["id"] for row in answer["results"]] == [str(three[BAKERY])]
    assert answer["next"] is None
    assert second.get(answer["previous"]).json()["results"] == first["results"]


def test_relevance_without_words_is_refused(list_of):
    answer = list_of(ordering="relevance")
    assert answer.status_code == 400
    assert "ordering" in answer.json()["errors"]


def test_a_claim_is_found_by_the_words_of_its_source(list_of):
    claim = make.recorded(statement="The ferry will be free", source="Harbour News, page 4")
    other = make.recorded(statement="قيل إن العبّارة مجانية", source="وكالة الأنباء الوطنية")
    subscriptions.deliver(CONSUMERS["matching"])
    assert [row["id"] for row in list_of(q='"harbour news" ferry').json()["results"]] == [str(claim)]
    assert [row["id"] for row in list_of(q="وكاله الانباء").json()["results"]] == [str(other)]


def test_the_words_of_a_source_make_nothing_nearly_the_same(db):
    make.recorded(statement="The ferry will be free", source="Gazette Quarterly Digest")
    subscriptions.deliver(CONSUMERS["matching"])
    assert similarity.similar("Gazette Quarterly Digest") == []
