"""Words of a text are chosen: they become a quote, a speaker, a claim; each a correction with its event."""

import pytest

from claims import ledger
from claims.domain import events
from claims.domain.choices import Kind
from claims.intake import annotation, reading
from claims.models import Claim
from claims.workflow import recording
from sources import roles
from sources.capturing.capture import capture
from sources.models import Speaker
from tests import make

pytestmark = pytest.mark.django_db

TEXT = (
    "🙂 قال وزير التجارة سالم الحربي إن حجم التبادل التجاري سيبلغ 200 مليار دولار في عام 2023 مقابل 150 مليار يورو.\n"
    "وأعلنت مديرة الميناء ليلى العمري أن العمل بدأ، وأن 300 عامل عادوا.\n"
)


@pytest.fixture
def snapshot():
    return capture(TEXT, by=make.REPORTER, outlet="جريدة الميناء", published="2022-12-31").snapshot


def place(words, text=TEXT):
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


@pytest.fixture
def claim(snapshot):
    """As the reader would propose it."""
    words = "حجم التبادل التجاري سيبلغ 200 مليار دولار"
    reading.read_snapshot(snapshot)
    found = Claim.objects.get(start__lte=TEXT.index(words), end__gte=TEXT.index(words) + 10)
    return found.pk


def test_a_quote_is_moved_and_its_statement_and_figures_go_along(claim):
    annotation.quote(claim, **place("حجم التبادل التجاري"), by=make.REPORTER)
    words = "حجم التبادل التجاري سيبلغ 200 مليار دولار في عام 2023 مقابل 150 مليار يورو"
    done = annotation.quote(claim, **place(words), words=words, by=make.REPORTER)
    said = make.state(done).said
    assert said.quote == said.statement == words == TEXT[said.start : said.end]
    assert [f.unit for f in said.quantities] == ["USD", "EUR"]
    assert all(TEXT[f.start : f.end] == f.text for f in said.quantities)
    last = ledger.happenings([claim])[claim][-1]
    assert isinstance(last.event, events.ClaimRevised)
    assert last.actor == make.REPORTER.name
    assert last.event.reason


def test_a_quote_that_is_marked_where_it_stands_makes_no_event(claim):
    version = ledger.state_of(claim).version
    said = ledger.state_of(claim).said
    done = annotation.quote(claim, start=said.start, end=said.end, words=said.quote, by=make.REPORTER)
    assert done.version == version


def test_figures_outside_the_new_quote_are_left_behind(claim):
    said = make.state(annotation.quote(claim, **place("حجم التبادل التجاري"), by=make.REPORTER)).said
    assert said.quantities == ()


def test_a_statement_that_somebody_reworded_stays(claim):
    recording.revise(claim, {"statement": "صياغة المكتب"}, reason="أوضح", by=make.REPORTER)
    said = make.state(annotation.quote(claim, **place("حجم التبادل التجاري"), by=make.REPORTER)).said
    assert said.statement == "صياغة المكتب"


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (0, 10_000), (1, 2)], ids=["nothing", "backwards", "too far", "blank"])
def test_a_place_without_words_is_refused(claim, start, end):
    with pytest.raises(annotation.Unmarkable):
        annotation.quote(claim, start=start, end=end, by=make.REPORTER)
    assert Claim.objects.get(pk=claim).version == 1


def test_other_words_than_were_chosen_are_refused(claim):
    at = place("حجم التبادل")
    with pytest.raises(annotation.Unmarkable, match="Other words"):
        annotation.quote(claim, start=at["start"] + 1, end=at["end"] + 1, words="حجم التبادل", by=make.REPORTER)


def test_who_saw_an_older_version_is_told_so(claim):
    annotation.quote(claim, **place("حجم التبادل"), by=make.REPORTER, after=1)
    with pytest.raises(ledger.StaleVersion):
        annotation.quote(claim, **place("حجم"), by=make.REPORTER, after=1)


def test_the_same_click_twice_is_one_correction(claim):
    for _ in range(2):
        annotation.quote(claim, **place("حجم التبادل التجاري سيبلغ 200 مليار"), by=make.REPORTER, key="k", after=1)
    assert Claim.objects.get(pk=claim).version == 2
    for _ in range(2):
        annotation.speaker(claim, **place("ليلى العمري"), by=make.REPORTER, key="s", after=2)
    assert Claim.objects.get(pk=claim).version == 3


def test_a_name_in_the_text_becomes_the_speaker_and_the_origin(claim):
    done = annotation.speaker(claim, **place("ليلى العمري"), words="ليلى العمري", by=make.REPORTER)
    said = make.state(done).said
    assert (said.speaker.name, said.speaker.type) == ("ليلى العمري", "person")
    assert TEXT[said.speaker.mention_start : said.speaker.mention_end] == "ليلى العمري"
    assert said.attributions[-1].agent == said.speaker.name
    assert Speaker.objects.filter(pk=said.speaker.id).exists()


def test_a_name_that_another_claim_has_read_is_that_speaker(claim, snapshot):
    other = next(c for c in Claim.objects.exclude(pk=claim) if "العمري" in c.speaker_name)
    said = make.state(annotation.speaker(claim, like=other.pk, by=make.REPORTER)).said
    assert (said.speaker.id, said.speaker.title) == (str(other.speaker_id), other.speaker_title)
    speakers = Speaker.objects.count()
    mention = make.state(annotation.speaker(claim, like=other.pk, by=make.REPORTER)).said.speaker
    by_place = annotation.speaker(claim, start=mention.mention_start, end=mention.mention_end, by=make.REPORTER)
    assert make.state(by_place).said.speaker == mention
    assert Speaker.objects.count() == speakers


def test_a_refused_speaker_leaves_nobody_behind(claim):
    before = Speaker.objects.count()
    with pytest.raises(ledger.StaleVersion):
        annotation.speaker(claim, **place("العمل بدأ"), by=make.REPORTER, after=7)
    with pytest.raises(roles.NotAllowed):
        annotation.speaker(claim, **place("العمل بدأ"), by=make.STRANGER)
    assert Speaker.objects.count() == before


def test_words_without_a_letter_are_no_name(claim):
    with pytest.raises(annotation.Unmarkable, match="no name"):
        annotation.speaker(claim, **place("،"), by=make.REPORTER)


def test_a_claim_is_proposed_from_chosen_words(snapshot):
    words = "حجم التبادل التجاري سيبلغ 200 مليار دولار في عام 2023"
    said = make.state(annotation.propose(snapshot, **place(words), words=words, by=make.REPORTER)).said
    assert (said.quote, said.reader, said.source) == (words, "", "جريدة الميناء")
    assert "الحربي" in said.speaker.name  # as the reader sees it there
    assert said.kind is Kind.PREDICTION
    assert [f.unit for f in said.quantities] == ["USD"]


def test_words_that_the_reader_sees_no_claim_in_are_the_articles_own(snapshot):
    said = make.state(annotation.propose(snapshot, **place("مقابل 150"), by=make.REPORTER)).said
    assert said.speaker.type == "narrator"
    assert said.snapshot_digest == snapshot.digest
