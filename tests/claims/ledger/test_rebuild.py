"""A rebuild gives the tables that were there, byte for byte, while people go on, and after it was killed."""

import io
import random
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.conf import settings as config
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from claims import flagging, ledger, transparency
from claims.domain.steps import StepNotOpen
from claims.ledger import rebuild
from claims.ledger.rebuild import folding, rebuilding
from claims.models import Claim, EventRecord
from claims.workflow import review
from tests import make, tables
from tests.claims.ledger.test_replay import STEPS

SILENT = transparency.silent


def behind_the_ledgers_back(*statements: str) -> None:
    """What a slip of the ledger's own code could do to the copies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('isnad.writing', 'on', false)")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SELECT set_config('isnad.writing', '', false)")


SLIPS = [
    "UPDATE claims_claim SET statement = 'something else', notes = NULLIF(notes, 'x') || ' '",
    "UPDATE claims_claim SET due = jsonb_set(due, '{edtf}', '\"1999\"') WHERE due IS NOT NULL",
    "UPDATE claims_verdict SET ordinal = ordinal + 1",
    "DELETE FROM claims_evidence",
    (
        "INSERT INTO claims_verdict"
        " (claim_id, ordinal, key, scheme, rating, rationale, evidence, proposer, proposed_at, approver, returned_because)"
        " SELECT claim_id, ordinal, key, scheme, rating, rationale, evidence, proposer, proposed_at, approver, returned_because"
        " FROM claims_verdict"
    ),
    "UPDATE claims_flag SET key = key || '?', state = 'open'",
    (
        "DELETE FROM claims_flag; DELETE FROM claims_quantity; DELETE FROM claims_attribution; DELETE FROM claims_evidence;"
        " DELETE FROM claims_verdict; DELETE FROM claims_link; DELETE FROM claims_claim"
    ),
    "DELETE FROM claims_link WHERE NOT outward",
    "UPDATE claims_link SET relation = 'denies'",
]


class Desk(RuleBasedStateMachine):
    """A desk at work, with slips and rebuilds between; whatever was done, a rebuild gives what stood there before the slips."""

    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self.right: dict[str, bytes] | None = None  # the tables before somebody slipped
        self.story = transaction.atomic()  # each story begins with an empty desk
        self.story.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.story.__exit__(None, None, None)

    @rule(target=claims, due=st.sampled_from(["2023-21", "2024", None]))
    @precondition(lambda self: self.right is None)
    def record(self, due: str | None) -> Any:
        return make.recorded(due=due) if due else make.recorded()

    @rule(claim=claims, step=st.sampled_from(sorted(STEPS)))
    @precondition(lambda self: self.right is None)
    def take(self, claim: Any, step: str) -> None:
        with suppress(StepNotOpen):
            STEPS[step](claim)

    @rule(slip=st.sampled_from(SLIPS))
    def slip(self, slip: str) -> None:
        self.right = self.right or tables.as_bytes(tables.COPIES)
        behind_the_ledgers_back(slip)

    @rule(size=st.sampled_from([1, 7, 20_000]))
    def rebuild(self, size: int) -> None:
        before = self.right or tables.as_bytes(tables.COPIES)
        folding.RANGE = size
        done = rebuild.rebuild(SILENT)
        assert tables.as_bytes(tables.COPIES) == before
        assert done.events == EventRecord.objects.count()
        self.right = None

    @invariant()
    def the_tables_are_right_unless_somebody_slipped(self) -> None:
        if self.right is None:
            assert not list(rebuild.differences(SILENT))


@pytest.mark.django_db
def test_a_rebuild_gives_the_tables_as_they_were_whatever_was_done(monkeypatch):
    monkeypatch.setattr(folding, "RANGE", folding.RANGE)
    wanted = settings(deadline=None, max_examples=15, stateful_step_count=15, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Desk, settings=wanted)


def test_what_was_right_is_left_alone_and_what_was_wrong_is_mended(committed_db):
    make.history()
    before = tables.as_bytes(tables.COPIES)
    assert rebuild.rebuild(SILENT).mended == 0
    for slip in SLIPS:
        behind_the_ledgers_back(slip)
        assert rebuild.rebuild(SILENT).mended > 0
        assert tables.as_bytes(tables.COPIES) == before
    assert transparency.verify() is None


def test_a_claim_that_no_event_tells_of_goes_away(committed_db):
    make.recorded()
    columns = ", ".join(f'"{field.column}"' for field in Claim._meta.concrete_fields if field.column != "id")
    behind_the_ledgers_back(f"INSERT INTO claims_claim (id, {columns}) SELECT gen_random_uuid(), {columns} FROM claims_claim")
    assert rebuild.rebuild(SILENT).mended == 1
    assert Claim.objects.count() == 1


def test_nothing_of_a_rebuild_is_left_over(committed_db):
    make.recorded()
    rebuild.rebuild(SILENT)
    assert not [name for name in connection.introspection.table_names() if name.startswith("fresh_")]


def test_a_second_rebuild_waits_for_nobody_and_says_so(committed_db):
    make.recorded()
    with rebuilding._alone(), pytest.raises(CommandError, match="Another rebuild is under way"):
        call_command("rebuild")


KILLED = """
import os, signal, sys, django
django.setup()
from claims.ledger import rebuild
from claims.ledger.rebuild import folding
folding.RANGE, seen = 5, []
def watch(done, total):
    seen.append(done)
    if len(seen) == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
