"""Claims that say nearly the same are found, whatever has happened to them, and told apart by what they say."""

import random
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from claims import erasure, similarity
from claims.domain import stems as words
from claims.handlers import CONSUMERS
from claims.ledger import subscriptions
from claims.models import Claim
from claims.similarity import index, ranking
from claims.similarity.quoted_posts import unsigned
from claims.workflow import linking, publishing, recording, review
from tests import make

FLEET = "قال وزير النقل إن أسطول الشاحنات في مرفأ صور سيبلغ 200 شاحنة في عام 2031"
FERRY = "The ferry company will carry 40,000 passengers to Gozo in 2031."


def take_in() -> None:
    subscriptions.deliver(CONSUMERS["matching"])


def kept() -> tuple[dict[str, int], dict[UUID, tuple]]:
    """What the index holds, whatever numbers its rows have."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, word, claims FROM claims_match_term")
        terms = cursor.fetchall()
        names = {id: word for id, word, _ in terms}
        cursor.execute("SELECT id, claim, plain, terms, standing FROM claims_match_text")
        texts = {claim: (id, plain, [names[t] for t in terms], stands) for id, claim, plain, terms, stands in cursor.fetchall()}
        cursor.execute("SELECT text, term, weight FROM claims_match_posting")
        postings: dict[int, list] = {}
        for text, term, weight in cursor.fetchall():
            postings.setdefault(text, []).append((names[term], weight))
    assert set(postings) == {id for id, _, stems, stands in texts.values() if stands and stems}
    assert all(stems == words.terms(plain) for _, plain, stems, _ in texts.values())
    held = {claim: (plain, stands, sorted(postings.get(id, []))) for claim, (id, plain, _, stands) in texts.items()}
    return {word: n for _, word, n in terms}, held


def found(text: str) -> list[UUID]:
    return [match.claim.pk for match in similarity.similar(text, strength=similarity.Strength.STRONG)]


@pytest.mark.parametrize(
    "other",
    [
        "قال وزير النقل ان اسطول الشاحنات في مرفا صور سيبلغ ٢٠٠ شاحنة في عام ٢٠٣١",
        "قَالَ وزيرُ النّقلِ إنّ أُسطولَ الشاحنات في مرفأ صُور سيبلغ 200 شاحنة",
        "أسطول شاحنات مرفأ صور سيبلغ مئتي شاحنة، بحسب وزير النقل",
        "#مرفأ_صور: أسطول الشاحنات سيبلغ 200 شاحنة https://example.org/a",
    ],
)
def test_a_claim_is_found_however_it_is_spelt(db, other):
    claim = make.recorded(statement=FLEET)
    for place in ("البصرة", "طنجة", "عدن"):
        make.recorded(statement=f"قالت الشركة إن محطة الكهرباء في {place} ستعمل قبل الصيف")
    take_in()
    assert found(other)[0] == claim


def test_what_has_nothing_to_do_with_it_is_not_near(db):
    make.recorded(statement=FERRY)
    take_in()
    assert found("A comet was seen over the mountains by two shepherds") == []
    assert found("!!! …") == []
    assert found("") == []


def test_an_empty_index_answers(db):
    assert found(FERRY) == []


def test_the_draft_itself_is_left_out_when_it_asks(db):
    one, two = make.recorded(statement=FERRY), make.recorded(statement=FERRY.replace("company", "line"))
    take_in()
    assert [match.claim.pk for match in similarity.similar(FERRY, but=one)] == [two]


def test_a_claim_is_found_as_long_as_it_stands(db):
    claim, other = make.recorded(statement=FERRY), make.recorded(statement=FLEET)
    take_in()
    recording.revise(claim, {"statement": "Buses to the airport will run all night."}, reason="clearer", by=make.REPORTER)
    take_in()
    assert found(FERRY) == []
    assert found("Will buses run to the airport at night?") == [claim]
    review.reject(claim, reason="dull", by=make.REVIEWER)
    take_in()
    assert found("Will buses run to the airport at night?") == []
    review.reopen(claim, reason="not so dull", by=make.EDITOR)
    take_in()
    assert found("Will buses run to the airport at night?") == [claim]
    linking.merge(claim, into=other, by=make.EDITOR)
    take_in()
    assert found("Will buses run to the airport at night?") == []


def test_a_withdrawn_claim_is_no_longer_found(db):
    claim = make.published(statement=FERRY)
    take_in()
    assert found(FERRY) == [claim]
    publishing.withdraw(claim, reason="a mistake", by=make.EDITOR)
    take_in()
    assert found(FERRY) == []
    (text,) = kept()[1].values()
    assert text[1:] == (False, [])  # searched, but not near anything


def test_erased_words_are_gone_from_the_index_at_once(db):
    make.recorded(statement="The witness Zubaydah Qasimi saw the ferry burn")
    make.recorded(statement=FERRY)
    take_in()
    erasure.erase(["Zubaydah Qasimi"], reason="a witness is protected", by=make.EDITOR)
    terms, texts = kept()
    assert not [word for word in terms if word.startswith(("zubay", "qasim"))]
    assert not [plain for plain, *_ in texts.values() if "qasimi" in plain]
    assert len(texts) == 2


STATEMENTS = st.lists(
    st.sampled_from(
        [
            *["سفينة", "مرفأ", "نفط", "برد", "قطار", "وزير", "الوزير", "قمح"],
            *["ship", "ships", "port", "40", "million", "percent", "oil", "not"],
        ]
    ),
    max_size=7,
).map(" ".join)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.integers(0, 5), STATEMENTS, st.sampled_from(["revise", "reject", "reopen", "take", "record"])), max_size=15)
)
def test_what_the_feed_has_made_is_what_a_rebuild_makes(db, steps):
    claims = [make.recorded(statement=f"The port {n} of oil") for n in range(2)]
    for which, statement, step in steps:
        claim = Claim.objects.get(pk=claims[which % len(claims)])
        if step == "take":
            take_in()
        elif step == "record" and statement:
            claims.append(make.recorded(statement=statement))
        elif step == "revise" and statement and statement != claim.statement and claim.status == "proposed":
            recording.revise(claim.pk, {"statement": statement}, reason="so", by=make.REPORTER)
        elif step == "reject" and claim.status == "proposed":
            review.reject(claim.pk, reason="so", by=make.REVIEWER)
        elif step == "reopen" and claim.status == "rejected":
            review.reopen(claim.pk, reason="so", by=make.EDITOR)
    take_in()
    by_feed = kept()
    index.rebuild()
    assert kept() == by_feed


# ── why


def why(text: str, statement: str):
    make.recorded(statement=statement)
    take_in()
    (match,) = similarity.similar(text)
    return match.why


def test_figures_that_differ_are_set_against_each_other(db):
    told = why(FERRY.replace("40,000", "50,000"), FERRY)
    assert told.figures == "differ"
    (difference,) = told.differences
    assert (difference.by, difference.part) == (-10_000, -0.2)
    assert told.polarity == "same"
    assert told.wording > 0.9


def test_the_same_figure_in_words_and_in_digits_is_the_same(db):
    assert why("سيبلغ أسطول الشاحنات في مرفأ صور مئتي شاحنة", "سيبلغ أسطول الشاحنات في مرفأ صور ٢٠٠ شاحنة").figures == "same"


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("The ferry company will not carry passengers to Gozo.", "The ferry company will carry passengers to Gozo."),
        ("لن تنقل شركة العبّارات الركاب إلى الجزيرة", "ستنقل شركة العبّارات الركاب إلى الجزيرة"),
    ],
)
def test_a_denial_reads_alike_and_says_the_opposite(db, text, statement):
    told = why(text, statement)
    assert told.polarity == "opposite"
    assert told.wording > 0.8


def test_time_and_names_are_compared_apart(db):
    told = why(FERRY.replace("2031", "2029"), FERRY)
    assert (told.time, told.names) == ("differ", "same")
    assert why("Trains to Lisbon stop in May 2030", "Trains to Porto stop in 2030").time == "overlap"


# ── REST


@pytest.fixture
def asks(db):
    client = APIClient()
    client.force_authenticate(make.user("reporter"))
    return lambda **body: client.post("/api/v1/match/", body, format="json")


def test_near_claims_are_told_with_why(asks):
    claim = make.recorded(statement=FERRY)
    take_in()
    answer = asks(text=FERRY.replace("40,000", "60,000"))
    assert answer.status_code == 200
    (one,) = answer.json()["results"]
    assert one["claim"] == str(claim)
    assert one["why"]["differences"] == [
        {"text": "60,000 passengers", "claim": "40,000 passengers", "unit": "passengers", "by": "-20000", "part": -0.3333}
    ]
    assert asks(text="Something else altogether").json() == {"results": []}


@pytest.mark.parametrize(("body", "field"), [({}, "text"), ({"text": " "}, "text"), ({"text": "a" * 10_001}, "text"),
    ({"text": "a", "limit": 0}, "limit"), ({"text": "a", "limit": 51}, "limit"), ({"text": "a", "lmit": 5}, "lmit")])  # fmt: skip
def test_what_cannot_be_asked_is_named(asks, body, field):
    answer = asks(**body)
    assert answer.status_code == 400
    assert field in answer.json()["errors"]


def test_strangers_are_refused(db, client, settings):
    settings.PUBLIC_READ = True
    assert client.post("/api/v1/match/", {"text": FERRY}, content_type="application/json").status_code in (401, 403)


# ── cost


def test_only_the_rows_of_rare_words_are_read(db, monkeypatch):
    monkeypatch.setattr(ranking, "READ", 50)
    luck = random.Random(3)
    places = ["".join(luck.choices("abcdefghijklmnop", k=8)) for _ in range(300)]
    index.put({UUID(int=n): index.IndexEntry(f"The minister opened the port of {place} on a rainy day") for n, place in enumerate(places)})
    asked = ranking._asked(words.plain(f"the port of {places[7]} was opened by the minister"))
    assert asked.total == 300
    assert [term.claims for term in ranking._chosen(asked.known)] == [1]
    assert ranking.ranked(unsigned(f"the port of {places[7]} was opened by the minister"))[0].claim == UUID(int=7)
    assert ranking.ranked(unsigned("the minister opened the port"))[0].shared == 1


def test_the_command_finds_and_rebuilds(db, capsys):
    claim = make.recorded(statement=FERRY)
    call_command("match", FERRY)
    assert "No claim" in capsys.readouterr().out
    call_command("match", FERRY.replace("40,000", "41,000"), "--rebuild")
    told = capsys.readouterr().out
    assert "1 claim is indexed." in told
    assert str(claim) in told
    assert "-1000 passengers" in told
