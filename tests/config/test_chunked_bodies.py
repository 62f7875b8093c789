"""Bodies that come in chunks and say no length, over the web server that runs in production."""

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.conf import settings

from claims.models import Claim
from sources.api import tokens
from sources.roles import Role
from tests import make

BODY = {"statement": "ستبلغ التجارة ٣٠٠ مليار " * 40, "kind": "event", "speaker_type": "narrator", "source": "صحيفة"}


@pytest.fixture
def port(committed_env, tmp_path) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    argv = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(number), "--no-ws"]
    with (tmp_path / "web.log").open("wb") as log:
        process = subprocess.Popen([*argv, "config.wsgi:application"], env=committed_env, stdout=log, stderr=log, cwd=settings.BASE_DIR)
    try:
        _wait(number, process)
        yield number
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 120
    while True:
        assert process.poll() is None
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.2)
        else:
            return


def asked(port: int, path: str, token: str, parts: list[bytes]) -> tuple[int, dict]:
    """POSTs these parts, a chunk each."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Host": "127.0.0.1"}
    connection.request("POST", path, iter(parts), headers, encode_chunked=True)
    answer = connection.getresponse()
    told = json.loads(answer.read() or b"{}")
    connection.close()
    return answer.status, told


def test_a_body_in_chunks_is_read_whole(port):
    token = tokens.make(make.user(Role.REPORTER))
    body = json.dumps(BODY).encode()
    for size in (len(body), 100, 7):
        parts = [body[at : at + size] for at in range(0, len(body), size)]
        status, told = asked(port, "/api/v1/claims/", token, parts)
        assert (status, told.get("statement")) == (201, BODY["statement"].strip()), told
    assert Claim.objects.count() == 3
    status, told = asked(port, "/api/v1/claims/", token, [b'{"zuqaq":', b" 1}"])
    assert (status, "zuqaq" in told["errors"]) == (400, True)
    status, told = asked(port, "/api/v1/claims", token, [body])
    assert (status, Claim.objects.count()) == (404, 3)


def test_one_that_is_longer_than_any_that_is_taken_is_refused(port):
    token = tokens.make(make.user(Role.REPORTER))
    part = b"x" * 2**20
    status, _told = asked(port, "/api/v1/documents/", token, [b'{"text": "', *[part] * 61])
    assert status == 413
