"""The timeline of a claim shows each correction from old to new, in the reader's language."""

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from claims import erasure
from claims.admin import field_values, sentences
from claims.domain import dates_in_words, events
from claims.domain.field_changes import SAID
from claims.intake import annotation
from claims.ledger import history
from claims.workflow import recording, review
from sources.admin.field_changes import FSI, PDI
from sources.capturing.capture import capture
from sources.models import Snapshot
from sources.text.edtf import ImpreciseDate
from tests import make
from tests.claims.admin.desk import ADMINISTRATOR, page

pytestmark = pytest.mark.django_db


def rows(claim: UUID, language: str = "en") -> list[tuple[str, str, str]]:
    """Label, old and new of the newest event's changes, without the isolates."""
    with translation.override(language):
        line = sentences.lines(history.timeline(claim))[-1]
        return [(str(row.label), _plain(row.before), _plain(row.after)) for row in line.changes]


def _plain(runs) -> str:
    return "".join(run.text for run in runs).replace(FSI, "").replace(PDI, "")


def revised(claim: UUID, **changes) -> UUID:
    recording.revise(claim, changes, reason="r", by=make.REVIEWER)
    return claim


FIGURE = {"text": "أكثر من 2000 جندي", "value": "2000", "unit": "جندي", "comparator": "more_than"}
TABLE = [
    ({"kind": "event"}, "en", ("kind", "prediction", "event")),
    ({"kind": "event"}, "ar", ("النوع", "توقع", "حدث")),
    ({"polarity": "negated"}, "en", ("polarity", "affirmed", "negated")),
    ({"superlative": True}, "en", ("superlative", "no", "yes")),
    ({"superlative": True}, "ar", ("صيغة تفضيل", "لا", "نعم")),
    ({"language": "ar"}, "en", ("language", "", "Arabic")),
    ({"language": "en-GB"}, "ar", ("اللغة", "", "الإنجليزية (المملكة المتحدة)")),
    ({"language": "qaa-private"}, "en", ("language", "", "qaa-private")),
    ({"due": {"edtf": "2023-21"}}, "en", ("due", "November 2022", "spring 2023")),
    ({"due": {"edtf": "2023-21"}}, "ar", ("موعد الاستحقاق", "نوفمبر 2022", "ربيع 2023")),
    ({"due": None}, "en", ("due", "November 2022", "")),
    ({"due": {"edtf": "2022-11", "text": "نوفمبر"}}, "en", ("due", "November 2022", "November 2022 «نوفمبر»")),
    ({"quantities": [FIGURE]}, "en", ("figures", "", "more than 2,000 جندي «أكثر من 2000 جندي»")),
    ({"quantities": [FIGURE]}, "ar", ("الأرقام", "", "أكثر من 2,000 جندي «أكثر من 2000 جندي»")),
    (
        {"speaker": {"type": "person", "name": "أحمد السالم", "title": "الوزير"}},
        "en",
        ("speaker", "وزير التجارة (person)", "أحمد السالم – الوزير (person)"),
    ),
    ({"speaker": {"type": "unnamed_group"}}, "en", ("speaker", "وزير التجارة (person)", "unnamed group")),
    (
        {"attributions": [{"agent": "رويترز", "role": "agency", "mode": "direct"}, {"agent": "الوزير", "role": "speaker"}]},
        "en",
        ("attribution", "", "رويترز (agency, quoted), الوزير (speaker, the article's own voice)"),
    ),
    ({"tags": ["تجارة", "trade"]}, "en", ("tags", "", "تجارة, trade")),
    ({"check_worthiness": "0.75"}, "en", ("check-worthiness", "", "0.75")),
    ({"why": ["figure"]}, "en", ("why it was proposed", "", "a figure")),
]


@pytest.mark.parametrize(("changes", "language", "shown"), TABLE)
def test_each_field_reads_as_a_person_says_it(changes, language, shown):
    assert rows(revised(make.recorded(due="2022-11"), **changes), language) == [shown]


def test_every_field_that_a_correction_may_change_has_its_name_or_follows_from_another():
    assert set(SAID) - set(field_values.UNSHOWN) - {"end"} <= set(sentences.FIELDS)


def test_of_a_wording_the_words_that_differ_are_marked():
    claim = revised(make.recorded(statement="ستبلغ التجارة 200 مليار دولار"), statement="ستبلغ التجارة 300 مليار دولار")
    (line,) = (line for line in sentences.lines(history.timeline(claim)) if line.changes)
    marked = [[run.text for run in runs if run.differs] for row in line.changes for runs in (row.before, row.after)]
    assert marked == [["200"], ["300"]]


def test_a_due_date_that_is_set_shows_the_one_before():
    claim = make.recorded(due="2040-05")
    review.schedule(claim, due=ImpreciseDate(edtf="2041"), by=make.REVIEWER)
    assert rows(claim) == [("due", "May 2040", "2041")]


def test_a_registration_is_told_by_its_sentence_alone():
    claim = make.recorded(due="2041", criteria="أرقام الجمارك")
    review.register(claim, by=make.REVIEWER)
    line = sentences.lines(history.timeline(claim))[-1]
    assert "أرقام الجمارك" in line.what
    assert line.changes == []


