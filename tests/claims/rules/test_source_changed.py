"""The rule `source-changed`: quotes that no longer stand, and evidence that says something else now."""

from datetime import date
from uuid import uuid4

import pytest

from claims import rules
from claims.domain.choices import Severity, Status
from claims.models import Claim
from claims.rules.context import ALONE, Around, ChangedPage
from claims.rules.source_changed import source_changed

DAY = date(2023, 1, 3)
BEFORE = "أعلنت إدارة المرفأ خططها.\nقال الوزير إن 200 سفينة ستصل في الربيع.\nوأضاف أن العمل يسير."
QUOTE = "200 سفينة ستصل في الربيع"
START = BEFORE.index(QUOTE)


def claim(status=Status.ACCEPTED, quote=QUOTE, **words):
    return Claim(status=status, quote=quote, start=START, end=START + len(quote), prefix="قال الوزير إن ", suffix=".\nوأضاف", **words)


def page(text, *, own=True, before=BEFORE, leaning=(), **words):
    plain = {"document": uuid4(), "name": "خبر المرفأ", "read_in": uuid4(), "shows": uuid4(), "gone_since": None, "status": None}
    return ChangedPage(text=text, own=own, before=before, leaning=tuple(leaning), **(plain | words))


def found(one, *pages):
    return list(source_changed(one, Around(pages=pages), DAY, {}))


def sentence(finding):
    return rules.sentence("source-changed", finding.code, finding.parameters)


def test_a_quote_that_no_longer_stands_is_named():
    new = page(BEFORE.replace("200", "150"))
    [finding] = found(claim(), new)
    assert (finding.code, finding.key, finding.severity) == ("quote-gone", str(new.shows), Severity.WARNING)
    reason, hint = sentence(finding)
    assert QUOTE in reason
    assert "خبر المرفأ" in reason
    assert hint


@pytest.mark.parametrize(
    "text",
    [
        BEFORE,
        f"{BEFORE}\nوقال إن الأرصفة جاهزة.",
        f"عنوان جديد\n{BEFORE}",
        f"وأضاف أن العمل يسير.\nوذكر الوزير بعد ذلك أن {QUOTE}.",
    ],
)
def test_a_quote_that_stands_or_has_moved_word_for_word_is_not_asked_about(text):
    assert found(claim(), page(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        f"ذكر تقرير أن {QUOTE}، ثم كرر التقرير أن {QUOTE}.",  # it could be either: not guessed
        BEFORE.replace("سفينة ستصل", "سفينة  ستصل"),  # not word for word
        "نص آخر تماما.",
    ],
)
def test_a_quote_that_could_be_several_or_stands_in_other_words_is_gone(text):
    assert [finding.code for finding in found(claim(), page(text))] == ["quote-gone"]


def test_a_correction_notice_is_named_whether_the_quote_stands_or_not():
    notice = "تصحيح: العدد الصحيح هو 150 سفينة."
    [gone] = found(claim(), page(BEFORE.replace("200", "150") + f"\n{notice}"))
    [stands] = found(claim(), page(f"{BEFORE}\n{notice}"))
    assert (gone.code, stands.code) == ("quote-gone-corrected", "corrected")
    assert all(notice in sentence(finding)[0] for finding in (gone, stands))


def test_published_verdicts_that_lean_on_the_page_are_named_and_make_it_loud():
    [finding] = found(claim(), page("نص آخر.", leaning=["ستصل السفن", "المرفأ جاهز"]))
    assert (finding.code, finding.severity) == ("quote-gone-leant-on", Severity.HIGH)
    assert "“ستصل السفن”; “المرفأ جاهز”" in sentence(finding)[1]


def test_it_is_loud_once_the_claim_is_published():
    assert found(claim(Status.PUBLISHED), page("نص آخر."))[0].severity is Severity.HIGH


@pytest.mark.parametrize("status", [Status.REJECTED, Status.WITHDRAWN, Status.DUPLICATE])
def test_what_is_closed_is_not_asked_about(status):
    assert found(claim(status), page("نص آخر.")) == []


def test_evidence_that_lost_words_is_told_with_the_words():
    [finding] = found(claim(Status.PUBLISHED), page("قال الوزير إن السفن ستصل.", own=False, before="قال الوزير إن 200 سفينة ستصل."))
    assert (finding.code, finding.severity) == ("evidence", Severity.HIGH)
    assert "200" in sentence(finding)[0]


def test_evidence_that_only_grew_is_not_asked_about_unless_it_was_corrected():
    assert found(claim(), page(f"{BEFORE}\nوقال إن الأرصفة جاهزة.", own=False)) == []
    assert [finding.code for finding in found(claim(), page(f"{BEFORE}\nCorrection: 150 ships.", own=False))] == ["evidence-corrected"]


def test_a_page_that_shows_the_same_or_nothing_known_and_a_claim_without_quote_are_not_asked_about():
    same = uuid4()
    assert found(claim(), page("نص آخر.", read_in=same, shows=same)) == []
    assert found(claim(), page("")) == []
    assert found(Claim(status=Status.ACCEPTED, quote=""), page("نص آخر.")) == []
    assert list(source_changed(claim(), ALONE, DAY, {})) == []


def test_each_text_is_a_finding_of_its_own():
    one, two = (found(claim(), page("نص آخر."))[0].key for _ in range(2))
    assert one != two


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_sentence_reads_in_both_languages(language):
    from django.utils import translation

    words = {"quote": "س", "page": "ص", "notice": "ع", "leaning": "ل", "lost": "ق"}
    with translation.override(language):
        for code in rules.all_rules()["source-changed"].sentences:
            reason, hint = rules.sentence("source-changed", code, words)
            assert "%(" not in reason + hint
            assert ("صفحة" in reason) is (language == "ar")
