"""One claim's history as a file that proves itself: made here, checked anywhere, without this program's database."""

import hashlib
from base64 import b64decode, b64encode
from binascii import Error as BadBase64
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
from django.utils.translation import gettext as _

from claims import ledger, tree
from claims.models import EventRecord
from claims.proofs import checkpoints, keys, notes
from claims.proofs.notes import BadKey, BadNote, Head, Verifier
from claims.tree import tiles

FORMAT = "isnad-proof/1"


class BadProof(ValueError):
    """This file does not prove what it says; the sentence says what is wrong."""


def of(claim: UUID) -> dict[str, Any]:
    """A claim's events so far, each with the proof that it is in the log, and the log's signed head. Raises ledger.NoSuchClaim."""
    ledger.seal()
    rows = EventRecord.objects.filter(stream=claim, sealed__isnull=False).order_by("version")
    found = list(rows.values_list("sealed__position", "sealed__sealed_at", "entry", "body", "salt"))
    if not found:
        raise ledger.NoSuchClaim
    head = checkpoints.covering(max(row[0] for row in found) + 1)
    nodes = tiles.Tiles(head.size)
    return {
        "format": FORMAT,
        "claim": str(claim),
        "checkpoint": head.note,
        "keys": [str(verifier) for verifier in keys.ring().verifiers],
        "events": [
            {
                "position": position,
                "sealed_at": ledger.stamp(sealed_at),
                "entry": entry,
                "body": body,
                "salt": bytes(salt).hex(),
                "proof": [b64encode(hash).decode() for hash in tree.inclusion(position, head.size, nodes)],
            }
            for position, sealed_at, entry, body, salt in found
        ],
    }


def check(bundle: Any, trusted: Sequence[Verifier] = ()) -> Head:
    """The signed head that holds every event of the bundle. Raises BadProof.

    Without `trusted` keys the bundle's own are believed: that shows that it agrees with itself, not who made it.
    """
    try:
        if bundle["format"] != FORMAT:
            raise BadProof(_("This is no proof of a claim in a format that is known here."))
        known = trusted or [key for line in bundle["keys"] if isinstance(key := notes.key(line), Verifier)]
        head = notes.read(bundle["checkpoint"], known)
        for version, event in enumerate(bundle["events"], 1):
            _event(event, version, bundle["claim"], head)
        if not bundle["events"]:
            raise BadProof(_("There is no event in it."))
    except (BadNote, BadKey) as error:
        raise BadProof(_("Its signed head is broken, or signed by none of the keys.")) from error
    except (KeyError, TypeError, AttributeError, BadBase64, orjson.JSONDecodeError) as error:
        raise BadProof(_("This is no proof of a claim in a format that is known here.")) from error
    return head


def _event(event: dict[str, Any], version: int, claim: str, head: Head) -> None:
    words = {"version": version}
    entry, proof = orjson.loads(event["entry"]), [b64decode(hash, validate=True) for hash in event["proof"]]
    if (entry["stream"], entry["version"]) != (claim, version):
        raise BadProof(_("Event %(version)s is missing, or another claim's stands in its place.") % words)
    if hashlib.sha256(bytes.fromhex(event["salt"]) + event["body"].encode()).hexdigest() != entry["body"]:
        raise BadProof(_("The body of event %(version)s is not the one that was written.") % words)
    leaf = tree.leaf_hash(f"{event['sealed_at']}\n{event['entry']}".encode())
    if not tree.included(leaf, event["position"], head.size, proof, head.root):
        raise BadProof(_("Event %(version)s is not in the signed log at its position.") % words)