def test_a_registration_that_is_only_proposed_is_a_row_like_any_other():
    claim = make.recorded(due="2041-05", criteria="أرقام الجمارك")
    review.register(claim, by=make.REVIEWER)
    past = history.timeline(claim)
    offer = events.ClaimRedatingOffered(changes={"registered": {"due": {"edtf": "2042"}, "criteria": "أرقام المصرف"}})
    past.append(past[0].__class__(UUID(int=1), claim, len(past) + 1, offer, "rana", datetime(2060, 1, 1, tzinfo=UTC)))
    with translation.override("en"):
        line = sentences.lines(past)[-1]
    assert "registered horizon" in line.what
    assert [(row.label, _plain(row.before), _plain(row.after)) for row in line.changes] == [
        ("registered horizon", "May 2041, أرقام الجمارك", "2042, أرقام المصرف")
    ]


def test_a_quote_that_was_marked_anew_shows_its_words_and_not_its_selectors(claim: UUID, said: events.ClaimRecorded) -> None:
    assert said.start is not None
    assert said.end is not None
    annotation.quote(claim, start=said.start, end=said.start + len("التجارة ستبلغ"), by=ADMINISTRATOR)
    names = [name for name, _old, _new in rows(claim)]
    assert "quote" in names
    assert not {"prefix", "suffix", "start", "end", "snapshot_digest", "place in the text"} & set(names)
    with translation.override("en"):
        assert sentences.lines(history.timeline(claim))[-1].what.count("place in the text") <= 1


def test_the_same_words_elsewhere_are_a_change_of_place():
    text = "التجارة تنمو. وقال إن التجارة ستبلغ."
    snapshot = capture(text, by=make.REPORTER).snapshot
    first, second = text.index("التجارة"), text.rindex("التجارة")
    claim = make.recorded(quote="التجارة", start=first, end=first + 7, snapshot=str(snapshot.pk))
    assert rows(revised(claim, start=second, end=second + 7)) == [("place in the text", f"{first}–{first + 7}", f"{second}–{second + 7}")]


def test_what_reads_the_same_says_so():
    claim = make.recorded(speaker=make.said().speaker)
    revised(claim, speaker={"type": "person", "name": "وزير التجارة", "mention_start": 3, "mention_end": 9})
    line = sentences.lines(history.timeline(claim))[-1]
    assert [(row.after, bool(row.note)) for row in line.changes] == [([], True)]


def test_a_text_is_named_by_its_document_and_when_it_was_captured(snapshot: Snapshot):
    at = snapshot.text.index("التجارة")
    words = {"quote": "التجارة", "start": at, "end": at + 7, "snapshot": str(snapshot.pk)}
    shown = {label: new for label, _old, new in rows(revised(make.recorded(), **words))}
    assert shown["document"] == "نتائج العام"
    assert shown["snapshot"] == f"captured {dates_in_words.moment(snapshot.captured_at)}"


def test_dates_that_are_only_offered_show_what_they_would_become():
    offer = events.ClaimRedatingOffered(changes={"due": {"edtf": "2024-05"}}, before="2022", published="2023")
    past = history.timeline(make.recorded(due="2023-05"))
    past.append(past[0].__class__(UUID(int=1), past[0].stream, 2, offer, "isnad", datetime(2030, 1, 1, tzinfo=UTC)))
    (row,) = sentences.lines(past)[-1].changes
    assert (_plain(row.before), _plain(row.after)) == ("May 2023", "May 2024")


def test_the_page_shows_old_and_new_isolated_and_escaped(reviewer: Client, claim: UUID) -> None:
    revised(claim, notes="<script>alert(1)</script>", statement="ستبلغ التجارة 300 مليار دولار في ربيع 2023")
    html = reviewer.get(page(claim)).content.decode()
    (told,) = re.findall(r'<dl class="field-changes">.*?</dl>', html, re.DOTALL)
    assert '<bdi class="was" dir="auto">ستبلغ التجارة <del>200</del> مليار دولار في ربيع 2023</bdi>' in told
    assert '<bdi class="now" dir="auto">ستبلغ التجارة <ins>300</ins> مليار دولار في ربيع 2023</bdi>' in told
    assert "&lt;script&gt;alert" in told
    assert "<script>alert" not in html
    assert ("→" in told, "←" in told, 'aria-label="became"' in told) == (True, False, True)


def test_in_arabic_the_arrow_points_the_other_way(reviewer: Client, claim: UUID) -> None:
    revised(claim, notes="ملاحظة")
    (told,) = re.findall(
        r'<dl class="field-changes">.*?</dl>', reviewer.get(page(claim), HTTP_ACCEPT_LANGUAGE="ar").content.decode(), re.DOTALL
    )
    assert ("→" in told, "←" in told) == (False, True)


def test_more_corrections_cost_no_more_queries(reviewer: Client, claim: UUID, snapshot: Snapshot) -> None:
    others = [capture(f"نص {number}", by=ADMINISTRATOR, title=f"خبر {number}") for number in range(4)]
    heard = make.recorded(document=str(snapshot.document_id))
    revised(heard, document=str(others[0].document.pk), notes="أ")
    reviewer.get(page(heard))
    with CaptureQueriesContext(connection) as few:
        reviewer.get(page(heard))
    for other in others[1:]:
        revised(heard, document=str(other.document.pk), statement=f"صياغة {other.document}")
    with CaptureQueriesContext(connection) as many:
        html = reviewer.get(page(heard)).content.decode()
    assert all(f"خبر {number}" in html for number in range(4))
    assert len(many) == len(few)


def test_what_was_erased_stays_struck(reviewer: Client):
    claim = revised(make.recorded(statement="قال شاكر الزيتوني إنها ستنمو"), statement="قال الوزير إنها ستنمو")
    erasure.erase(["شاكر الزيتوني"], reason="طلب صاحبه", by=make.EDITOR)
    html = reviewer.get(page(claim)).content.decode()
    assert "الزيتوني" not in html
    assert "████ ████████" in html
