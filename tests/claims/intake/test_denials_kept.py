"""A denial from its article to the desk: kept, marked, corrected, searched, and told from who affirms the same."""

import pytest
from rest_framework.test import APIClient

from claims import ledger, similarity
from claims.domain.choices import Polarity
from claims.domain.events import ClaimRecorded
from claims.domain.values import SpeakerAsRead
from claims.figures.claim_figures import figures
from claims.handlers import CONSUMERS
from claims.intake import annotation, reading
from claims.ledger import subscriptions
from claims.models import Claim, Position
from claims.similarity import index, searching
from claims.workflow import recording, review
from sources.capturing.capture import capture
from sources.roles import Role
from tests import make
from tests.claims.admin.desk import colleague, page, press
from tests.claims.similarity.test_matching import kept

pytestmark = pytest.mark.django_db
ARMS = "بكين قد زودت المتمردين بطائرات مسيرة في مارس"
TEXT = (
    "ونفى المتحدث باسم الخارجية وانغ وين أن تكون بكين قد زودت المتمردين بطائرات مسيرة في مارس.\n"
    "وقالت الباحثة ليلى العمري إن بكين زودت المتمردين بطائرات مسيرة في مارس.\n"
    "The ministry denied that the Harbour Bridge was closed to lorries in May.\n"
)
AFFIRMED = "The Harbour Bridge was closed to lorries in May."


@pytest.fixture
def snapshot():
    return capture(TEXT, by=make.REPORTER, outlet="جريدة الميناء", published="2026-05-30").snapshot


@pytest.fixture
def denied(snapshot):
    """What the reader proposes of the Arabic denial."""
    reading.read_snapshot(snapshot)
    return Claim.objects.get(denial=True, statement__startswith="نفى")


def place(words):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def take_in():
    subscriptions.deliver(CONSUMERS["matching"])


def near(text):
    return {match.claim.pk: match.why.polarity for match in similarity.similar(text)}


def client(role=Role.REPORTER):
    api = APIClient()
    api.force_authenticate(make.user(role))
    return api


def test_a_denial_is_proposed_as_one(denied):
    assert denied.statement == "نفى وانغ وين أن تكون " + ARMS
    assert (denied.quote, denied.polarity) == ("تكون " + ARMS, Polarity.AFFIRMED)
    assert TEXT[denied.start : denied.end] == denied.quote


def test_the_api_tells_it_and_takes_it(denied):
    api = client()
    shown = api.get(f"/api/v1/claims/{denied.pk}/").json()
    assert (shown["denial"], shown["polarity"], shown["statement"]) == (True, "affirmed", denied.statement)
    said = {"statement": "Hart denied that the mine leaked", "denial": True, "kind": "event", "source": "radio"}
    posted = api.post("/api/v1/claims/", said | {"speaker_type": "person", "speaker_name": "Hart"})
    assert posted.json()["denial"] is True
    said_plainly = {"denial": False, "statement": "The mine leaked", "reason": "misheard"}
    changed = api.patch(f"/api/v1/claims/{posted.json()['id']}/", said_plainly, HTTP_IF_MATCH='"1"')
    assert (changed.json()["denial"], changed.json()["version"]) == (False, 2)
    assert api.get("/api/v1/claims/").json()["results"][0]["denial"] is False


def test_claims_recorded_before_there_were_denials_are_none():
    old = make.said(statement="the mine leaked", polarity=Polarity.NEGATED)
    assert ClaimRecorded(**{name: getattr(old, name) for name in ("statement", "kind", "speaker")}).denial is False


# ── marking


def test_another_quote_of_a_denial_is_denied_too(denied):
    said = make.state(annotation.quote(denied.pk, **place("تكون بكين قد زودت المتمردين"), by=make.REPORTER)).said
    assert (said.quote, said.statement) == ("تكون بكين قد زودت المتمردين", "نفى وانغ وين أن تكون بكين قد زودت المتمردين")
    assert said.denial


def test_a_denial_that_somebody_reworded_keeps_its_words(denied):
    recording.revise(denied.pk, {"statement": "الخارجية تنفي تسليح المتمردين"}, reason="أوضح", by=make.REPORTER)
    annotation.speaker(denied.pk, **place("ليلى العمري"), by=make.REPORTER)
    said = make.state(annotation.quote(denied.pk, **place("بكين قد زودت المتمردين"), by=make.REPORTER)).said
    assert said.statement == "الخارجية تنفي تسليح المتمردين"


def test_who_denies_it_changes_with_the_speaker(denied):
    said = make.state(annotation.speaker(denied.pk, **place("المتحدث باسم الخارجية"), by=make.REPORTER)).said
    assert said.statement == "نفى المتحدث باسم الخارجية أن تكون " + ARMS


def test_words_chosen_from_a_denial_are_proposed_as_denied(snapshot):
    words = "تكون بكين قد زودت المتمردين بطائرات مسيرة"
    said = make.state(annotation.propose(snapshot, **place(words), by=make.REPORTER)).said
    assert (said.denial, said.statement) == (True, f"نفى وانغ وين أن {words}")


def test_the_article_that_an_english_name_has_is_kept(snapshot):
    reading.read_snapshot(snapshot)
    claim = Claim.objects.get(denial=True, statement__startswith="The ministry denied")
    said = make.state(annotation.quote(claim.pk, **place("the Harbour Bridge was closed to lorries"), by=make.REPORTER)).said
    assert said.statement == "The ministry denied that the Harbour Bridge was closed to lorries"


