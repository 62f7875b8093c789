"""Which claims are looked at again when a page shows something else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.domain.choices import Stance
from claims.domain.values import Exhibit
from claims.flagging import evidence_pages
from claims.workflow import review
from sources.capturing.capture import capture
from tests import make

pytestmark = pytest.mark.django_db


def text(url):
    return capture("قال الوزير إن الميناء سيعمل.", by=make.REPORTER, url=url, outlet="جريدة الميناء").snapshot


def test_who_was_read_on_a_page_or_leans_on_it_is_found_by_indexes():
    page, elsewhere = text("https://example.org/a"), text("https://example.org/b")
    read, both = (make.recorded(document=str(page.document_id)) for _ in range(2))
    leaning = make.recorded(document=str(elsewhere.document_id))
    make.recorded(document=str(elsewhere.document_id))
    for claim in (leaning, both):
        review.add_evidence(claim, Exhibit(stance=Stance.SUPPORTS, snapshot=str(page.pk)), by=make.REVIEWER)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        with CaptureQueriesContext(connection) as asked:
            found = evidence_pages.looked_at_by([page.document_id])
        assert sorted(found) == sorted([read, leaning, both])
        for query in asked.captured_queries:
            cursor.execute(f"EXPLAIN {query['sql']}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "Seq Scan" not in plan, plan
