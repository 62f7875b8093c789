"""Every head that was ever signed, in the database and outside it, held against the log as it is gone through."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge

from django.utils.translation import gettext as _

from claims.models import Checkpoint
from claims.transparency import external_copy, faults, keys, signed_notes
from claims.transparency.faults import Fault
from claims.transparency.signed_notes import BadNote
from claims.tree import Frontier

ENDLESS = 1 << 63


@dataclass(frozen=True, slots=True, order=True)
class Signed:
    """A note, what size and root it was kept for, and where."""

    size: int
    note: str
    kept: str
    root: bytes = b""  # in the database alone


class Heads:
    """The heads of sizes `start` to `stop`, smallest first."""

    def __init__(self, start: int, stop: int) -> None:
        self._known = keys.ring().verifiers
        self._all = _all(start, stop)
        self._next = next(self._all, None)
        self._sound = ""  # the last note that held, so that its copies are not checked again
        self.good = start  # up to here what was signed holds

    @property
    def next_size(self) -> int:
        """The size of the next head to hold against the log."""
        return self._next.size if self._next else ENDLESS

    def disagree(self, edge: Frontier) -> Iterator[Fault]:
        """The heads of the size that the log has here, and that say another root or nobody known has signed."""
        while self._next and self._next.size <= edge.size:
            signed, self._next = self._next, next(self._all, None)
            if signed.note == self._sound and signed.size == self.good and signed.root in (b"", edge.root()):
                continue
            try:
                head = signed_notes.read(signed.note, self._known)
            except BadNote:
                yield faults.unsigned(signed.kept)
                continue
            if {head.size, signed.size} != {edge.size} or {head.root, signed.root or head.root} != {edge.root()}:
                yield faults.head(signed.size, signed.kept, self.good)
            self._sound, self.good = signed.note, edge.size


def _all(start: int, stop: int) -> Iterator[Signed]:
    rows = Checkpoint.objects.filter(size__gte=start, size__lte=stop).order_by("size", "note").values_list("size", "note", "root")
    inside = (Signed(size, note, _in_database(), bytes(root)) for size, note, root in rows.iterator())
    # The newest one apart: while a head is being kept it may be older than the last of the history.
    kept = merge(inside, _history(), _newest())
    return (signed for signed in kept if start <= signed.size <= stop)


def _in_database() -> str:
    return _("in the database")


def _history() -> Iterator[Signed]:
    for note in external_copy.history():
        yield _signed(note, str(external_copy.folder() / "history"))


def _newest() -> Iterator[Signed]:
    if (note := external_copy.newest()) is not None:
        yield _signed(note, str(external_copy.folder() / "checkpoint"))


def _signed(note: str, kept: str) -> Signed:
    try:
        return Signed(signed_notes.size_of(note), note, kept)
    except BadNote:
        return Signed(0, note, kept)
