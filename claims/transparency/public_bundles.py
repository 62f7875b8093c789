"""One claim's public record as a file that proves itself: only what readers are shown, each event with the head that was signed first."""

import time
from base64 import b64encode
from binascii import Error as BadBase64
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import ledger, tree
from claims.domain import events
from claims.ledger import codec
from claims.models import Checkpoint, EventRecord, PublicProof
from claims.transparency import bundles, checkpoints, faults, keys, signed_notes
from claims.transparency.bundles import BadProof
from claims.transparency.faults import Fault
from claims.transparency.signed_notes import BadKey, BadNote, Head, Verifier
from claims.tree import tiles
from sources.errors import Category, Refusal

FORMAT = "isnad-proof/2"
TYPES = tuple(name for name in events.TYPES if name.startswith("PublicRecord"))
APART = timedelta(seconds=2)  # between two heads that are signed because something was published


class NotCovered(Refusal):
    """No signed head covers this record yet: ask again in a moment."""

    sentence = gettext_lazy("No signed head covers this record yet: ask again in a moment.")
    category = Category.UNAVAILABLE


# ── made once, and kept


def sign_over(size: int) -> None:
    """Sees to it that a signed head covers `size` events; waits until the newest one is old enough for another.

    Raises checkpoints.Contradicted, keys.NoKey.
    """
    head = checkpoints.newest()
    while head is None or head.size < size:
        head = checkpoints.make(apart=APART)
        if head.size < size:
            time.sleep(max((head.made_at + APART - timezone.now()).total_seconds(), 0.01))


def keep(positions: Sequence[int]) -> None:
    """Keeps the proofs of events at these positions that a signed head covers; what is kept already stays."""
    made = [PublicProof(position=p, checkpoint=head, proof=b"".join(proof)) for p, head, proof in _first_proofs(positions)]
    PublicProof.objects.bulk_create(made, ignore_conflicts=True)


def _first_proofs(positions: Sequence[int]) -> Iterator[tuple[int, Checkpoint, list[bytes]]]:
    """Each position with the first signed head that covers it, and the hashes that lead there; none where no head does."""
    left = sorted(positions)
    while left:
        head = Checkpoint.objects.filter(size__gt=left[0]).order_by("size", "id").first()
        if head is None:
            return
        # No smaller head covers the first of them, so none covers a later one.
        covered, nodes = bisect_left(left, head.size), tiles.Tiles(head.size)
        for position in left[:covered]:
            yield position, head, tree.inclusion(position, head.size, nodes)
        left = left[covered:]


def wrong() -> Iterator[Fault]:
    """Proofs that were kept and do not lead from the log's leaf to the head they name."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT)
        for position, proof, leaf, size, root in cursor:
            if not tree.included(bytes(leaf or b""), position, size or 0, tiles.split(bytes(proof)), bytes(root or b"")):
                yield faults.kept_proof(position)


_KEPT = """
SELECT k.position, k.proof, p.leaf, c.size, c.root
FROM claims_publicproof k LEFT JOIN claims_checkpoint c ON c.id = k.checkpoint_id LEFT JOIN claims_position p USING (position)
ORDER BY k.position
"""


# ── handed out


def public_bundle_of(claim: UUID) -> dict[str, Any]:
    """All that was ever issued to readers of a claim, with its proofs. Raises ledger.NoSuchClaim, NotCovered."""
    rows = list(
        EventRecord.objects.filter(stream=codec.record_stream(claim))
        .order_by("version")
        .values_list("sealed__position", "sealed__sealed_at", "entry", "body", "salt")
    )
    if not rows:
        raise ledger.NoSuchClaim
    proofs = _proofs([row[0] for row in rows if row[0] is not None])
    if len(proofs) < len(rows):
        raise NotCovered
    proved = [_proved(row, *proofs[row[0]]) for row in rows]
    return {"format": FORMAT, "claim": str(claim), "keys": [str(verifier) for verifier in keys.ring().verifiers], "events": proved}


def _proofs(positions: Sequence[int]) -> dict[int, tuple[str, list[bytes]]]:
    """The signed head and the hashes of each position: as they are kept, else as they will be."""
    kept = PublicProof.objects.filter(position__in=positions).select_related("checkpoint")
    found = {each.position: (each.checkpoint.note, tiles.split(bytes(each.proof))) for each in kept}
    missing = [position for position in positions if position not in found]
    return found | {position: (head.note, proof) for position, head, proof in _first_proofs(missing)}


def _proved(row: Any, note: str, proof: list[bytes]) -> dict[str, Any]:
    position, sealed_at, entry, body, salt = row
    return {
        "position": position,
        "sealed_at": codec.stamp(sealed_at),
        "entry": entry,
        "body": body,
        "salt": bytes(salt).hex(),
        "checkpoint": note,
        "proof": [b64encode(hash).decode() for hash in proof],
    }


# ── checked


def check(bundle: Any, trusted: Sequence[Verifier] = ()) -> Head:
    """The largest of the signed heads that hold the events of the bundle. Raises BadProof.

    Without `trusted` keys the bundle's own are believed: that shows that it agrees with itself, not who made it.
    """
    try:
        if bundle["format"] != FORMAT:
            raise BadProof(sentence=_("This is no proof of a claim in a format that is known here."))
        known = trusted or [key for line in bundle["keys"] if isinstance(key := signed_notes.key(line), Verifier)]
        if not bundle["events"]:
            raise BadProof(sentence=_("There is no event in it."))
        heads = {event["checkpoint"]: signed_notes.read(event["checkpoint"], known) for event in bundle["events"]}
        if len({head.origin for head in heads.values()}) > 1:
            raise BadProof(sentence=_("Its signed heads are of different logs."))
        _whole(bundle, heads)
    except (BadNote, BadKey) as error:
        raise BadProof(sentence=_("Its signed head is broken, or signed by none of the keys.")) from error
    except (KeyError, TypeError, AttributeError, ValueError, BadBase64) as error:
        if isinstance(error, BadProof):
            raise
        raise BadProof(sentence=_("This is no proof of a claim in a format that is known here.")) from error
    return max(heads.values(), key=lambda head: head.size)


def _whole(bundle: dict[str, Any], heads: dict[str, Head]) -> None:
    """Every event of this claim's record is there, in the log, and reads as it was written or as an erasure left it."""
    stream = str(codec.record_stream(UUID(bundle["claim"])))
    redacted: dict[str, str] = {}
    # Backwards: an erasure comes after what it struck words out of, and the last one that names a body says how it reads.
    for version, event in reversed(list(enumerate(bundle["events"], 1))):
        words = {"version": version}
        entry, digest = orjson.loads(event["entry"]), bundles.digest_now(event)
        if (entry["stream"], entry["version"]) != (stream, version) or entry["type"] not in TYPES:
            raise BadProof(sentence=_("Event %(version)s is missing, or another claim's stands in its place.") % words)
        if digest not in (entry["body"], redacted.get(entry["id"])):
            raise BadProof(sentence=_("The body of event %(version)s is not the one that was written.") % words)
        bundles.in_the_log(event, heads[event["checkpoint"]], words)
        if entry["type"] == "PublicRecordErased":
            redacted = orjson.loads(event["body"])["bodies"] | redacted
