"""Two numbers that are the ends of one: «بين 10 و15», "5 to 7 percent", 3-5 km."""

from dataclasses import dataclass

from sources.text.numbers.numerals import Grammar, Numeral
from sources.text.numbers.tokens import Tokens, key, keys
from sources.text.numbers.units import Unit, Units

_BETWEEN = keys("بين وبين فبين between")
_FROM = {key(w) for w in ["من", "ومن", "from"]}
_TO = keys("إلى to until till حتى")
_AND = {"و", "and"}
_OR = {key(w) for w in ["or", "أو"]}
_SOFT = keys("نحو حوالي قرابة about around nearly roughly some")
# Verbs of change: their "from" and "to" are two figures.
_CHANGE = tuple(
    sorted(
        keys(
            "ارتفع انخفض زاد تراجع قفز هبط صعد هوى رفع خفض تقلص نما انتقل تحول قلص زيادة رفعت خفض خفضت ازداد انحدر نزل يرتفع ينخفض "
            "سيرتفع ترتفع تنخفض تخفيض rose rise rising rises raise raised raising fell fall falling falls cut cuts cutting drop "
            "dropped dropping increase increased grew grow grown jump jumped climb climbed down up lower lowered reduce reduced "
            "decline declined slipped shrank soared plunged went moved upgraded revised"
        )
    )
)
_RANGED = keys(
    "range ranges ranging ranged cost costs costing anywhere worth priced estimates estimated somewhere نطاق يتراوح تتراوح تراوح تراوحت تكلف كلفة قيمتها"
)
_CLAUSE = 12


@dataclass(frozen=True, slots=True)
class Range:
    """The second number, the first as it is meant (a scale lent to it), the unit, and where the words open."""

    low: Numeral
    high: Numeral
    unit: Unit | None
    opening: int | None  # where the opening word starts, in the folded text


class Ranges:
    """Looks for a second number after a first."""

    def __init__(self, tokens: Tokens, grammar: Grammar, units: Units) -> None:
        self.t, self.grammar, self.units = tokens, grammar, units

    def read(self, first: int, n: Numeral, unit: Unit | None) -> Range | None:
        """The range whose lower end is `n`, or none."""
        opener = self._opener(first)
        found = self._second(n.after, opener) or (self._second(unit.after, opener) if unit else None)
        if found is None and opener == "between":
            return self._split(first, n)
        if found is None:
            return None
        high, joint, money = found
        low = self._lent(n, high)
        if high.value <= low.value or n.share or (opener == "from" and not self._is_range(first, priced=unit is not None)):
            return None
        if joint == "to" and not opener and unit and (self.t.word(first - 1) == "by" or self._changes(first + 1)):
            return None  # "rose 22 percent to $9.4 billion"
        further = self.units.following(high) or (Unit(money, "money", high.after) if money else None)
        if joint == "to" and not opener and unit and unit.kind != "count" and further is None:
            return None  # "slid 1.2% to 18.95"
        if unit and further is None and high.after > unit.after and unit.kind != "count":
            further = Unit(unit.name, unit.kind, high.after)
        if unit and further and unit.name != further.name:
            return None
        if unit and (further is None or further.kind == "count") and unit.kind == "count" and opener != "between" and joint != "to":
            return None
        if joint == "or" and high.value > 2 * low.value + 1:
            return None
        if joint == "or" and further is None:
            return None
        return Range(low, high, further, self._opening(first, opener))

    def _split(self, first: int, n: Numeral) -> Range | None:
        """«بين خمسة وعشرين»: what reads as one sum is two ends where nothing else is the second."""
        for k in range(first + 1, n.after):
            word = self.t.word(k)
            if not (word in _AND or word.startswith("و")):
                continue
            self.grammar.split = k
            low = self.grammar.numeral(first)
            self.grammar.split = -1
            high = self.grammar.numeral(k + 1 if word in _AND else k)
            if low and high and low.after == k and high.value > low.value:
                return Range(self._lent(low, high), high, self.units.following(high), self._opening(first, "between"))
        return None

    def _opener(self, first: int) -> str:
        for k in (first - 1, first - 2):
            if k >= 0 and self.t.joined(k + 1) and (k == first - 1 or self.t.word(first - 1) in _SOFT):
                word = self.t.word(k)
                if word in _BETWEEN:
                    return "between"
                if word in _FROM:
                    return "from"
        return ""

    def _opening(self, first: int, opener: str) -> int | None:
        if not opener:
            return None
        k = first - 1 if self.t.word(first - 1) not in _SOFT else first - 2
        if opener == "between" and self.t.word(k - 1) in ("ما", "وما", "فيما") and self.t.joined(k):
            k -= 1
        return self.t.starts[k] + (1 if self.t.word(k) in ("وبين", "فبين", "ومن", "وما") else 0)

    def _second(self, j: int, opener: str) -> tuple[Numeral, str, str] | None:
        """The second number, what joins it, and the currency that stands before it."""
        joint, k = self._joint(j, opener)
        if not joint:
            return None
        money = ""
        if self.t.word(k) in _SOFT:
            k += 1
        if (before := self.units.money.before(k)) and self.t.joined(before[1]):
            money, k = before
        high = self.grammar.numeral(k)
        return (high, joint, money) if high and not high.share else None

    def _joint(self, j: int, opener: str) -> tuple[str, int]:
        """What joins the two, and the token where the second opens."""
        gap, word = self.t.gap(j), self.t.word(j)
        if gap is None:
            return "", j
        if gap.strip(" \t") in ("-", "–", "—", "−") and (self.t.is_digits(j) or self.t.word(j) in ("$", "€", "£") or self.grammar.opens(j)):
            return "dash", j
        if gap.strip(" \t") not in ("", ","):
            return "", j
        if word == "~":
            return "dash", j + 1
        if word in _TO and gap.strip(" \t") == "" and self.t.joined(j + 1):
            return "to", j + 1
        if opener == "between" or (opener == "from" and word == "and"):
            if word in _AND:
                return "and", j + 1
            if word.startswith("و") and self.grammar.opens(j):
                return "and", j
        if opener == "from" and word.startswith("ل") and self.grammar.opens(j) and self.t.word(j) != "لن":
            return "to", j
        if word in _OR and self.t.joined(j + 1) and gap.strip(" \t") == "":
            return "or", j + 1
        return "", j

    def _lent(self, n: Numeral, high: Numeral) -> Numeral:
        """«بين 10 و15 ألفا»: the scale of the second is the first's, too, where the first is the smaller number without it."""
        if n.scale == 1 and high.scale > 1 and n.value < high.value / high.scale:
            n = Numeral(n.start, n.end, n.after, n.value * high.scale, n.spelled, high.scale, n.share, n.definite, n.lone, n.written)
        return n

    def _is_range(self, first: int, *, priced: bool) -> bool:
        """Is "from … to …" one range? Not after a verb of change, nor where the first has a unit of its own and nothing says so."""
        if priced and self.t.starts[first] > 5:
            return any(word in _RANGED for word in self.t.texts[max(0, first - 8) : first])
        return not self._changes(first)

    def _changes(self, first: int) -> bool:
        """Does a verb of change govern the two?"""
        for k in range(first - 2, max(-1, first - 2 - _CLAUSE), -1):
            gap = self.t.gap(k + 1)
            if gap is None or gap.strip(" \t\"'") in (".", "؛", ";", "\n"):
                return False
            if self.t.word(k) in _RANGED:
                return False
            if self.t.word(k).lstrip("و").startswith(_CHANGE) if not self.t.word(k).isascii() else self.t.word(k) in _CHANGE:
                return True
        return False
