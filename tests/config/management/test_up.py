"""`manage.py up`, really: it starts, answers, refuses a second, stops without orphans, survives being killed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

BASE = Path(__file__).resolve().parents[3]
UP = [sys.executable, str(BASE / "manage.py"), "up", "--no-example", "--port", "0"]
SECONDS = 90


class Install:
    """An install of its own in a folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.env = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        self.env["ISNAD_HOME"] = str(home)
        self.log = home.with_suffix(".log")
        self.process: subprocess.Popen[bytes] | None = None

    def up(self, *words: str) -> str:
        """Starts `up`; returns the address once it has printed it."""
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([*UP, *words], env=self.env, stdout=log, stderr=log)
        until = time.monotonic() + SECONDS
        while b"Isnad runs at" not in self.log.read_bytes():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.1)
        return json.loads((self.home / "up.json").read_text())["address"]

    def second(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Another `up`, expected to end by itself."""
        return subprocess.run([*UP, *words], env=self.env | env, capture_output=True, text=True, timeout=SECONDS, check=False)

    def alive(self) -> list[str]:
        """Every process that still works for this install: known by the folder in its words or its environment."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.pid != os.getpid() and process.environ().get("ISNAD_HOME") == str(self.home):
                    found.append(f"{process.pid} {' '.join(process.cmdline())} {process.status()}")
        return found

    def gone(self) -> bool:
        """Whether nothing is alive, soon."""
        until = time.monotonic() + SECONDS
        while self.alive() and time.monotonic() < until:
            time.sleep(0.2)
        return not self.alive()


@pytest.fixture
def install(tmp_path):
    made = Install(tmp_path / "بيت فيه فراغ")
    yield made
    if made.process and made.process.poll() is None:
        made.process.terminate()
        made.process.wait(SECONDS)
    assert made.gone()
    shutil.rmtree(made.home, ignore_errors=True)


def _status(address: str) -> int:
    with urllib.request.urlopen(f"{address}health/live/", timeout=10) as answer:
        return answer.status


def _password(install: Install) -> bool:
    return "password" in install.log.read_text()


def test_up_answers_refuses_a_second_survives_a_kill_and_leaves_no_orphan(install):
    address = install.up()
    assert _status(address) == 200
    assert _password(install)
    pid, _ = json.loads((install.home / "up.children.json").read_text())[0]
    assert psutil.Process(pid).environ()["ISNAD_ADDRESS"] == address.rstrip("/")  # what mails and calendars link to

    second = install.second()
    assert second.returncode == 1
    assert second.stderr.strip() == f"Isnad is already running on {install.home}: {address}"
    assert _status(address) == 200

    install.process.kill()
    install.process.wait()
    address = install.up()
    assert _status(address) == 200
    assert not _password(install)  # the data are still there

    install.process.send_signal(signal.SIGTERM)
    assert install.process.wait(SECONDS) == 0
    assert install.alive() == []


def test_a_killed_tree_leaves_data_that_the_next_start_finds(install):
    install.up()
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.pid != os.getpid() and process.environ().get("ISNAD_HOME") == str(install.home):
                process.kill()
    install.process.wait()
    assert _status(install.up()) == 200
    assert not _password(install)


def test_a_child_that_dies_is_started_again(install):
    address = install.up()
    pid, _ = json.loads((install.home / "up.children.json").read_text())[0]
    os.killpg(pid, signal.SIGKILL)
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        time.sleep(0.2)
        with suppress(OSError):
            if _status(address) == 200 and json.loads((install.home / "up.children.json").read_text())[0][0] != pid:
                return
    pytest.fail(install.log.read_text())


def test_all_of_it_starts_anew_when_the_code_changes(install):
    address = install.up("--reload")
    before = _children(install)
    _save_again(BASE / "claims" / "apps.py")
    until = time.monotonic() + SECONDS
    while len(_children(install)) < 3 or _children(install) & before:
        assert time.monotonic() < until, install.log.read_text()
        time.sleep(0.2)
    while time.monotonic() < until:
        with suppress(OSError):
            if _status(address) == 200:
                return
        time.sleep(0.2)
    pytest.fail(install.log.read_text())


def _save_again(file: Path) -> None:
    """As an editor saves: what imports it meanwhile finds it whole."""
    copy = file.with_name(f".{file.name}.saving")
    shutil.copy2(file, copy)
    copy.replace(file)


def _children(install: Install) -> set[int]:
    return {pid for pid, _ in json.loads((install.home / "up.children.json").read_text())}


@pytest.mark.parametrize(
    ("words", "env", "sentence"),
    [
        (["--port", "99999"], {}, "Port 99999 cannot be used"),
        ([], {"DATABASE_URL": "postgresql://127.0.0.1:1/x?user=x"}, "The database of DATABASE_URL does not answer"),
        ([], {"REDIS_URL": "redis://127.0.0.1:1/0"}, "The Redis of REDIS_URL does not answer"),
        ([], {"DATABASE_URL": "nonsense://x"}, "DATABASE_URL is not an address"),
        ([], {"ISNAD_HOME": "/dev/null/x"}, "cannot be written"),
    ],
)
def test_what_cannot_work_is_one_sentence_and_exit_code_1(install, words, env, sentence):
    ended = install.second(*words, **env)
    assert (ended.returncode, ended.stderr.strip().count("\n")) == (1, 0), ended.stderr
    assert sentence in ended.stderr


def test_a_taken_port_is_named(install):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = install.second("--port", port)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Port {port} cannot be used")
