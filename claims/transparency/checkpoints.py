"""The log's signed heads: made, kept in the database and outside it, and never against what was signed before."""

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims import ledger, tree
from claims.models import Checkpoint, Position
from claims.transparency import external_copy, keys, signed_notes
from claims.transparency.signed_notes import BadNote, Head
from claims.tree import tiles
from sources.errors import Category, Refusal

log = logging.getLogger(__name__)
_LOCK = 4_775_617_002


class Contradicted(Refusal):
    """The log is not the one whose head was signed before: nothing is signed until somebody has looked at it (`manage.py verify`)."""

    sentence = _("The log is not the one whose head was signed before: nothing is signed until somebody has looked at it.")
    category, title = Category.UNAVAILABLE, _("Not signed")


def newest() -> Checkpoint | None:
    """The newest head, as it was signed."""
    return Checkpoint.objects.order_by("-size", "-id").first()


def make(*, apart: timedelta = timedelta()) -> Checkpoint:
    """Signs the head of the log as it is now; where the newest one says the same, that one. Raises Contradicted, keys.NoKey.

    Nothing is signed so soon after the newest one that they would not be so far `apart`: then it is the newest one too.
    What is signed is committed: the database's copy is written first, the one outside after it, and mended next time where a
    crash came between.
    """
    ledger.seal()
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = newest()
        if last and timedelta() <= timezone.now() - last.made_at < apart:
            return last
        ring = keys.signing_ring(first=last is None)
        size = length()
        tiles.grow(size)
        head = Head(ring.origin, size, tiles.root(size))
        for before in (last.note if last else None, external_copy.newest()):
            _must_lead_to(before, head, ring)
        if last is None or last.size != size or signed_notes.signed_by(last.note) != {(s.name, s.verifier.id) for s in ring.signers}:
            last = Checkpoint.objects.create(size=size, root=head.root, note=signed_notes.write(head, ring.signers), made_at=timezone.now())
    try:
        external_copy.keep(last.note, size, ring.verifiers, leaves)
    except OSError as error:  # the head stands; the next one tries again
        log.error("The signed head of the log could not be kept in %s: %s", external_copy.folder(), error)
    return last


def covering(size: int) -> Checkpoint:
    """The newest head, or one made now where that one does not reach `size` events."""
    last = newest()
    return last if last and last.size >= size else make()


def _must_lead_to(note: str | None, head: Head, ring: keys.Ring) -> None:
    if note is None:
        return
    try:
        before = signed_notes.read(note, ring.verifiers)
    except BadNote as error:
        raise Contradicted from error
    if before.size > head.size or tiles.root(before.size) != before.root:
        raise Contradicted


def length() -> int:
    """How many events have a place in the log."""
    last = Position.objects.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def leaves(start: int, stop: int) -> bytes:
    """The leaves of positions `start` to `stop`, as they are kept."""
    rows = Position.objects.filter(position__gte=start, position__lt=stop).order_by("position")
    return b"".join(bytes(leaf) for leaf in rows.values_list("leaf", flat=True))


def consistency(old: int, new: int) -> list[bytes]:
    """The proof that the log of `new` events begins with that of `old`. Raises IndexError for sizes that never were."""
    if new > length():
        raise IndexError(new)
    return tree.consistency(old, new, tiles.Tiles(new))
