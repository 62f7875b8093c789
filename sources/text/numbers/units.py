"""The unit after a number: a share, a currency, a measure, a span of time, or what is counted."""

from dataclasses import dataclass

from sources.text.numbers import measures, nouns
from sources.text.numbers.currencies import Money
from sources.text.numbers.numerals import Numeral
from sources.text.numbers.tokens import Tokens

_DEFINITE_LEADS = ("ال",)
_OF = ("من", "of")
_THE = ("the", "its", "his", "her", "their", "these", "those", "our")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, its kind (share, money, measure, duration, times, count, ratio) and the token after it."""

    name: str
    kind: str
    after: int


class Units:
    """Reads the unit that follows a numeral."""

    def __init__(self, tokens: Tokens, money: Money) -> None:
        self.t, self.money = tokens, money

    def following(self, n: Numeral) -> Unit | None:
        """The unit right after the numeral, or none."""
        i = n.after
        if not self.t.hyphened(i):
            return None
        hyphen = not self.t.joined(i)
        if found := self._measure(i, n, hyphen=hyphen):
            return found
        if found := self._money(i, n):
            return found
        if n.share:
            return None
        return None if hyphen or (self.t.glued(i) and self.t.word(i).isascii()) else self._counted(i, n)

    def _measure(self, i: int, n: Numeral, *, hyphen: bool) -> Unit | None:
        found = measures.PHRASES.ahead(self.t, i)
        if found is None:
            return None
        label, after = found
        unit = measures.measure(label)
        word = self.t.word(i)
        if after == i + 1 and word in measures.ONLY_GLUED and not self.t.glued(i) and not self._ends(after):
            return None
        if hyphen and word in ("min", "second") and self.t.word(after) == "hand":
            return None
        if word in ("قدم", "عقد") and n.value < 3:
            return None
        if word == "min" and not self.t.joined(i):
            return None
        if unit.name == "mile" and word == "ميل" and n.value < 3:
            return None
        return Unit(unit.name, unit.kind, after)

    def _ends(self, j: int) -> bool:
        return not self.t.joined(j) or self.t.word(j) in (
            "of",
            "and",
            "or",
            "tall",
            "long",
            "high",
            "wide",
            "deep",
            "away",
            "above",
            "below",
            "from",
        )

    def _money(self, i: int, n: Numeral) -> Unit | None:
        word = self.t.word(i)
        if found := self.money.after(i):
            if word == "won" and n.scale == 1 and n.value < 100:
                return None
            return Unit(found[0], "money", found[1])
        if cent := self.money.cents(i):
            if word in ("c", "sen") and not self.t.glued(i) and not self._ends(i + 1):
                return None
            return Unit(cent, "money", i + 1)
        return None

    def _counted(self, i: int, n: Numeral) -> Unit | None:
        word = self.t.word(i)
        if word in _OF and self.t.joined(i + 1):
            return self._some_of(i + 1, n)
        if word in ("additional", "more", "other", "new", "extra", "full", "further", "consecutive") and self.t.joined(i + 1):
            found = measures.PHRASES.ahead(self.t, i + 1)
            if found and found[0].startswith("duration:"):
                return Unit(measures.measure(found[0]).name, "duration", found[1])
        after = nouns.counted(self.t, i)
        if after is None:
            return None
        return Unit(self.t.read(self.t.starts[i], self.t.ends[after - 1]), "count", after)

    def _some_of(self, i: int, n: Numeral) -> Unit | None:
        """«ثلاثة من الجنود», "three of the ships": so many of those."""
        word = self.t.word(i)
        if n.value == 1 and n.spelled:
            return None
        if nouns.is_arabic(word):
            known = word.startswith("ال") and len(word) > 4
            of_known = not nouns.counts_nothing(word) and self.t.joined(i + 1) and self.t.word(i + 1).startswith("ال")
            if not known and not of_known:
                return None
            return Unit(self.t.read(self.t.starts[i], self.t.ends[i]), "count", i + 1)
        if word in _THE and self.t.joined(i + 1) and (after := nouns.counted(self.t, i + 1)):
            return Unit(self.t.read(self.t.starts[i + 1], self.t.ends[after - 1]), "count", after)
        return None
