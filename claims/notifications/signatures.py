"""How a webhook's message is signed, so that its receiver knows who sent it and when (Standard Webhooks, symmetric)."""

import base64
import hashlib
import hmac
import secrets as random_secrets
from collections.abc import Sequence

PREFIX = "whsec_"


def new_secret() -> str:
    """A secret of 256 random bits, as receivers' libraries take it."""
    return PREFIX + base64.b64encode(random_secrets.token_bytes(32)).decode()


def headers(secrets: Sequence[str], id: str, timestamp: int, body: bytes) -> dict[str, str]:  # noqa: A002
    """The three headers of a message: the event's id, when it was sent (Unix seconds), and a signature over both and the body.

    There is a signature by each secret, apart by a space: a receiver takes the message if it knows one of them.
    """
    signed = b"%s.%d.%s" % (id.encode(), timestamp, body)
    signatures = " ".join(f"v1,{_signature(secret, signed)}" for secret in secrets)
    return {"webhook-id": id, "webhook-timestamp": str(timestamp), "webhook-signature": signatures}


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
