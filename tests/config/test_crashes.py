"""Whatever is killed: what is owed is done once, every flag is raised once, no event is lost, and poison is put aside."""

import shutil
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from celery.beat import PersistentScheduler
from django.test import Client

from claims import ledger, transparency
from claims.domain.choices import Kind
from claims.handlers import FLAG, READ
from claims.models import Claim, EventRecord, Flag, Position
from config.celery import app
from sources import jobs
from sources.capturing.capture import capture
from sources.models import LastRun, Work
from sources.roles import Role
from tests import make
from tests.config.whole_install import House, Wire, kill, wait

DUE = 40
FLAGS = "claims.tasks.flag_claims"
_numbers = count(1)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    made = House()
    try:
        with django_db_blocker.unblock():
            made.open()
            yield made
    finally:
        made.close()


@pytest.fixture
def house(built, settings):
    """The install, with its servers running and nobody at work."""
    built.start_servers()
    settings.SIGNING_KEY_FILE, settings.CHECKPOINTS = built.home / "signing_key", built.home / "checkpoints"
    settings.CELERY_BROKER_URL = built.broker
    with built.connected():
        yield built
        for process in built.workers:
            kill(process)


def due_claims(number=DUE):
    """Claims whose time is up, and a run of the rules that is owed."""
    recorded = [make.recorded(kind=Kind.PREDICTION, due="2023-01-01") for _ in range(number)]
    owe_flagging()
    return recorded


def owe_flagging():
    jobs.owe(FLAG, f"{FLAG}:test:{next(_numbers)}")


def flagged(claims):
    return Flag.objects.filter(claim__in=claims, rule="due").count()


def until_flagged(house, claims):
    wait(lambda: flagged(claims) == len(claims), "every expected flag")


def sound(claims, said):
    """Every flag once and raised once, every event of before still there, in an order without a gap, and the log as it was written."""
    assert flagged(claims) == len(claims)
    raised = Counter(EventRecord.objects.filter(type="FlagRaised").values_list("stream", flat=True))
    assert set(raised.values()) == {1}
    assert set(raised) == set(Flag.objects.values_list("pk", flat=True))
    assert said <= set(EventRecord.objects.values_list("id", flat=True))
    ledger.seal()
    places = list(Position.objects.order_by("position").values_list("position", flat=True))
    assert places == list(range(EventRecord.objects.count()))
    assert transparency.verify() is None


def everything_said():
    return set(EventRecord.objects.values_list("id", flat=True))


def in_the_middle(house, worker):
    """The worker stands in the middle of raising flags."""
    house.wake(FLAGS)
    wait(house.somebody_waits, "a worker in the middle of its work")


def test_a_worker_killed_in_the_middle_leaves_its_flags_to_the_next(house):
    claims, said = due_claims(), everything_said()
    worker = house.worker()
    with house.flags_held():
        in_the_middle(house, worker)
        kill(worker)
    assert flagged(claims) == 0
    house.let_leases_run_out()
    house.worker()
    house.wake(FLAGS)
    until_flagged(house, claims)
    sound(claims, said)


def test_a_redis_that_dies_with_all_its_messages_costs_only_delay(house):
    claims, said = due_claims(), everything_said()
    for _ in range(5):
        house.wake(FLAGS)
    house.kill_servers(redis=True)
    shutil.rmtree(house.redis.data)
    snapshot = capture(f"قال الوزير إن التجارة ستبلغ {next(_numbers)} مليار دولار في 2031.", by=make.REPORTER, outlet="الميناء").snapshot
    house.start_servers()
    house.worker()
    house.wake("sources.tasks.sweep")  # what the clock sends every 30 s
    until_flagged(house, claims)
    wait(lambda: Work.objects.get(key=f"{READ}:{snapshot.pk}").done_at, "the reading")
    assert Claim.objects.filter(snapshot=snapshot).exists()
    sound(claims, said)


def test_a_task_that_kills_its_worker_is_put_aside_and_the_others_go_on(house):
    claims = due_claims()
    said = everything_said()
    jobs.owe("poison", "poison:1")
    worker = house.worker(module="tests.config.poison")
    owed = Work.objects.get(key="poison:1")
    for attempt in range(1, jobs.MAX_ATTEMPTS + 1):
        house.wake("tests.poison")

        def tried(attempt=attempt):
            owed.refresh_from_db()
            return owed.attempts >= attempt

        wait(tried, f"attempt {attempt}")
        assert not owed.gave_up_at
        house.let_leases_run_out()
    house.wake("tests.poison")
    wait(lambda: Work.objects.get(key="poison:1").gave_up_at, "the poison to be put aside")
    assert worker.poll() is None
    house.wake(FLAGS)
    until_flagged(house, claims)
    sound(claims, said)
    own = Client()
    own.force_login(make.user(Role.ADMINISTRATOR))
    listed = own.get("/admin/sources/work/?standing=given_up").content.decode()
    assert "poison:1" in listed
    assert jobs.DIED in listed


