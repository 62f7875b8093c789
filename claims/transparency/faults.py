"""What a verification can find: one sentence, and the position where the log is first wrong."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.tree import leaves
from claims.tree.leaves import Wrong

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written, in one sentence; `position` where it is about one event."""

    sentence: str
    position: int | None = None

    def __str__(self) -> str:
        return self.sentence


def silent(done: int, total: int) -> None:
    """Nobody watches."""


def row(wrong: Wrong) -> Fault:
    """What is wrong with the row at a position."""
    if wrong.what == leaves.MISSING:
        return Fault(_("Position %s is missing.") % wrong.position, wrong.position)
    if wrong.what == leaves.GONE:
        return Fault(_("The event at position %s is missing or cannot be read.") % wrong.position, wrong.position)
    said = {
        leaves.OTHER: _("its leaf is not that of its entry"),
        leaves.ENTRY: _("its entry cannot be read"),
        leaves.COLUMNS: _("its columns are not those of its entry"),
        leaves.BODY: _("its body is not the one that was written"),
    }
    words = {"position": wrong.position, "type": wrong.type, "stream": wrong.stream, "wrong": said[wrong.what]}
    return Fault(_("The event at position %(position)s (%(type)s of %(stream)s) was changed: %(wrong)s.") % words, wrong.position)


def other_leaf(position: int, kept: str) -> Fault:
    """A copy of the tree holds another leaf than the log."""
    words = {"position": position, "kept": kept}
    return Fault(_("The event at position %(position)s is not the one whose leaf is kept in %(kept)s.") % words, position)


def head(size: int, kept: str, position: int) -> Fault:
    """The log is not the one that was signed; it differs from `position` on, or a little later."""
    words = {"size": size, "kept": kept, "position": position}
    said = ngettext(
        "The log is not the one that was signed at %(size)s event (%(kept)s): it differs at position %(position)s or later.",
        "The log is not the one that was signed at %(size)s events (%(kept)s): it differs at position %(position)s or later.",
        size,
    )
    return Fault(said % words, position)


def cut(length: int, seen: int, kept: str) -> Fault:
    """The log is shorter than it was."""
    words = {"last": length - 1, "seen": seen - 1, "kept": kept, "missing": length}
    said = _("The log ends at position %(last)s, and was seen to reach %(seen)s (%(kept)s): the first missing position is %(missing)s.")
    return Fault(said % words, length)


def unsigned(kept: str) -> Fault:
    """A head that no known key has signed."""
    return Fault(_("A signed head of the log (%s) cannot be read, or no known key has signed it.") % kept)


def tile(level: int, index: int) -> Fault:
    """An inner row of the tree is not what the rows below make."""
    return Fault(_("The tree that is kept is wrong at tile %(index)s of level %(level)s.") % {"level": level, "index": index})


def kept_proof(position: int) -> Fault:
    """A proof of a public record that was kept is not one."""
    return Fault(_("The proof that is kept of position %s does not lead to the head that was signed.") % position, position)
