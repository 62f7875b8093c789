"""A real worker looks at what somebody wants to be looked at."""

import time

from sources import watching
from sources.capturing.capture import capture
from sources.models import Watch
from tests.make import REPORTER, REVIEWER


def test_a_page_is_looked_at_by_the_worker_that_is_woken_and_not_on_this_machine(worker):
    """Outside the tests no setting lets pages be fetched from here: that is what the worker finds."""
    document = capture("نص", by=REPORTER, url="http://127.0.0.1/news/1").document
    watching.begin(document, by=REVIEWER)
    until = time.monotonic() + 60
    while not (watch := Watch.objects.get(document=document)).outcome and time.monotonic() < until:
        time.sleep(0.1)
    assert (watch.outcome, watch.failures) == ("inside", 1)
    assert watch.next_at > watch.checked_at
