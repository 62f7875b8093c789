"""Bodies that come in chunks and say no length, over the web server that runs in production."""

import http.client
import json
from collections.abc import Iterator

import pytest

from claims.models import Claim
from sources.api import tokens
from sources.roles import Role
from tests import make
from tests.web_server import serving

BODY = {"statement": "ستبلغ التجارة ٣٠٠ مليار " * 40, "kind": "event", "speaker_type": "narrator", "source": "صحيفة"}


@pytest.fixture
def port(committed_env) -> Iterator[int]:
    with serving(committed_env) as number:
        yield number


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
