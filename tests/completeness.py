"""Holds a list of names against every place that must know them, and says in sentences what is missing where."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation

from config.embedded import paths

ANY = "(any)"  # as a name: all that the place lacks; as a place: all but the one that knows the name
LeftOut = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Place:
    """One place that must know the names, and what to do where it does not.

    `names` are those it knows; with `lists` they count as names wherever they are known. `asked` is for a place that has no list:
    does it know this name? `called` gives what it calls a name where it calls it otherwise.
    """

    where: str
    add: str
    names: Collection[str] = ()
    asked: Callable[[str], bool] | None = None
    lists: bool = False
    called: Mapping[str, str] = field(default_factory=dict)

    def knows(self, name: str) -> bool:
        """Is it known here?"""
        return self.asked(name) if self.asked else self.called.get(name, name) in self.names

    def listed(self) -> set[str]:
        """The names that it brings."""
        back = {theirs: ours for ours, theirs in self.called.items()}
        return {back.get(name, name) for name in self.names} if self.lists else set()


def faults(kind: str, around: Sequence[Place], left_out: LeftOut) -> list[str]:
    """What is missing, and which exception is needed no longer: a sentence each.

    `left_out` says by name and place, in words, why a place does without.
    """
    names = sorted(set().union(*(place.listed() for place in around)))
    known = {(name, place.where): place.knows(name) for name in names for place in around}
    wheres = [place.where for place in around]
    missing = [
        f"The {kind} “{name}” is missing from {place.where}: {place.add}. "
        f"If it has no business there, say why in LEFT_OUT under ({name!r}, {place.where!r})."
        for name in names
        for place in around
        if not known[name, place.where] and not _excused(name, place.where, left_out)
    ]
    return missing + [fault for (name, where), why in left_out.items() if (fault := _needless(kind, name, where, why, known, wheres))]


def _excused(name: str, where: str, left_out: LeftOut) -> bool:
    return (name, where) in left_out or (ANY, where) in left_out or (name, ANY) in left_out


def _needless(kind: str, name: str, where: str, why: str, known: Mapping[tuple[str, str], bool], wheres: list[str]) -> str:
    entry = f"LEFT_OUT[{name!r}, {where!r}]"
    if not why.strip():
        return f"{entry} gives no reason: say in words why this place does without."
    if where != ANY and where not in wheres:
        return f"{entry} is about a place that is not looked at: take the entry out, or mend its name."
    if name != ANY and not any(each == name for each, _at in known):
        return f"{entry} is about a {kind} that no place knows any more: take the entry out."
    if where == ANY:
        found = [at for (each, at), is_known in known.items() if each == name and is_known]
        # What one place alone knows has nothing to agree with; from two on, the others have to be told.
        return f"{entry} is too wide: “{name}” is known in {' and '.join(found)}. Name the places that do without." if found[1:] else ""
    of_place = [is_known for (each, at), is_known in known.items() if at == where and name in (ANY, each)]
    return f"{entry} is needed no longer: it is known there now. Take the entry out." if all(of_place) else ""


def told(found: Sequence[str]) -> str:
    """The sentences, one a line, for the message of an assertion."""
    return "\n" + "\n".join(f"  {number}. {sentence}" for number, sentence in enumerate(found, 1))


def has_arabic(sentence: Any) -> bool:
    """Does an Arabic reader get something else than an English one, in Arabic letters?"""
    with translation.override("en"):
        english = str(sentence)
    with translation.override("ar"):
        arabic = str(sentence)
    return arabic != english and bool(re.search("[\u0620-\u064a]", arabic))


def read_text(path: str) -> str:
    """A file of the repository."""
    return (paths.BASE / path).read_text(encoding="utf-8")


def rows_under(heading: str, path: str) -> list[list[str]]:
    """The cells of the tables after a heading of a document in Markdown, up to the next heading; their heads are left out."""
    _before, found, after = read_text(path).partition(f"\n{heading}\n")
    assert found, f"{path} has no heading “{heading}”"
    lines = after.split("\n#", 1)[0].splitlines()
    heads = {number + below for number, line in enumerate(lines, -1) if line.startswith("| ---") for below in (0, 1)}
    rows = [line for number, line in enumerate(lines) if line.startswith("|") and number not in heads]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip("| "))] for row in rows]


def in_code(cell: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", cell)
