"""The figures of a text: numerals with their comparators and units, and nothing that is no figure."""

from dataclasses import replace
from decimal import Decimal

import regex

from sources.text.numbers import comparators, days, nouns, shares, strangers, wordless
from sources.text.numbers.currencies import SYMBOLS
from sources.text.numbers.digits import thousands
from sources.text.numbers.figures import Figure, Quantity, Readers
from sources.text.numbers.measures import SINGLE
from sources.text.numbers.number_words import MINUS, VULGAR, number_word
from sources.text.numbers.numerals import Numeral
from sources.text.numbers.ranges import Range, Ranges
from sources.text.numbers.tokens import keys
from sources.text.numbers.units import Unit

# From one bracket to the next: «)، ثم لحج (», where another number opens.
_BETWEEN = regex.compile(r"\)[،,]?+(?: \p{L}++){1,4} \((?=\d{1,3}\D)")
_JOINTS = keys("to إلى و and or أو")
_DIALLED = (" ", "-", ".", "/", ") ", " (", "–")
LONGEST_RUN = 60  # numbers in a row, with a word or two between
_EXACT = Decimal("0.0000000001")  # as precisely as the record keeps a figure
_PEOPLE = keys(
    "person soldier civilian child woman man boy girl policeman officer protester journalist worker seat vote goal point passenger patient death case "
    "ship aircraft missile drone official member student doctor nurse teacher pilot sailor fighter gunman"
)
_WHOLES = keys("عدد سكان أعضاء مقاعد إجمالي مساحة قيمة حجم إنتاج صادرات واردات ميزانية أصوات")
_THE = ("the", "its", "their", "his", "her", "our", "all", "of", "من")
_VERBS = keys("have has had are were is was will would said say live lives voted remain remained")
_HALVES = keys("first second other last latter this the each final")
_NOT_SHARED = keys("النهائي النهائية الأول الأولى الثاني الثانية الأخير الأخيرة الثالث الرابع السنوي السنوية القرن")


