"""One claim's history as a file that proves itself: made here, checked anywhere, without this program's database."""

import hashlib
from base64 import b64decode, b64encode
from binascii import Error as BadBase64
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claims import ledger, tree
from claims.ledger import codec
from claims.models import EventRecord
from claims.transparency import checkpoints, keys, signed_notes
from claims.transparency.signed_notes import BadKey, BadNote, Head, Verifier
from claims.tree import tiles
from sources.errors import Category, Refusal

FORMAT = "isnad-proof/1"


class BadProof(Refusal, ValueError):
    """This file does not prove what it says; the sentence says what is wrong."""

    category = Category.INVALID


def bundle_of(claim: UUID) -> dict[str, Any]:
    """A claim's events so far, each with the proof that it is in the log, and the log's signed head. Raises ledger.NoSuchClaim."""
    ledger.seal()
    found = _kept(EventRecord.objects.filter(stream=claim, sealed__isnull=False).order_by("version"))
    if not found:
        raise ledger.NoSuchClaim
    erasures = _kept(EventRecord.objects.filter(type="Erased", sealed__isnull=False).order_by("number"))
    ids = {orjson.loads(row[2])["id"] for row in found}
    erasures = [row for row in erasures if ids & orjson.loads(row[3])["bodies"].keys()]
    head = checkpoints.covering(max(row[0] for row in found + erasures) + 1)
    nodes = tiles.Tiles(head.size)
    proved = {"events": found, "erasures": erasures}
    return {
        "format": FORMAT,
        "claim": str(claim),
        "checkpoint": head.note,
        "keys": [str(verifier) for verifier in keys.ring().verifiers],
    } | {name: [_proved(row, head.size, nodes) for row in rows] for name, rows in proved.items()}


_Kept = tuple[int, datetime, str, str, Any]


def _kept(events: QuerySet[EventRecord]) -> list[_Kept]:
    return list(events.values_list("sealed__position", "sealed__sealed_at", "entry", "body", "salt"))


def _proved(row: _Kept, size: int, nodes: tiles.Tiles) -> dict[str, Any]:
    position, sealed_at, entry, body, salt = row
    return {
        "position": position,
        "sealed_at": codec.stamp(sealed_at),
        "entry": entry,
        "body": body,
        "salt": bytes(salt).hex(),
        "proof": [b64encode(hash).decode() for hash in tree.inclusion(position, size, nodes)],
    }


def check(bundle: Any, trusted: Sequence[Verifier] = ()) -> Head:
    """The signed head that holds every event of the bundle. Raises BadProof.

    Without `trusted` keys the bundle's own are believed: that shows that it agrees with itself, not who made it.
    """
    try:
        if bundle["format"] != FORMAT:
            raise BadProof(sentence=_("This is no proof of a claim in a format that is known here."))
        known = trusted or [key for line in bundle["keys"] if isinstance(key := signed_notes.key(line), Verifier)]
        head = signed_notes.read(bundle["checkpoint"], known)
        redacted: dict[str, str] = {}
        for event in bundle.get("erasures", []):  # the last one that names a body says how it reads
            redacted |= _erasure(event, head)
        for version, event in enumerate(bundle["events"], 1):
            _event(event, version, bundle["claim"], head, redacted)
        if not bundle["events"]:
            raise BadProof(sentence=_("There is no event in it."))
    except (BadNote, BadKey) as error:
        raise BadProof(sentence=_("Its signed head is broken, or signed by none of the keys.")) from error
    except (KeyError, TypeError, AttributeError, BadBase64, orjson.JSONDecodeError) as error:
        raise BadProof(sentence=_("This is no proof of a claim in a format that is known here.")) from error
    return head


def _erasure(event: dict[str, Any], head: Head) -> dict[str, str]:
    """The bodies that an erasure names, with how they read since."""
    entry = in_the_log(event, head, {"version": 1})
    if entry["type"] != "Erased" or digest_now(event) != entry["body"]:
        raise BadProof(sentence=_("An erasure in it is not the one that was written."))
    return dict(orjson.loads(event["body"])["bodies"])


def _event(event: dict[str, Any], version: int, claim: str, head: Head, redacted: dict[str, str]) -> None:
    words = {"version": version}
    entry = orjson.loads(event["entry"])
    if (entry["stream"], entry["version"]) != (claim, version):
        raise BadProof(sentence=_("Event %(version)s is missing, or another claim's stands in its place.") % words)
    if digest_now(event) not in (entry["body"], redacted.get(entry["id"])):
        raise BadProof(sentence=_("The body of event %(version)s is not the one that was written.") % words)
    in_the_log(event, head, words)


def digest_now(event: dict[str, Any]) -> str:
    """The digest (hex) of an event's body as the bundle has it."""
    return hashlib.sha256(bytes.fromhex(event["salt"]) + event["body"].encode()).hexdigest()


def in_the_log(event: dict[str, Any], head: Head, words: dict[str, int]) -> dict[str, Any]:
    """The entry, once it is proved to be in the log."""
    leaf = tree.leaf_hash(f"{event['sealed_at']}\n{event['entry']}".encode())
    proof = [b64decode(hash, validate=True) for hash in event["proof"]]
    if not tree.included(leaf, event["position"], head.size, proof, head.root):
        raise BadProof(sentence=_("Event %(version)s is not in the signed log at its position.") % words)
    return dict(orjson.loads(event["entry"]))
