"""A cascade of small grammars: each pass is a regular expression over the kinds of parts, and puts fewer, larger parts in their place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import regex

# What the patterns call a part -> the letters that stand for it in the row of kinds that they are matched against.
KINDS = {
    "num": "N",  # digits, up to 999
    "nth": "n",  # 3rd
    "ord": "o",
    "card": "C",
    "both": "1",  # «اثنين», «أحد»: a number, and a weekday
    "year": "Y",  # a number that may be one, or a year said to be one
    "saidyear": "y",  # a year that is said to be one: «عام 2022», "last year"
    "month": "M",
    "doubtful": "m",  # a month name that is another word too
    "verb": "v",  # "may", "march" in small letters
    "split": "J",  # the first half of a month name in two words
    "hijri": "H",
    "weekday": "W",
    "bareday": "w",
    "relday": "R",
    "unit": "U",
    "theunit": "D",  # a unit with its article: «الشهر»
    "units": "P",
    "dual": "T",
    "past": "p",
    "future": "f",
    "now": "t",
    "of": "x",
    "in": "i",
    "the": "h",
    "article": "j",
    "and": "&",
    "about": "u",
    "to": ">",
    "from": "<",
    "between": "b",
    "since": "s",
    "before": "A",
    "after": "z",
    "later": "l",
    "ago": "a",
    "hence": "c",
    "edge": "E",
    "tod": "k",
    "season": "S",
    "half": "Q",
    "fraction": "2",  # «ربع»: a quarter of a year or of anything
    "decade": "G",
    "tens": "g",  # «تسعينيات»
    "fiscal": "F",
    "general": "!",
    "nottoday": "Z",
    "holiday": "X",
    "same": "=",
    "era": "e",
    "hera": "3",
    "dash": "-",
    "slash": "/",
    "dot": ".",
    "comma": ",",
    "open": "(",
    "close": ")",
    "percent": "%",
    "word": "_",
    # what the passes make
    "day": "d",  # a day, perhaps without its year, or a weekday alone
    "part": "q",  # a quarter, half or season, perhaps without its year
    "period": "K",  # a week, weekend, century: whatever has its EDTF already
    "lasting": "L",  # a duration
    "span": "I",  # an interval
    "ends": "V",  # the two ends of one
    "void": "0",  # read, and no date
}  # fmt: skip


@dataclass(slots=True)
class Part:
    """Some characters of the folded text, what kind of part they are, and what they mean."""

    code: str
    start: int
    end: int
    value: Any = None


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it is said. `month` may be an EDTF season, quarter or half; `edtf` holds what has no such fields."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    edtf: str | None = None
    relative: bool = False
    hijri: bool = False  # reckoned from the other calendar
    event: tuple[int, str] | None = None  # so many units after what the text told last: "a week later"


def year_of(part: Part | None) -> tuple[int | None, bool]:
    """The year of a part, and whether it was reckoned from the day of publication."""
    if part is None:
        return None, False
    if isinstance(part.value, int):
        return (part.value if part.value > 99 else part.value + (2000 if part.value < 50 else 1900)), False
    return part.value.year, part.value.relative


@dataclass(slots=True)
class Context:
    """What a reader of dates must know: the day of publication, the text, the way it writes numeric dates."""

    published: date
    low: str
    original: str  # the same text with its capitals
    arabic: bool
    tense: Callable[..., int]  # of the clause around a place: 1 future, -1 past, 0 untold


Reader = Callable[[Context, dict[str, Part]], tuple[str, Any] | None]
Rule = tuple[regex.Pattern[str], tuple[tuple[str, int], ...], Reader]


class Grammar:
    """One pass: rules in order of preference, the leftmost match first."""

    def __init__(self) -> None:
        self._rules: list[Rule] = []
        self._any: regex.Pattern[str] | None = None
        self._fitting: dict[str, list[Rule]] = {}
        self._macros: dict[str, str] = {}

    def macro(self, name: str, pattern: str) -> None:
        """A name for a piece of pattern that several rules share."""
        self._macros[name] = self._compiled(pattern)

    def rule(self, *patterns: str) -> Callable[[Reader], Reader]:
        """Reads what these patterns find; a reader that answers None leaves the place to the next rule."""

        def keep(reader: Reader) -> Reader:
            for pattern in patterns:
                compiled = regex.compile(self._compiled(pattern))
                self._rules.append((compiled, tuple(compiled.groupindex.items()), reader))
            self._any, self._fitting = None, {}
            return reader

        return keep

    def reduce(self, parts: list[Part], context: Context) -> list[Part]:
        """The parts with all that this pass reads put together."""
        row = "".join([part.code for part in parts])
        out: list[Part] = []
        done = 0
        for place in self._places(row):
            if place < done:
                continue
            for pattern, names, reader in self._fit(row[place : place + 2]):
                if (found := pattern.match(row, place)) is None:
                    continue
                said = {name: parts[at] for name, group in names if (at := found.start(group)) >= 0}
                if (read := reader(context, said)) is None:
                    continue
                end = found.end()
                whole = found.span("keep") if "keep" in said else (place, end)
                out += parts[done : whole[0]]
                out.append(Part(read[0], parts[whole[0]].start, parts[whole[1] - 1].end, read[1]))
                out += parts[whole[1] : end]
                done = end
                break
        return out + parts[done:] if done else parts

    def _fit(self, opening: str) -> list[Rule]:
        """The rules that may match where these two kinds stand: most never can, and trying them is what costs."""
        if (rules := self._fitting.get(opening)) is None:
            rules = self._fitting[opening] = [rule for rule in self._rules if rule[0].match(opening, partial=True)]
        return rules

    def _places(self, row: str) -> list[int]:
        """Where a rule may match: one search for all of them."""
        if self._any is None:
            every = [regex.sub(r"\(\?P<\w+>", "(?:", pattern.pattern) for pattern, *_ in self._rules]
            self._any = regex.compile("(?=" + "|".join(f"(?:{each})" for each in every) + ")")
        return [found.start() for found in self._any.finditer(row)]

    def _compiled(self, pattern: str) -> str:
        return "".join(self._piece(word) for word in pattern.split())

    def _piece(self, word: str) -> str:
        if word in {"(", "|", ")", ")?", ")*"}:
            return "(?:" if word == "(" else word
        if word.startswith(("(?", "[")):
            return word
        name, _, kinds = word.rpartition("=")
        kinds, mark = (kinds[:-1], kinds[-1]) if kinds[-1] in "?*+" else (kinds, "")
        if kinds in self._macros:
            body = self._macros[kinds]
        else:
            body = "[" + "".join(regex.escape(KINDS[kind]) for kind in kinds.split("/")) + "]"
        return f"(?P<{name}>{body}){mark}" if name else f"(?:{body}){mark}"