# ── likeness and search


def test_a_denial_and_who_affirms_the_same_are_near_and_told_apart(snapshot, denied):
    affirmed = Claim.objects.get(speaker_name__contains="العمري")
    bridge = make.recorded(statement=AFFIRMED, quote=None)
    denied_bridge = Claim.objects.get(statement__startswith="The ministry denied")
    take_in()
    assert {m.claim.pk: m.why.polarity for m in similarity.like(denied)}[affirmed.pk] == "opposite"
    assert {m.claim.pk: m.why.polarity for m in similarity.like(affirmed)}[denied.pk] == "opposite"
    assert near(AFFIRMED)[bridge] == "same"
    assert near(AFFIRMED)[denied_bridge.pk] == "opposite"
    assert near("The ministry denied that the Harbour Bridge was closed to lorries in May.")[denied_bridge.pk] == "same"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"denial": True, "statement": "Hart denied that the Harbour Bridge was closed to lorries in May"}, "opposite"),
        ({"denial": True, "statement": "It was denied that the Harbour Bridge was closed to lorries in May"}, "opposite"),
        ({"denial": True, "statement": "Hart denied that the Harbour Bridge was not closed to lorries in May"}, "same"),
        ({"polarity": Polarity.NEGATED, "statement": "The Harbour Bridge was not closed to lorries in May"}, "opposite"),
        ({"denial": True, "statement": "Hart calls it a lie: the Harbour Bridge closed to lorries in May"}, "opposite"),
    ],
)
def test_who_denies_a_not_affirms(fields, told):
    claim = make.recorded(**fields, speaker=SpeakerAsRead(type="person", name="Hart"))
    take_in()
    assert near(AFFIRMED)[claim] == told


def test_what_is_near_goes_by_the_proposition_alone(denied):
    reworded = make.recorded(statement="The desk calls this Zanzibar", quote="the Harbour Bridge was closed to lorries in May")
    take_in()
    _, held = kept()
    assert [word for word, _ in held[reworded][2]] == sorted(word for word, _ in held[reworded][2])
    assert not {"zanzibar", "desk"} & {word for word, _ in held[reworded][2]}
    assert not {"وانغ"} & {word for word, _ in held[denied.pk][2]}
    assert near("The desk calls this Zanzibar") == {}
    assert near(AFFIRMED)[reworded]


@pytest.mark.parametrize("words", ["Zanzibar desk", "harbour lorries", '"closed to lorries"'])
def test_all_that_is_shown_is_searched(words):
    reworded = make.recorded(statement="The desk calls this Zanzibar", quote="the Harbour Bridge was closed to lorries in May")
    take_in()
    assert list(searching.found(Claim.objects.all(), words)) == [Claim.objects.get(pk=reworded)]


def test_a_denial_is_searched_by_its_statement_and_no_word_of_it_is_kept_twice(denied):
    take_in()
    plain, *_ = kept()[1][denied.pk]
    source = denied.source or denied.document.outlet.name
    assert len(plain.split()) == len(f"{source} {denied.statement}".split())
    assert denied in searching.found(Claim.objects.all(), "نفى المتمردين")


def test_what_is_near_a_claim_of_the_desk_goes_by_the_proposition(denied):
    affirmed = Claim.objects.get(speaker_name__contains="العمري")
    review.accept(denied.pk, by=make.REVIEWER)
    take_in()
    assert [m.claim.pk for m in similarity.like(denied)][:1] == [affirmed.pk]


def test_the_index_is_the_same_however_it_was_made(denied):
    make.recorded(statement="نص من المكتب", quote=ARMS, denial=True)
    make.recorded(statement="Hart denied closing the bridge", denial=True, speaker=SpeakerAsRead(type="person", name="Hart"))
    take_in()
    by_feed = kept()
    index.rebuild()
    assert kept() == by_feed


def test_a_denial_is_known_again_as_of_then(denied):
    ledger.seal()
    moment = Position.objects.latest("position").sealed_at.isoformat()
    recording.revise(denied.pk, {"denial": False, "statement": ARMS}, reason="خطأ", by=make.REPORTER)
    shown = client().get(f"/api/v1/claims/{denied.pk}/", {"as_of": moment}).json()
    assert (shown["denial"], shown["statement"]) == (True, denied.statement)


# ── the desk


def test_the_desk_shows_it_and_takes_it_back(denied):
    desk = colleague("rula", Role.REPORTER)
    shown = desk.get(page(denied.pk)).content.decode()
    assert "the speaker denies it" in shown
    assert denied.statement in shown
    said = {name: getattr(denied, name) for name in ("kind", "speaker_type", "speaker_name", "criteria", "notes")}
    said |= {"statement": ARMS, "said_on": "2026-05-30", "tags": "", "reason": "misread"}
    assert press(desk, denied.pk, "revise", **said).status_code == 302
    denied.refresh_from_db()
    assert (denied.denial, denied.statement) == (False, ARMS)
    assert "the speaker denies it" not in desk.get(page(denied.pk)).content.decode()


def test_the_form_of_a_verdict_says_what_is_judged(denied):
    review.accept(denied.pk, by=make.REVIEWER)
    assert "It judges the statement as it reads" in colleague("rami", Role.REVIEWER).get(page(denied.pk)).content.decode()


def test_what_denies_has_no_figures_to_compare():
    assert figures(make.claim(denial=True, statement="Hart denied that 20 ships sank")) == []
