"""How a webhook's message is signed, so that its receiver knows who sent it and when (Standard Webhooks, symmetric)."""

import base64
import hashlib
import hmac
import secrets

PREFIX = "whsec_"


def new_secret() -> str:
    """A secret of 256 random bits, as receivers' libraries take it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def headers(secret: str, id: str, timestamp: int, body: bytes) -> dict[str, str]:  # noqa: A002
    """The three headers of a message: the event's id, when it was sent (Unix seconds), and the signature over both and the body."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    mac = hmac.new(key, b"%s.%d.%s" % (id.encode(), timestamp, body), hashlib.sha256).digest()
    signature = f"v1,{base64.b64encode(mac).decode()}"
    return {"webhook-id": id, "webhook-timestamp": str(timestamp), "webhook-signature": signature}
