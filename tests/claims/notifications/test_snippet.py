"""What the documentation tells receivers to check is what is sent, and what it refuses is what an eavesdropper has."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

from claims.notifications import signatures

PAGE = Path(__file__).parents[3] / "docs" / "api.md"
WINDOW = 300  # seconds by which a message's own time may differ, as the page has it


@pytest.fixture
def genuine() -> Any:
    """The function of the page, as a reader would copy it."""
    [code] = re.findall(r"```python\n(import base64.*?)```", PAGE.read_text(), re.DOTALL)
    own: dict[str, Any] = {}
    exec(compile(code, str(PAGE), "exec"), own)
    return own["genuine"]


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """A clock that stands: no second passes between signing and checking."""
    with time_machine.travel("2026-05-10T12:00:00Z", tick=False):
        yield


def sent(secret: str, body: bytes, *, ago: int = 0) -> dict[str, str]:
    return signatures.headers([secret], "0193c2a0-0000-7000-8000-000000000001", int(time.time()) - ago, body)


def test_a_message_of_ours_is_genuine(genuine):
    secret, body = signatures.new_secret(), '{"data": "نص"}'.encode()
    assert genuine(secret, sent(secret, body), body)
    several = sent(secret, body)
    several["webhook-signature"] = f"v1,AAAA {several['webhook-signature']}"  # while a secret is being changed
    assert genuine(secret, several, body)


@pytest.mark.parametrize("ago", [WINDOW + 2, -WINDOW - 2])
def test_one_that_was_overheard_is_refused_after_five_minutes(genuine, ago):
    secret, body = signatures.new_secret(), b"{}"
    assert not genuine(secret, sent(secret, body, ago=ago), body)
    assert genuine(secret, sent(secret, body, ago=ago - 4 if ago > 0 else ago + 4), body)


def test_whatever_was_changed_is_refused(genuine):
    secret, body = signatures.new_secret(), b"{}"
    headers = sent(secret, body)
    assert not genuine(secret, headers, b"{} ")
    assert not genuine(signatures.new_secret(), headers, body)
    assert not genuine(secret, headers | {"webhook-id": "another"}, body)
    assert not genuine(secret, headers | {"webhook-timestamp": str(int(headers["webhook-timestamp"]) - 1)}, body)
