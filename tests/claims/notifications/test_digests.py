"""Digests tell what is new, due and overdue since the last one, by a real mail server, and nobody gets one twice."""

import email
import email.policy
import signal
import socket
import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.conf import settings as django_settings
from django.core import mail
from django.utils import timezone
from rest_framework.test import APIClient

from claims import flagging, tasks
from claims.models import Digest, Wish
from claims.models.notifications import Often, Sending
from claims.notifications import digest_mail, digests
from claims.notifications.digests import DIGEST
from claims.workflow import review
from sources import jobs, roles
from sources.models import Work
from sources.text.edtf import ImpreciseDate
from tests import make

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


class Post:
    """What a mail server does with what it gets: keeps it, refuses it, or falls silent."""

    def __init__(self):
        self.letters, self.answers, self.begun = [], [], threading.Event()
        self.silent = None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.answers and self.answers[0].startswith("RCPT "):
            return self.answers.pop(0).removeprefix("RCPT ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.begun.set()
        if self.silent == "hang up":
            server.transport.close()
        elif self.silent:
            import asyncio

            await asyncio.sleep(self.silent)
        return "250 OK"


class Listening(Controller):
    """On a port that is ours from the beginning: one that was found free may be taken a moment later."""

    def __init__(self, door, handler, port):
        super().__init__(handler, hostname="127.0.0.1", port=port)
        self.door = door

    def _create_server(self):
        return self.loop.create_server(self._factory_invoker, sock=self.door)


@pytest.fixture
def post(settings):
    handler = Post()
    door = socket.create_server(("127.0.0.1", 0))
    server = Listening(door, handler, port=door.getsockname()[1])
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 3
    yield handler
    server.stop()


def reader(name="mona", **wish):
    user = make.user(roles.Role.REVIEWER, name, email=f"{name}@desk.example")
    with time_machine.travel(NOON - timedelta(days=30)):
        digests.change_wish(user, **({"often": Often.DAILY, "hour": 7} | wish))
    return user


def in_the_morning(day=10):
    """What the clock and the workers do on that day at eight."""
    with time_machine.travel(datetime(2026, 3, day, 8, tzinfo=UTC), tick=False):
        flagging.run()
        return tasks.send_digests()


def yesterday(**fields):
    with time_machine.travel(NOON - timedelta(days=1), tick=False):
        return make.recorded(**fields)


def body(letter, kind="plain"):
    return letter.get_body((kind,)).get_content()


def test_a_digest_names_what_is_overdue_due_and_new_and_what_is_ones_own_first(committed_db, post):
    reader()
    old, due, new, mine = (yesterday(statement=words) for words in ("The old one", "The due one", "The new one", "My own"))
    review.schedule(old, due=ImpreciseDate(edtf="2025"), by=make.REVIEWER)
    review.schedule(due, due=ImpreciseDate(edtf="2026-03-08"), by=make.REVIEWER)
    review.accept(mine, by=make.REVIEWER)
    review.assign(mine, to="mona", by=make.REVIEWER)
    assert in_the_morning() == 1
    (letter,) = post.letters
    text = body(letter)
    places = [
        text.index(words)
        for words in ("Assigned to you", "My own", "Overdue", "The old one", "Due (1)", "The due one", "New", "The new one")
    ]
    assert places == sorted(places)
    assert letter["Subject"] == "Isnad: 1 for you, 1 overdue, 1 due, 1 new"
    assert letter["To"] == "mona@desk.example"
    assert "Its time was up on \u20688 March 2026\u2069." in text
    assert f"http://127.0.0.1:8000/admin/claims/claim/{new}/change/" in text
    digest = Digest.objects.get()
    assert (digest.state, digest.day, digest.counts) == (Sending.SENT, date(2026, 3, 10), {"mine": 1, "overdue": 1, "due": 1, "new": 1})


def test_nothing_is_told_twice_and_nothing_to_tell_is_not_sent(committed_db, post):
    reader()
    yesterday()
    assert [in_the_morning(10), in_the_morning(10), in_the_morning(11)] == [1, 0, 1]
    assert len(post.letters) == 1
    assert list(Digest.objects.order_by("day").values_list("state", flat=True)) == [Sending.SENT, Sending.EMPTY]


def test_what_stays_overdue_is_named_again_when_it_has_been_for_weeks(committed_db, post):
    reader()
    yesterday(statement="The old one", due="2026-03-01")
    for day in (10, 11, 23):
        in_the_morning(day)
    assert [letter["Subject"] for letter in post.letters] == ["Isnad: 1 overdue"] * 2
    assert "weeks ago, and nobody has judged it" in body(post.letters[1])


def test_days_on_which_nothing_ran_are_told_by_the_next_digest(committed_db, post):
    reader()
    yesterday(statement="Before")
    in_the_morning(10)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        make.recorded(statement="In between")
    in_the_morning(17)
    assert len(post.letters) == 2
    assert "In between" in body(post.letters[1])
    assert "Before" not in body(post.letters[1])


def test_a_letter_in_arabic_reads_from_right_to_left(committed_db, post):
    reader(language="ar")
    yesterday(statement="ستبلغ التجارة 200 مليار")
    in_the_morning()
    (letter,) = post.letters
    assert letter["Content-Language"] == "ar"
    assert '<html lang="ar" dir="rtl">' in body(letter, "html")
    assert "ستبلغ التجارة" in body(letter)
    assert "9 مارس 2026 08:00" in body(letter)
    assert "New" not in body(letter)


def test_what_is_written_into_a_claim_is_no_html(committed_db, post):
    reader()
    yesterday(statement="<script>x</script> & more")
    in_the_morning()
    assert "<script>" not in body(post.letters[0], "html")
    assert "<script>x</script> & more" in body(post.letters[0])


@pytest.mark.parametrize(
    ("wish", "now", "day"),
    [
        ({"often": "daily", "hour": 7}, "2026-03-10 06:59+03:00", "2026-03-09"),
        ({"often": "daily", "hour": 7}, "2026-03-10 07:00+03:00", "2026-03-10"),
        ({"often": "daily", "hour": 0}, "2026-03-09 21:30+00:00", "2026-03-10"),
        ({"often": "weekly", "weekday": 6, "hour": 9}, "2026-03-10 12:00+03:00", "2026-03-08"),
        ({"often": "weekly", "weekday": 1, "hour": 9}, "2026-03-10 08:59+03:00", "2026-03-03"),
    ],
)
def test_a_digest_comes_at_the_hour_of_the_desks_clock(settings, wish, now, day):
    settings.TIME_ZONE = "Asia/Riyadh"
    timezone.get_default_timezone.cache_clear()
    assert timezone.get_default_timezone() == ZoneInfo("Asia/Riyadh")
    assert f"{digests.newest_slot(Wish(**wish), datetime.fromisoformat(now)).day}" == day
    timezone.get_default_timezone.cache_clear()


def test_whoever_wants_none_gets_none(committed_db, post):
    make.user(email="a@desk.example")
    reader("off", often=Often.OFF)
    gone = reader("gone")
    gone.is_active = False
    gone.save()
    yesterday()
    assert in_the_morning() == 0
    assert not post.letters


def test_whoever_loses_their_role_is_told_nothing_more(committed_db, post):
    user = reader()
    yesterday()
    user.groups.clear()
    in_the_morning()
    assert not post.letters
    user.groups.add(make.Group.objects.get(name="reader"))
    with time_machine.travel(datetime(2026, 3, 10, 8, tzinfo=UTC), tick=False):
        assert digests.owe() == 1
        user.groups.clear()  # between the hour and the sending
        tasks.send_digests()
    assert not post.letters
    assert not Digest.objects.exists()
    user.groups.add(make.Group.objects.get(name="reader"))
    with time_machine.travel(NOON, tick=False):
        make.recorded()
    in_the_morning(11)
    assert len(post.letters) == 1


def test_what_the_server_refuses_is_tried_again_and_told_once(committed_db, post):
    reader()
    yesterday()
    post.answers = ["451 later", "RCPT 450 later"]
    in_the_morning()
    for _ in range(2):
        Work.objects.filter(kind=DIGEST).update(due_at=NOON - timedelta(days=1))
        in_the_morning()
    assert len(post.letters) == 1
    assert Digest.objects.get().state == Sending.SENT


def test_a_server_that_is_away_is_tried_again_and_given_up_with_the_reason(committed_db, post, settings):
    reader()
    yesterday()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    for _ in range(jobs.MAX_ATTEMPTS):
        in_the_morning()
        Work.objects.filter(kind=DIGEST).update(due_at=NOON - timedelta(days=1))
    digest = Digest.objects.get()
    assert digest.state == Sending.FAILED
    assert "ConnectionRefusedError" in digest.error
    assert Work.objects.get(kind=DIGEST).gave_up_at
    settings.EMAIL_PORT = port
    digests.send_again(digest, by=make.Actor("root", roles=frozenset({roles.Role.ADMINISTRATOR})))
    with time_machine.travel(timezone.now() + timedelta(seconds=1)):
        tasks.send_digests()
    assert len(post.letters) == 1


@pytest.mark.parametrize("silent", ["hang up", 10])
def test_a_line_that_breaks_at_the_end_leaves_it_doubtful_and_it_is_not_repeated(committed_db, post, settings, silent):
    reader()
    yesterday()
    post.silent, settings.EMAIL_TIMEOUT = silent, 1
    in_the_morning()
    assert Digest.objects.get().state == Sending.DOUBTFUL
    post.silent = None
    assert in_the_morning() == 0
    assert len(post.letters) == 1


def test_no_address_is_said_and_not_tried_for_ever(committed_db, post):
    user = reader()
    user.email = ""
    user.save()
    yesterday()
    assert [in_the_morning(), in_the_morning()] == [1, 0]
    assert Digest.objects.get().state == Sending.FAILED


SENDER = """
import django
django.setup()
from claims import tasks
print("ready", flush=True)
tasks.send_digests()
"""


def test_a_sender_that_is_killed_while_it_sends_leaves_it_doubtful_and_it_is_not_repeated(committed_db, committed_env, post, settings):
    user = make.user(roles.Role.REVIEWER, "mona", email="mona@desk.example")
    hour = (timezone.localtime().hour + 12) % 24  # the next one is owed hours after the test
    Wish.objects.create(user=user, often=Often.DAILY, hour=hour, changed_at=timezone.now() - timedelta(days=3))
    make.recorded()
    post.silent = 30
    env = committed_env | {"DJANGO_SETTINGS_MODULE": "config.settings", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(settings.EMAIL_PORT)}
    process = subprocess.Popen([sys.executable, "-c", SENDER], env=env, cwd=django_settings.BASE_DIR)
    try:
        assert post.begun.wait(90)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert Digest.objects.get().state == Sending.SENDING
    assert tasks.send_digests() == 0  # its lease still runs
    Work.objects.filter(kind=DIGEST).update(leased_until=timezone.now())
    post.silent = None
    assert tasks.send_digests() == 1
    assert Digest.objects.get().state == Sending.DOUBTFUL
    assert len(post.letters) == 1


def test_a_sender_that_is_killed_before_it_marks_sends_it_later(committed_db, post):
    reader()
    yesterday()
    with time_machine.travel(datetime(2026, 3, 10, 8, tzinfo=UTC), tick=False):
        digests.owe()
        assert jobs.lease(DIGEST, 1, 60)
        assert tasks.send_digests() == 0
    with time_machine.travel(datetime(2026, 3, 10, 9, tzinfo=UTC), tick=False):
        assert tasks.send_digests() == 1
    assert len(post.letters) == 1


def test_files_are_the_default(committed_db, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path / "mail"
    reader()
    yesterday()
    in_the_morning()
    (file,) = (tmp_path / "mail").iterdir()
    assert "mona@desk.example" in file.read_text()
    assert not hasattr(mail, "outbox") or not mail.outbox


def test_many_are_counted_and_not_all_named(committed_db):
    user = make.user(name="mona")
    for _ in range(digest_mail.MOST + 3):
        make.recorded()
    now = timezone.now()
    letter = digest_mail.compose(user, language="en", since=now - timedelta(hours=1), until=now)
    assert letter
    assert letter.counts == {"new": digest_mail.MOST + 3}
    assert letter.text.count("* ") == digest_mail.MOST
    assert "and 3 more" in letter.text


def test_each_says_over_rest_what_they_want(committed_db):
    client = APIClient()
    client.force_authenticate(make.user())
    assert client.get("/api/v1/digest/").json()["often"] == "off"
    assert client.patch("/api/v1/digest/", {"often": "weekly", "hour": 24}).status_code == 400
    wanted = {"often": "weekly", "weekday": 4, "hour": 6, "language": "ar"}
    assert client.patch("/api/v1/digest/", wanted).json() == client.get("/api/v1/digest/").json() == wanted