rebuild.rebuild(watch)
"""


def in_a_process(code: str, *words: object, env: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    argv = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.run(argv, env=env | {"DJANGO_SETTINGS_MODULE": "config.settings"}, cwd=config.BASE_DIR, check=False)


def test_a_rebuild_that_was_killed_goes_on_where_it_was(committed_db, committed_env):
    make.history()
    for _ in range(40):
        make.recorded()
    before = tables.as_bytes(tables.COPIES)
    behind_the_ledgers_back(*SLIPS[:-1])
    slipped = tables.as_bytes(tables.COPIES)
    assert in_a_process(KILLED, 4, env=committed_env).returncode == -9
    assert tables.as_bytes(tables.COPIES) == slipped  # readers saw nothing of it
    told: list[int] = []
    make.recorded()  # somebody goes on meanwhile
    out = io.StringIO()
    done = rebuild.rebuild(lambda n, total: told.append(n))
    assert done.resumed
    assert told[0] > 15  # the first ranges were not folded again
    call_command("rebuild", stdout=out)
    assert "gone on with" not in out.getvalue()
    after = tables.as_bytes(tables.COPIES)
    assert set(before["claims_claim"].splitlines()) < set(after["claims_claim"].splitlines())
    assert transparency.verify() is None


def test_a_rebuild_that_other_code_began_is_not_gone_on_with(committed_db, committed_env):
    for _ in range(20):
        make.recorded()
    assert in_a_process(KILLED, 2, env=committed_env).returncode == -9
    with connection.cursor() as cursor:
        cursor.execute("UPDATE fresh_run SET mark = 'another'")
    assert not rebuild.rebuild(SILENT).resumed
    assert transparency.verify() is None


def test_several_processes_fold_one_rebuild(committed_db, committed_env, monkeypatch):
    monkeypatch.setattr(folding, "RANGE", 5)
    for _ in range(60):
        make.recorded()
    before = tables.as_bytes(tables.COPIES)
    behind_the_ledgers_back(*SLIPS)
    out = io.StringIO()
    call_command("rebuild", "--processes", "3", stdout=out)
    assert "rebuilt from 60 events; claims and flags mended: 60" in out.getvalue()
    assert tables.as_bytes(tables.COPIES) == before


def test_writers_and_readers_go_on_during_a_rebuild(committed_db, monkeypatch):
    """Six people record and take steps, one reads; meanwhile the tables are rebuilt again and again from what was spoilt."""
    monkeypatch.setattr(folding, "RANGE", 20)
    monkeypatch.setattr(rebuilding, "FEW", 5)
    claims = [make.recorded(due="2023-21") for _ in range(60)]
    stop, seen, wrong = threading.Event(), [], []

    def work(seed: int) -> int:
        chance, taken = random.Random(seed), 0
        names = [name for name in STEPS if name != "flag"]
        try:
            while not stop.is_set():
                # Unreviewable: the evidence to take back came, or went, since this person looked.
                with suppress(StepNotOpen, ledger.Conflict, review.Unreviewable):
                    if chance.random() < 0.2:
                        claims.append(make.recorded(due="2024"))
                    else:
                        STEPS[chance.choice(names)](chance.choice(claims))
                    taken += 1
                time.sleep(0.01)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()
        return taken

    def look() -> None:
        try:
            while not stop.is_set():
                seen.append((Claim.objects.count(), Claim.objects.filter(reader="slipped").count()))
                time.sleep(0.002)
        finally:
            connection.close()

    def looked_again(looks: int) -> None:
        until = time.monotonic() + 60
        while len(seen) < looks + 3:
            assert time.monotonic() < until, "nobody looks"
            time.sleep(0.01)

    with ThreadPoolExecutor(7) as people:
        workers = [people.submit(work, seed) for seed in range(6)]
        people.submit(look)
        try:
            for _ in range(4):
                behind_the_ledgers_back("UPDATE claims_claim SET reader = 'slipped'", "DELETE FROM claims_verdict")
                spoilt, slipped_at = Claim.objects.filter(reader="slipped").count(), len(seen)
                looked_again(slipped_at)
                assert rebuild.rebuild(SILENT).mended
                looked_again(len(seen))
                # A reader saw all of the slips or none, never some.
                counts = [count for _all, count in seen[slipped_at + 1 :]]
                assert set(counts) == {spoilt, 0}
                assert counts == sorted(counts, reverse=True)
        finally:
            stop.set()
        taken = sum(worker.result() for worker in workers)
    assert not wrong, wrong[0]
    assert taken > 50
    assert [count for count, _ in seen] == sorted(count for count, _ in seen), "a claim was gone for a while"
    assert not list(rebuild.differences(SILENT))
    assert transparency.verify() is None


def test_a_long_transaction_of_somebody_holds_nobody_up_for_long(committed_db, monkeypatch):
    """The swap steps back when it cannot have its lock, so that others who append do not queue behind it."""
    monkeypatch.setattr(rebuilding, "PATIENCE", 0.2)
    make.recorded()
    flagging.run(today=date(2024, 6, 1))
    holding, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                make.recorded()
                holding.set()
                let_go.wait(20)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        people.submit(hold)
        holding.wait(10)
        rebuilt = people.submit(lambda: (rebuild.rebuild(SILENT), connection.close())[0])
        time.sleep(0.5)
        began = time.monotonic()
        make.recorded()
        assert time.monotonic() - began < 10  # who queued behind it would wait for twenty
        let_go.set()
        assert rebuilt.result(30).events >= 1
    assert transparency.verify() is None