class Reader:
    """One pass over the tokens of one text, in linear time: each look back or ahead is bounded."""

    def __init__(self, text: str) -> None:
        self.r = Readers(text)
        self.t = self.r.tokens
        self.ranges = Ranges(self.t, self.r.grammar, self.r.units)
        self.found: list[Quantity] = []
        self.last = 0
        self.run, self.tried = 0, 0

    def read(self) -> list[Quantity]:
        """Every figure, in order and not overlapping."""
        i = 0
        while i < len(self.t):
            i = self._at(i)
        return self.found

    def _at(self, i: int) -> int:
        """Reads what stands at token `i`; where to go on."""
        t, word = self.t, self.t.texts[i]
        if t.rows[i]:
            return i + 1
        if t.digits[i] or word in VULGAR:
            return self._figure(i, i, None)
        if word[0].isalpha():
            if number_word(word) or word in MINUS or (word in ("a", "an") and t.joined(i + 1)):
                return self._figure(i, i, None)
            if found := wordless.read(self.r, i):
                return self._keep(found)
        if word == "+" and t.glued(i + 1) and t.is_digits(i + 1):
            return self._past_telephone(i + 1)
        if word in ("%", "٪") and t.glued(i + 1) and t.is_digits(i + 1) and not t.glued(i):
            return self._percent_sign(i)
        if before := self.r.money.before(i):
            code, k = before
            if t.joined(k) and self.r.grammar.opens(k):
                return self._figure(i, k, code)
        return i + 1

    def _past_telephone(self, i: int) -> int:
        """Past the groups of a telephone number, if it is one."""
        after = i + 1
        while self.t.is_digits(after) and (self.t.gap(after) or "?") in _DIALLED:
            after += 1
        return after if after > i + 1 else i

    def _percent_sign(self, i: int) -> int:
        """«٪25»: typed from the right, the sign comes first."""
        n = self.r.grammar.numeral(i + 1)
        if n is None:
            return i + 1
        figure = Figure(self.t.starts[i], n.end, n.after, n.value, "percent")
        return self._keep(self.r.compared(i, figure, "share"))

    # ── one number

    def _figure(self, i: int, k: int, code: str | None) -> int:
        """The number at token `k`, of the currency `code` where one opened at token `i`."""
        if self._is_table(i):
            return self.t.at(self.t.low.find("\n", self.t.starts[i]) % (len(self.t.low) + 1))
        n = self.r.grammar.numeral(k)
        if n is None:
            found = wordless.read(self.r, i)
            return self._keep(found) if found else max(i + 1, k)
        if code is None and (listed := self._bracketed(n)):
            return self._keep(listed)
        if code is None and (ratio := shares.read(self.r, i, n)):
            return self._keep(ratio)
        unit = self.r.units.following(n)
        if unit is None and (closing := comparators.after(self.t, n.after)):
            further = self.r.units.following(replace(n, after=closing[1]))  # "500+ volunteers", "200 or fewer seats"
            unit = further if further and further.kind != "share" else None
            n = replace(n, after=closing[1]) if unit else n
            if unit:
                return self._closed_within(i, n, unit, closing[0])
        if code:
            unit = unit if unit and unit.kind == "money" and self.t.word(n.after) not in SYMBOLS else Unit(code, "money", n.after)
        found_range = self.ranges.read(i, n, unit)
        if found_range is not None and self._spans(i, n, found_range):
            return self._range(i, found_range, unit if code else None)
        return self._single(i, k, n, unit)

    def _bracketed(self, n: Numeral) -> Figure | None:
        """«تعز (96)، ثم لحج (54)»: a list of places, each with its count; what is counted is said at the first of them or not at all."""
        low, start = self.t.low, n.start
        if not (n.written.isdigit() and len(n.written) < 4 and low[start - 1 : start] == "(" and low[n.end : n.end + 1] == ")"):
            return None
        if start < 3 or not low[start - 3].isalpha():
            return None
        unit = None
        if self.found and (between := _BETWEEN.match(low, self.last)) and between.end() == start:
            unit = self.found[-1].unit
        elif not _BETWEEN.match(low, n.end):
            return None
        return Figure(start, n.end, n.after, n.value, unit)

    def _closed_within(self, i: int, n: Numeral, unit: Unit, name: str) -> int:
        """A figure whose comparator stands before its unit."""
        figure = Figure(n.start, self.t.ends[unit.after - 1], unit.after, n.value, unit.name, name)
        return self._keep(figure)

    def _is_table(self, i: int) -> bool:
        """Has number followed number on this line as no sentence has it? The rest of the line is a table then."""
        self.run = self.run + 1 if i - self.tried <= 4 else 0
        self.tried = i
        return self.run > LONGEST_RUN

    def _single(self, i: int, k: int, n: Numeral, unit: Unit | None) -> int:
        after = unit.after if unit else n.after
        opening = self.t.starts[i] if k > i else n.start
        kind = unit.kind if unit else ""
        comparator, start = comparators.before(self.t, i, opening, kind)
        whole = self._whole(i, after) and kind != "count"
        if not whole and (skip := self._no_figure(i, n, unit, compared=comparator != "exactly")):
            return skip
        value, unit, after = self._refined(n, unit, after)
        name = unit.name if unit else ("ratio" if n.share else None)
        if name is None and (lent := self._lent(n)):
            name = lent
        if self.t.word(i - 1) == "magnitude" and (unit is None or unit.kind == "count"):
            name, after = "magnitude", n.after
        figure = Figure(min(start, opening), self.t.ends[after - 1], after, value, name, comparator)
        return self._keep(self.r.closed(figure))

    def _no_figure(self, i: int, n: Numeral, unit: Unit | None, *, compared: bool) -> int | None:
        """Where to go on if the numeral is no figure."""
        after = unit.after if unit else n.after
        if strangers.is_stranger(self.t, n, i, unit=unit, compared=compared):
            return n.after
        if strangers.is_age(self.t, i, n.start, self.t.ends[after - 1], after, unit):
            return after
        if unit and unit.kind == "duration" and n.definite and n.spelled:
            return after  # «العشرين سنة الماضية»: a date
        if unit is None:
            return None if self._stands(n, i, compared=compared) else n.after
        if n.value == 1 and n.spelled and not n.share and n.scale == 1 and not self._one_counts(i, unit):
            return n.after
        return n.after if n.value == 0 and unit.kind == "count" else None

    def _whole(self, i: int, after: int) -> bool:
        """Is the figure all there is? Then a bare number is one."""
        if after < len(self.t) or i > 3:
            return False
        return i == 0 or (len(self.t) <= 8 and comparators.before(self.t, i, self.t.starts[i], "")[1] == self.t.starts[0])

    def _stands(self, n: Numeral, i: int, *, compared: bool) -> bool:
        """Does a number that counts nothing stand for a figure all the same?"""
        if n.share:
            return compared or self._of_whole(i, n)
        if not n.spelled or n.value < 0 or (n.value > 1 and self._of_them(i, n.after)):
            return True
        if n.definite and (n.scale == 1 or n.lone):
            return compared and n.scale > 1
        return compared or n.scale > 1 or (n.value >= 3 and n.value not in (10, 100))

    def _of_them(self, i: int, j: int) -> bool:
        """«اثنان منهم», «بينهم اثنان», "two of them"."""
        if self.t.word(j) in nouns.PRONOUNS or self.t.word(i - 1) in nouns.PRONOUNS:
            return True
        return self.t.word(j) == "of" and self.t.word(j + 1) in ("them", "whom", "which", "those")

    def _lent(self, n: Numeral, depth: int = 3) -> str | None:
        """«من 80 إلى 70 دولارا», "5, 7 and 9 percent": the unit that only the last of several figures has."""
        j = n.after
        listed = self.t.gap(j) in (", ", "، ") and self.t.is_digits(j)
        if not listed and not (self.t.word(j) in _JOINTS and self.t.joined(j) and self.t.joined(j + 1)):
            return None
        j += not listed
        second = self.r.grammar.numeral(j) if self.r.grammar.opens(j) else None
        if second is None:
            return None
        unit = self.r.units.following(second)
        if unit:
            return unit.name if unit.kind != "count" else None
        return self._lent(second, depth - 1) if depth else None

    def _of_whole(self, i: int, n: Numeral) -> bool:
        """«نصف السكان», "half of the seats", "two-thirds of voters"."""
        following = self.t.word(n.after) if self.t.joined(n.after) else ""
        if n.definite or following in _NOT_SHARED:
            return False
        if following in _VERBS and n.spelled:
            return self.t.word(i - 1) not in _HALVES
        if following in _THE or following in _WHOLES:
            return following != "all" or n.spelled
        return following.startswith("ال") or n.lone == ""

    def _one_counts(self, i: int, unit: Unit) -> bool:
        """ "One" before a noun is an article more often than a number: it counts measured things and people."""
        if unit.kind == "duration":
            return unit.name not in ("day", "second", "minute") or self.t.word(i - 1) in ("for", "within", "in", "only", "just")
        return unit.kind != "count" or unit.name.split()[-1].lower() in _PEOPLE

    def _refined(self, n: Numeral, unit: Unit | None, after: int) -> tuple[Decimal, Unit | None, int]:
        """What changes the value once the unit is known."""
        value = n.value
        if unit is None or unit.after <= n.after:
            return value, unit, after
        if unit.kind == "count" and n.written and (whole := thousands(n.written)) is not None:
            value = whole  # 2.500 people are no two and a half
        if unit.kind != "share" and n.scale == 1 and (more := self.r.grammar.fraction_after(after)):
            value, after = value + more[0], more[1]
            same = SINGLE.get(self.t.word(after).removeprefix("ال")) if self.t.joined(after) else None
            after += 1 if same and same.name == unit.name else 0
        if unit.kind == "money" and (cents := self.r.units.cents(after)):
            value, after = value + cents[0], cents[1]
        return value, unit, after

    # ── two numbers

    def _spans(self, i: int, n: Numeral, found: Range) -> bool:
        """Is it a range, and no date, score or pair of years?"""
        t, high = self.t, found.high
        whole = self._whole(i, found.unit.after if found.unit else high.after)
        if self._years(n, found):
            return False
        if not found.unit and n.scale == 1 and high.value < 32 and not whole and self._small_pair(i, n, found):
            return False
        if whole:
            return True
        if strangers.is_stranger(t, replace(n, end=high.end, after=high.after), i, unit=found.unit, compared=True):
            return False
        return not strangers.hangs_on(t, high)

    def _years(self, n: Numeral, found: Range) -> bool:
        """2019-2020, «بين 2015 و2020»."""
        if not (len(n.written) == 4 and n.written.isdigit() and 1000 <= n.value < found.high.value <= 2100):
            return False
        return found.unit is None or (found.unit.kind == "count" and found.high.value - n.value == 1)

    def _small_pair(self, i: int, n: Numeral, found: Range) -> bool:
        """Two small numbers that count nothing: the days of a month, a score, a list."""
        t, high = self.t, found.high
        if t.word(high.after) in days.MONTHS or t.word(i - 1) in days.MONTHS or strangers.is_score(t, i, high.after):
            return True
        return found.opening is None and not n.spelled and (t.gap(n.after) or "").strip() in ("-", "–")

    def _range(self, i: int, found: Range, money: Unit | None) -> int:
        t, low, high, unit = self.t, found.low, found.high, found.unit
        after = unit.after if unit else high.after
        unit = unit or (Unit(money.name, "money", after) if money else None)
        if strangers.is_age(t, i, low.start, t.ends[after - 1], after, unit):
            return after
        start = found.opening if found.opening is not None else min(low.start, t.starts[i])
        if found.opening is None:
            _, start = comparators.before(t, i, low.start, unit.kind if unit else "")
            start = min(start, t.starts[i] if money else start)
        figure = Figure(start, t.ends[after - 1], after, low.value, unit.name if unit else None, "between", high.value)
        return self._keep(self.r.closed(figure))

    def _keep(self, figure: Figure) -> int:
        start = max(figure.start, self.last)  # a comparator between two figures is the first one's
        while self.t.low[start].isspace():
            start += 1
        self.last = figure.end
        a, b = self.t.origin(start, figure.end)
        top = None if figure.top is None else _exact(figure.top)
        self.found.append(Quantity(self.t.original[a:b], a, b, _exact(figure.value), top, figure.unit, figure.comparator))
        return figure.after


def _exact(value: Decimal) -> Decimal:
    """Whole numbers whole, others to ten places."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1)) if abs(value) < 10**24 else value
    return value.quantize(_EXACT).normalize() if abs(value) < 10**17 else value
