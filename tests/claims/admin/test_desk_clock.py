"""A day begins when it begins at the desk, and what hangs on a date that is corrected moves with it."""

import os
import pty
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import date

import pytest
import time_machine
from django.conf import settings as configured

from claims import flagging, tasks
from claims.domain.choices import FlagStatus, Kind
from claims.intake import reading
from claims.models import Claim, Flag
from sources.capturing import documents
from sources.capturing.capture import capture
from tests import make


def found(claim):
    """The rules of which an open flag stands beside the claim, with their codes."""
    return set(Flag.objects.filter(claim=claim, state=FlagStatus.OPEN, rule__in=("due", "watch-opened")).values_list("rule", "code"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        ("Asia/Riyadh", "2031-05-31 20:59:59+00:00", "2031-05-31 21:00:01+00:00"),
        ("UTC", "2031-05-31 23:59:59+00:00", "2031-06-01 00:00:01+00:00"),
        ("America/New_York", "2031-06-01 03:59:59+00:00", "2031-06-01 04:00:01+00:00"),
    ],
)
def test_spring_ends_at_the_desks_own_midnight(settings, zone, before, after):
    settings.TIME_ZONE = zone
    with time_machine.travel("2031-02-27 12:00:00+00:00"):
        claim = make.recorded(kind=Kind.PREDICTION, due="2031-21")
        flagging.run()
    assert found(claim) == set()
    for moment, said in [("2031-03-01 12:00:00+00:00", {("watch-opened", "watch-opened")}), (before, {("watch-opened", "watch-opened")})]:
        with time_machine.travel(moment, tick=False):
            flagging.run()
        assert found(claim) == said, moment
    with time_machine.travel(after, tick=False):
        flagging.run()
    assert found(claim) == {("due", "due")}


def test_a_corrected_anchor_moves_the_flags_that_hung_on_it(committed_db):
    text = "قال وزير التجارة سالم الحربي إن المصنع سيفتتح أبوابه غدا."
    kept = capture(text, by=make.REPORTER, outlet="جريدة الميناء", published="2030-12-31", language="ar")
    reading.read_snapshot(kept.snapshot)
    claim = Claim.objects.get(document=kept.document)
    assert claim.due["edtf"] == "2031-01-01"
    flagging.run(today=date(2031, 1, 2))
    assert found(claim) == {("due", "due")}
    documents.correct(kept.document, published="2031-02-10", reason="كان الخلاصة متقدمة", by=make.EDITOR)
    assert tasks.redate_claims() == 1
    flagging.run(today=date(2031, 1, 2))
    assert found(claim) == set()
    flagging.run(today=date(2031, 2, 11))
    assert found(claim) == set()
    flagging.run(today=date(2031, 2, 12))
    assert found(claim) == {("due", "due")}


@pytest.mark.django_db
def test_trying_the_past_tells_how_far_it_is(monkeypatch):
    monkeypatch.setattr("claims.flagging.dry_run.BATCH", 2)
    for _ in range(5):
        make.recorded(kind=Kind.PREDICTION, due="2031-21")
    told = []
    flagging.tried(flagging.chosen("due"), date(2031, 1, 1), date(2031, 12, 31), lambda done, total: told.append((done, total)))
    assert told == [(2, 5), (4, 5), (5, 5)]


def _look(terminal: int, shown: list[bytes]) -> None:
    with suppress(OSError):  # Linux says so where the other end is closed
        while read := os.read(terminal, 4096):
            shown.append(read)


def test_trying_the_past_shows_a_bar_on_a_terminal(committed_env):
    make.recorded(kind=Kind.PREDICTION, due="2031-21")
    ours, theirs = pty.openpty()
    argv = [sys.executable, "manage.py", "flag", "--dry-run", "--rule", "due", "--from", "2031-05-01", "--to", "2031-07-01"]
    env = committed_env | {"TERM": "xterm", "COLUMNS": "100"}
    shown: list[bytes] = []
    looker = threading.Thread(target=_look, args=(ours, shown))  # a terminal that nobody reads stops its writer
    looker.start()
    done = subprocess.run(argv, env=env, cwd=configured.BASE_DIR, stdout=subprocess.PIPE, stderr=theirs, text=True, timeout=120)
    os.close(theirs)
    looker.join(20)
    os.close(ours)
    assert done.returncode == 0
    assert b"Trying" in b"".join(shown)
    assert "1 June 2031" in done.stdout
    assert "8 June 2031" in done.stdout
