"""The nearest claims are all told, the strong matches apart from the weak; who posted a text and when puts them in order."""

import json

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from claims import similarity
from claims.handlers import CONSUMERS
from claims.ledger import subscriptions
from claims.models import Claim, Near
from claims.similarity import nearest
from claims.workflow import review
from tests import make

FERRY = "The ferry company will carry 40,000 passengers to Gozo in 2031."
FAR = "A comet was seen above the passengers of a steamer by two shepherds who say it looked green and burned for an hour"


def take_in() -> None:
    subscriptions.deliver(CONSUMERS["matching"])


@pytest.fixture
def asks(db):
    client = APIClient()
    client.force_authenticate(make.user("reporter"))
    return lambda address="", **body: client.post(f"/api/v1/match/{address}", body, format="json")


def test_a_weak_match_is_told_as_one(asks):
    claim = make.recorded(statement=FERRY)
    take_in()
    (weak,) = asks(text=FAR).json()["results"]
    assert (weak["claim"], weak["strength"]) == (str(claim), "weak")
    assert 0 < weak["shared"] < 0.25
    (strong,) = asks(text=FERRY).json()["results"]
    assert (strong["strength"], strong["shared"]) == ("strong", 1)


@pytest.mark.parametrize(
    "how", [{"address": "?strength=strong"}, {"strength": "strong"}, {"address": "?strength=strong", "strength": "strong"}]
)
def test_only_strong_matches_are_given_where_they_are_asked_for(asks, how):
    make.recorded(statement=FERRY)
    take_in()
    assert asks(text=FAR, **how).json() == {"results": []}
    assert len(asks(text=FERRY, **how).json()["results"]) == 1


def test_only_weak_matches_are_given_where_they_are_asked_for(asks):
    make.recorded(statement=FERRY)
    take_in()
    assert len(asks(text=FAR, strength="weak").json()["results"]) == 1
    assert asks(text=FERRY, strength="weak").json() == {"results": []}


@pytest.mark.parametrize(
    ("address", "body", "field"),
    [
        ("?strength=firm", {}, "strength"),
        ("", {"strength": "firm"}, "strength"),
        ("?strength=strong", {"strength": "weak"}, "strength"),
        ("?strenght=strong", {}, "strenght"),
        ("", {"date": "yesterday"}, "date"),
        ("", {"author": "a" * 201}, "author"),
    ],
)
def test_what_cannot_be_asked_is_named(asks, address, body, field):
    answer = asks(address, text=FERRY, **body)
    assert answer.status_code == 400
    assert field in answer.json()["errors"]


def test_a_text_without_a_word_of_any_claim_finds_none(asks):
    make.recorded(statement="In May 2021 Dana Haddad said that ferries are free")
    take_in()
    for text in ("Zwei Kometen", "!!! …", "— Dana Haddad (@dana) May 3, 2021", "Zwei Kometen — Dana Haddad (@dana) May 3, 2021"):
        assert asks(text=text).json() == {"results": []}, text


def test_who_posted_it_and_when_put_the_claims_in_order(asks):
    told = {}
    for who, when in (("Dana Haddad", "May 2021"), ("Omar Saleh", "May 2021"), ("Dana Haddad", "June 2019")):
        told[who, when] = str(make.recorded(statement=f"In {when} {who} posted that the island ferries will be free of charge"))
    for n in range(6):
        make.recorded(statement=f"The {n}th bus to the harbour is crowded at noon")
    take_in()
    text = "Island ferries will be free of charge!"

    def first(*, text: str, **body: str) -> str:
        return asks(text=text, **body).json()["results"][0]["claim"]

    assert first(text=f"{text} — Omar Saleh (@omar) May 9, 2021") == told["Omar Saleh", "May 2021"]
    assert first(text=text, author="Omar Saleh (@omar)") == told["Omar Saleh", "May 2021"]
    assert first(text=f"{text} — Dana Haddad (@dana) June 1, 2019") == told["Dana Haddad", "June 2019"]
    assert first(text=text, author="Dana Haddad", date="2019-06-01") == told["Dana Haddad", "June 2019"]
    assert first(text=f"{text} — Dana Haddad (@dana) June 1, 2019", date="2021-05") == told["Dana Haddad", "May 2021"]


def test_the_name_of_a_month_is_found_in_either_arabic_naming(asks):
    told = {}
    for when in ("أيار 2021", "مايو 2019", "حزيران 2021"):
        told[when] = str(make.recorded(statement=f"نشرت دانا حداد في {when} أن عبّارات الجزيرة ستكون مجانية"))
    take_in()
    for date, claim in (("2021-05-03", "أيار 2021"), ("2019-05", "مايو 2019"), ("2021-06", "حزيران 2021")):
        found = asks(text="عبّارات الجزيرة ستكون مجانية", author="دانا حداد", date=date).json()["results"]
        assert found[0]["claim"] == told[claim], date


def test_a_signature_is_neither_shared_nor_compared(asks):
    make.recorded(statement="Island ferries will be free in 2030, says Dana Haddad in May 2021")
    take_in()
    text = "Island ferries free in 2030"
    (plain,) = asks(text=text).json()["results"]
    (signed,) = asks(text=f"{text} — Dana Haddad (@dana) May 3, 2021").json()["results"]
    assert (signed["shared"], signed["why"]) == (plain["shared"], plain["why"])


def test_a_weak_match_is_no_neighbour_and_not_on_the_panel(db):
    claim, other = make.recorded(statement=FERRY), make.recorded(statement=FAR)
    review.accept(claim, by=make.REVIEWER)
    review.accept(other, by=make.REVIEWER)
    take_in()
    assert [match.strength for match in similarity.similar(FAR)] == ["strong", "weak"]
    nearest.renew(other)
    assert not Near.objects.exists()
    assert similarity.like(Claim.objects.get(pk=other)) == []


def test_a_claim_like_one_is_a_strong_match(db, asks):
    one = make.recorded(statement=FERRY)
    make.recorded(statement=FERRY.replace("company", "line"))
    take_in()
    client = APIClient()
    client.force_authenticate(make.user("reporter"))
    (like,) = client.get(f"/api/v1/claims/{one}/similar/").json()["results"]
    assert like["strength"] == "strong"


def test_the_command_tells_the_strength(db, capsys):
    make.recorded(statement=FERRY)
    take_in()
    call_command("match", FAR)
    assert "  weak  " in capsys.readouterr().out
    call_command("match", FAR, "--strength", "strong")
    assert "No claim" in capsys.readouterr().out
    call_command("match", FERRY, "--author", "Dana", "--date", "2021-05", "--json")
    assert json.loads(capsys.readouterr().out)[0]["strength"] == "strong"
    with pytest.raises(CommandError, match="EDTF"):
        call_command("match", FERRY, "--date", "May")
