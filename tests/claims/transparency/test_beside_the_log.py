"""What stands beside the log and follows from it is held against it, column by column."""

import pytest
from django.db import connection

from claims import erasure, transparency
from claims.transparency import checkpoints
from claims.workflow import recording
from sources.capturing import documents
from sources.capturing.capture import capture
from sources.registry import outlets, speakers
from tests import make
from tests.claims.transparency.test_proofs import behind_the_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    """An article with its bytes and headers, a corrected date, an outlet of no article, an action with a key, a signed head."""
    page = capture(
        "قال الوزير نعم.",
        by=make.REPORTER,
        outlet="صحيفة",
        published="2022-12-30",
        raw=b"<p>x</p>",
        media_type="text/html",
        fetched={"url": "https://example.org/", "status": 200},
    )
    documents.correct(page.document, published="2022-12-31", by=make.EDITOR, reason="خطأ")
    outlets.find_or_make("جريدة", by=make.EDITOR)
    speakers.find_or_make("سامي حداد", "person", by=make.EDITOR)
    recording.record(make.said(), by=make.REPORTER, key="once")
    checkpoints.make()
    make.recorded()
    assert transparency.verify() is None


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE claims_checkpoint SET size = size + 1", "signed at"),
        ("UPDATE claims_checkpoint SET root = sha256('x')", "signed at"),
        ("UPDATE claims_action SET key = 'another'", "The key of an action"),
        ("UPDATE claims_action SET stream = gen_random_uuid()", "The key of an action"),
        ("UPDATE claims_action SET version = 2", "The key of an action"),
        ("UPDATE sources_revision SET subject_type = 'speaker' WHERE subject_type = 'outlet'", "Who made revision"),
        ("UPDATE sources_revision SET by = 'somebody'", "Who made revision"),
        ("UPDATE sources_revision SET reason = 'because'", "Who made revision"),
        ("UPDATE sources_revision SET at = at - interval '1 day'", "Who made revision"),
        ("UPDATE sources_snapshot SET captured_at = captured_at - interval '1 day'", "How the snapshot"),
        ("UPDATE sources_snapshot SET captured_by = 'somebody'", "How the snapshot"),
        ("UPDATE sources_snapshot SET media_type = 'text/plain'", "How the snapshot"),
        ("UPDATE sources_snapshot SET extractor = 'x'", "How the snapshot"),
        ("UPDATE sources_snapshot SET raw = 'y', raw_digest = sha256('y')", "How the snapshot"),
        ("""UPDATE sources_snapshot SET fetched = '{"url": "https://example.com/"}'""", "How the snapshot"),
        ("UPDATE sources_snapshot SET raw = NULL", "are gone, and no erasure"),
        ("UPDATE sources_document SET published_last = '2030-01-01'", "published_last"),
        ("UPDATE sources_outlet SET folded = 'x' || folded", "folded"),
        ("DELETE FROM sources_outlet WHERE name = 'جريدة'", "The outlet"),
        ("UPDATE sources_speakername SET folded = 'x'", "names"),
        ("DELETE FROM sources_speakername; DELETE FROM sources_speaker", "The speaker"),
    ],
)
def test_what_was_changed_beside_the_log_is_found(kept, sql, said):
    behind_the_back(sql)
    fault = transparency.verify()
    assert fault is not None
    assert said in str(fault)


def test_an_erasure_of_what_is_vouched_for_here_is_no_fault(kept):
    recording.record(make.said(notes="خطأ"), by=make.REPORTER, key="خطأ")
    erasure.erase(["خطأ", "example.org", "سامي حداد", "صحيفة", "الوزير"], reason="سبب", by=make.EDITOR)
    assert transparency.verify() is None


def test_a_revision_goes_on_saying_how_its_text_was_captured(kept):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sources_revision WHERE data LIKE '%\"capture\"%'")
        assert cursor.fetchone()[0] == 2  # the second names the same text
