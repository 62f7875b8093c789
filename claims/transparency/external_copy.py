"""What is kept of the log outside the database, so that an old backup or a rewritten log is noticed.

In one folder: `checkpoint`, the newest signed head (a note); `history`, all of them, a JSON string a line; `leaves`, 32 bytes for
each position, which tell *where* a log differs; `keys`, the public keys.
"""

import fcntl
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

LEAF = 32
AT_ONCE = 4096  # leaves written together
LONGEST_LINE = 64 * 1024
ReadLeaves = Callable[[int, int], bytes]


def folder() -> Path:
    """Where the copy is kept; better on another disk or machine than the database."""
    return Path(settings.CHECKPOINTS)


def newest() -> str | None:
    """The newest signed head that was kept."""
    file = folder() / "checkpoint"
    return file.read_text(encoding="utf-8") if file.exists() else None


def history() -> Iterator[str]:
    """Every signed head that was kept, first to last, as far as they are whole: a line may be being written, or was cut by a crash."""
    file = folder() / "history"
    if file.exists():
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                if not line.endswith("\n"):
                    return  # what comes after it would be its other half
                yield _note(line)


def _note(line: str) -> str:
    try:
        return str(json.loads(line))
    except ValueError:
        return line  # no note either: whoever reads it will say so


def keys() -> list[str]:
    """The public keys that were kept."""
    file = folder() / "keys"
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def reach() -> int:
    """How many leaves were kept."""
    file = folder() / "leaves"
    return file.stat().st_size // LEAF if file.exists() else 0


def leaves(start: int, stop: int) -> bytes:
    """The leaves that were kept of positions `start` to `stop`; fewer where fewer were kept."""
    file = folder() / "leaves"
    if not file.exists():
        return b""
    with file.open("rb") as kept:
        kept.seek(start * LEAF)
        found = kept.read((stop - start) * LEAF)
    return found[: len(found) // LEAF * LEAF]


def keep(note: str, size: int, verifiers: Iterable[object], read_leaves: ReadLeaves) -> None:
    """Keeps a head that is newer than the kept one: leaves, history and keys first, so that the newest head never lacks them."""
    with _alone():
        if note == newest():
            return
        _add_keys([str(key) for key in verifiers])
        _add_leaves(size, read_leaves)
        _cut_to_lines(folder() / "history")
        _append(folder() / "history", (json.dumps(note, ensure_ascii=False) + "\n").encode())
        _replace(folder() / "checkpoint", note)


def _add_leaves(size: int, read_leaves: ReadLeaves) -> None:
    file, kept = folder() / "leaves", reach()
    with file.open("ab") as out:
        out.truncate(kept * LEAF)  # what a crash cut short
        for start in range(kept, size, AT_ONCE):
            out.write(read_leaves(start, min(start + AT_ONCE, size)))
        out.flush()
        os.fsync(out.fileno())


def _cut_to_lines(file: Path) -> None:
    """Takes away a last line that a crash cut short: the next one would be spoiled by it."""
    if not file.exists() or not (size := file.stat().st_size):
        return
    with file.open("r+b") as kept:
        kept.seek(max(0, size - LONGEST_LINE))
        end = kept.read()
        kept.truncate(size - len(end) + end.rfind(b"\n") + 1)


def _add_keys(lines: list[str]) -> None:
    known = keys()
    if new := [line for line in lines if line not in known]:
        _append(folder() / "keys", "".join(f"{line}\n" for line in new).encode())


def _append(file: Path, data: bytes) -> None:
    with file.open("ab") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _replace(file: Path, text: str) -> None:
    descriptor, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    Path(name).replace(file)
    there = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(there)
    finally:
        os.close(there)


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