def test_two_clocks_do_no_more_than_one(house):
    """Both wake up after a day away, and send everything at once."""
    claims = [make.recorded(kind=Kind.PREDICTION, due="2023-01-01") for _ in range(DUE)]
    said = everything_said()
    Work.objects.filter(kind=FLAG).delete()
    workers = [house.worker(), house.worker()]
    for name in ("one", "two"):
        a_day_away(house.home / name)
        house.clock(house.home / name)
    until_flagged(house, claims)
    wait(
        lambda: all("flag_claims" in text and text.count("succeeded") >= 8 for text in map(house.log_of, workers)) or _quiet(),
        "both clocks",
    )
    slots = Work.objects.filter(kind=FLAG, key__regex=r"^flag:\d+$")
    assert slots.count() <= 2  # one, or two where a quarter of an hour has just begun
    assert not slots.filter(done_at=None).exists()
    assert LastRun.objects.filter(task=FLAGS).exists()
    sound(claims, said)


def _quiet():
    return all(LastRun.objects.filter(task=entry["task"]).exists() for entry in app.conf.beat_schedule.values())


def a_day_away(schedule):
    """A clock's memory in which everything ran a day ago."""
    made = PersistentScheduler(app, schedule_filename=str(schedule))
    for entry in made.schedule.values():
        entry.last_run_at = datetime.now(UTC) - timedelta(days=1)
    made.close()


@pytest.mark.soak
def test_a_clock_that_is_killed_is_no_loss_once_another_comes(house):
    claims, said = due_claims(), everything_said()
    house.worker()
    a_day_away(house.home / "three")
    kill(house.clock(house.home / "three"))
    a_day_away(house.home / "four")
    house.clock(house.home / "four")
    until_flagged(house, claims)
    sound(claims, said)


@pytest.mark.soak
def test_a_redis_killed_with_its_file_goes_on_with_it(house):
    claims, said = due_claims(), everything_said()
    worker = house.worker()
    house.kill_servers(redis=True)
    house.start_servers()
    house.wake(FLAGS)
    until_flagged(house, claims)
    assert worker.poll() is None, house.log_of(worker)
    sound(claims, said)


@pytest.mark.soak
def test_a_postgres_killed_in_the_middle_keeps_what_was_committed_and_nothing_by_halves(house):
    claims, said = due_claims(), everything_said()
    worker = house.worker()
    with house.flags_held():
        in_the_middle(house, worker)
        house.kill_servers(postgres=True)
    house.start_servers()
    assert flagged(claims) == 0
    house.let_leases_run_out()
    house.wake(FLAGS)
    until_flagged(house, claims)
    assert worker.poll() is None, house.log_of(worker)
    sound(claims, said)


@pytest.mark.soak
def test_when_all_are_killed_at_once_the_next_start_goes_on(house):
    claims, said = due_claims(), everything_said()
    worker, clock = house.worker(), house.clock(house.home / "five")
    with house.flags_held():
        in_the_middle(house, worker)
        house.kill_servers(postgres=True, redis=True)
        kill(worker)
        kill(clock)
    house.start_servers()
    house.let_leases_run_out()
    house.worker()
    a_day_away(house.home / "six")
    house.clock(house.home / "six")
    until_flagged(house, claims)
    sound(claims, said)


@pytest.mark.soak
def test_a_worker_cut_off_from_redis_works_on_once_the_wire_is_mended(house):
    wire = Wire(house.home / "r")
    try:
        worker = house.worker(redis=wire.address)
        wire.cut()
        claims, said = due_claims(), everything_said()
        house.wake(FLAGS)
        time.sleep(3)
        assert flagged(claims) == 0
        wire.mend()
        until_flagged(house, claims)
        assert worker.poll() is None, house.log_of(worker)
        sound(claims, said)
    finally:
        wire.close()


@pytest.mark.soak
def test_the_work_of_the_dead_comes_back_by_itself(house):
    """Nothing is hurried here: what was recorded owes a run within a minute, else the lease runs out; the sweep finds it."""
    claims, said = due_claims(), everything_said()
    worker = house.worker()
    house.clock(house.home / "seven")
    with house.flags_held():
        in_the_middle(house, worker)
        kill(worker)
    house.worker()
    wait(lambda: flagged(claims) == len(claims), "the next run", seconds=420)
    sound(claims, said)
