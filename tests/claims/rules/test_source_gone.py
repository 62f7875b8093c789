"""The rule `source-gone`: the page is not there any more."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from claims import rules
from claims.domain.choices import Severity, Status
from claims.models import Claim
from claims.rules.context import ALONE, Around, ChangedPage
from claims.rules.source_gone import source_gone

DAY = date(2023, 1, 5)
SINCE = datetime(2023, 1, 2, 8, tzinfo=UTC)
DOCUMENT = UUID(int=7)


def page(status=404, *, own=True, gone_since=SINCE, document=DOCUMENT):
    same = uuid4()
    return ChangedPage(
        document=document,
        name="خبر المرفأ",
        own=own,
        read_in=same,
        before="",
        shows=same,
        text="",
        gone_since=gone_since,
        status=status,
        leaning=(),
    )


def found(one, *pages):
    return list(source_gone(one, Around(pages=pages), DAY, {}))


@pytest.mark.parametrize(
    ("status", "own", "code"),
    [
        (404, True, "gone"),
        (410, False, "evidence-gone"),
        (None, True, "unreachable"),
        (200, True, "unreachable"),
        (None, False, "evidence-unreachable"),
    ],
)
def test_a_page_that_is_gone_is_told_with_how_and_since_when(status, own, code):
    [finding] = found(Claim(status=Status.ACCEPTED), page(status, own=own))
    assert (finding.code, finding.severity) == (code, Severity.WARNING)
    reason, hint = rules.sentence("source-gone", finding.code, finding.parameters)
    assert "2 January 2023 08:00" in reason
    assert ("404" in reason or "410" in reason) is code.endswith("gone")
    assert hint


def test_it_is_loud_once_the_claim_is_published():
    assert found(Claim(status=Status.PUBLISHED), page())[0].severity is Severity.HIGH


@pytest.mark.parametrize("status", [Status.REJECTED, Status.WITHDRAWN, Status.DUPLICATE])
def test_what_is_closed_is_not_asked_about(status):
    assert found(Claim(status=status), page()) == []


def test_a_page_that_is_there_is_not_asked_about():
    assert found(Claim(status=Status.ACCEPTED), page(gone_since=None)) == []
    assert list(source_gone(Claim(status=Status.ACCEPTED), ALONE, DAY, {})) == []


def test_one_page_is_told_once_however_often_it_is_named():
    assert len(found(Claim(status=Status.ACCEPTED), page(), page(own=False), page(own=False, document=uuid4()))) == 2


def test_a_page_that_goes_a_second_time_is_another_finding():
    keys = {found(Claim(status=Status.ACCEPTED), page(gone_since=since))[0].key for since in (SINCE, datetime(2023, 6, 1, tzinfo=UTC))}
    assert len(keys) == 2


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_sentence_reads_in_both_languages(language):
    from django.utils import translation

    words = {"page": "ص", "since": "2023", "status": "404"}
    with translation.override(language):
        for code in rules.all_rules()["source-gone"].sentences:
            assert ("الصفحة" in rules.sentence("source-gone", code, words)[0]) is (language == "ar")
