"""`manage.py up`: everything on this machine, in one command, until Ctrl-C."""

import itertools
import json
import os
import secrets
import signal
import socket
import sys
import time
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command, get_commands
from django.db import OperationalError, connection, connections
from redis.backoff import NoBackoff
from redis.retry import Retry

from claims.ledger.usernames import NameReserved
from config.checks import accounts_without_role
from config.embedded import paths, reloading, servers
from config.embedded.children import Child, Children
from config.embedded.locks import Lock
from config.embedded.trouble import Trouble
from config.setting_checks import settings_make_sense

HOST = "127.0.0.1"
_READY_WITHIN = 60.0
# Celery warns of root on every start; messages here are JSON and come from our own socket.
_KNOWN = "ignore:You're running the worker with superuser"


class Command(BaseCommand):
    """Starts the servers, makes the tables, the first administrator and the example; then web, worker and clock."""

    help = "Runs everything: databases, web server, worker and clock. Ctrl-C stops it and keeps the data."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the web server's port on 127.0.0.1 (8000); 0 takes a free one")
        parser.add_argument("--no-example", action="store_true", help="leave an empty install empty")
        parser.add_argument("--reload", action="store_true", help="start web server, worker and clock anew when the code changes")

    def handle(self, *, port: int, no_example: bool, reload: bool = False, **options: Any) -> None:
        """Each `Trouble` is one sentence and exit code 1: manage.py sees to that."""
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            with _only_one() as state, _free(port) as address:
                self._run(state, address, example=not no_example, reload=reload)
        except KeyboardInterrupt:
            pass  # asked to stop while starting

    def _run(self, state: Path, port: int, *, example: bool, reload: bool) -> None:
        with servers.running(migrated=False) as use:
            self._prepare(example=example)
            children = _children(port, self._say)
            children.inherit = use.descriptors
            changes = reloading.changes() if reload else itertools.repeat(False)
            try:
                next(changes)  # from here on they are noticed
                children.start()
                address = f"http://{HOST}:{port}/"
                _wait_for(address, children)
                state.write_text(json.dumps({"pid": os.getpid(), "address": address}))
                self._say(self.style.SUCCESS(f"Isnad runs at {address}  (Ctrl-C stops it, the data stay in {paths.home()})"))
                for changed in changes:
                    if changed:
                        self._say("the code has changed: web, worker and clock start anew")
                        children.restart()
                    children.look_after(0.1 if reload else 0.5)
                    use.revive()
            except KeyboardInterrupt:
                self._say("stopping…")
            finally:
                signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave orphans
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                children.stop()

    def _prepare(self, *, example: bool) -> None:
        """What must be there before the first page: reachable servers, tables, somebody who may sign in, something to see."""
        self._check_settings()
        _reach_servers()
        call_command("migrate", verbosity=0, interactive=False)
        self._first_administrator()
        for doubt in accounts_without_role(databases=["default"]):
            self._say(self.style.WARNING(f"{doubt.msg} {doubt.hint}"))
        if example:
            self._example()
        connections.close_all()

    def _check_settings(self) -> None:
        found = settings_make_sense()
        for doubt in found:
            if doubt.is_serious():
                raise Trouble(f"{doubt.msg} {doubt.hint or ''}".strip())
            self._say(self.style.WARNING(f"{doubt.msg} {doubt.hint or ''}".strip()))

    def _first_administrator(self) -> None:
        users = get_user_model()
        if users.objects.filter(is_superuser=True).exists():
            return
        password = secrets.token_urlsafe(12)
        for n in itertools.count(1):
            name = "admin" if n == 1 else f"admin{n}"
            with suppress(NameReserved):  # a copy that was loaded before may have had an admin of its own
                users.objects.create_superuser(name, password=password)
                break
        self._say(self.style.WARNING(f"First administrator: {name}, password {password}  (shown this once)"))

    def _example(self) -> None:
        from sources.models import Document

        if Document.objects.exists():
            return
        if "example" not in get_commands():
            self._say("There is no worked example in this version.")
            return
        call_command("example", verbosity=0)

    def _say(self, line: str) -> None:
        try:
            self.stdout.write(line)
            self.stdout.flush()
        except BrokenPipeError:  # whoever read us has gone; the work goes on
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def _only_one() -> Iterator[Path]:
    """A second `up` over the same folder is told where the first one runs."""
    paths.make_folders()
    lock, state = Lock(paths.home() / "up.lock"), paths.home() / "up.json"
    if not lock.take():
        where = "it is still starting"
        with suppress(OSError, ValueError, KeyError):
            where = json.loads(state.read_text())["address"]
        raise Trouble(f"Isnad is already running on {paths.home()}: {where}")
    try:
        state.unlink(missing_ok=True)
        yield state
    finally:
        state.unlink(missing_ok=True)
        lock.release()


@contextmanager
def _free(port: int) -> Iterator[int]:
    """The port, if it is free. The web server itself would not notice: it shares ports."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise Trouble(f"Port {port} cannot be used ({reason}): choose another with --port.") from None
        port = probe.getsockname()[1]
    yield port


def _reach_servers() -> None:
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise Trouble(f"The database of DATABASE_URL does not answer: {_one_line(error)}") from None
    try:
        with closing(redis.Redis.from_url(settings.REDIS_URL, retry=Retry(NoBackoff(), 0), socket_connect_timeout=5)) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise Trouble(f"The Redis of REDIS_URL does not answer: {_one_line(error)}") from None


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def web_server(port: int) -> list[str]:
    """The command that serves every address."""
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port), "--no-ws"]
    # Each blocking thread keeps a database connection.
    return [*web, "--blocking-threads", "4", "--respawn-failed-workers", "--workers-kill-timeout", "10s", "config.wsgi:application"]


def _children(port: int, say: Any) -> Children:
    python, home = sys.executable, paths.home()
    celery = [python, "-m", "celery", "-q", "-A", "config.celery"]
    return Children(
        [
            Child("web", web_server(port)),
            Child("worker", [*celery, "worker", "-c", "2", "-l", "INFO", "--without-gossip", "--without-mingle"]),
            Child("clock", [*celery, "beat", "-l", "WARNING", "-s", str(home / "beat"), "--pidfile="]),
        ],
        say=say,
        memory=home / "up.children.json",
        # What mails and calendars link to is this very address, unless the operator names the one that people see.
        env={"ISNAD_ADDRESS": f"http://{HOST}:{port}"}
        | os.environ
        | {"ISNAD_HOME": str(home), "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": _KNOWN},
        cwd=paths.BASE,
    )


def _wait_for(address: str, children: Children) -> None:
    until = time.monotonic() + _READY_WITHIN
    while time.monotonic() < until:
        children.look_after(0.1)
        with suppress(OSError), urllib.request.urlopen(f"{address}health/live/", timeout=5) as answer:  # noqa: S310
            if answer.status == 200:
                return
    raise Trouble(f"The web server did not answer within {_READY_WITHIN:.0f} seconds: see its lines above.")
