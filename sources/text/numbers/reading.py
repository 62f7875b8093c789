"""The figures of a text: numerals with their comparators and units, and nothing that is no figure."""

from dataclasses import dataclass
from decimal import Decimal

from sources.text.numbers import comparators, strangers
from sources.text.numbers.currencies import SYMBOLS, Money
from sources.text.numbers.digits import thousands
from sources.text.numbers.duals import dual
from sources.text.numbers.measures import SINGLE
from sources.text.numbers.number_words import MINUS, VULGAR, number_word
from sources.text.numbers.numerals import Grammar, Numeral, is_part
from sources.text.numbers.ranges import Range, Ranges
from sources.text.numbers.tokens import Tokens, key, keys
from sources.text.numbers.units import Unit, Units

_EXACT = Decimal("0.0000000001")  # as precisely as the record keeps a figure
_PERCENT_FIRST = {key(w) for w in ["بالمائة", "بالمئة", "percents"]}
_ONCE = {
    key(w): name
    for w, name in (
        ("أسبوع", "week"),
        ("شهر", "month"),
        ("عام", "year"),
        ("سنة", "year"),
        ("يوم", "day"),
        ("ساعة", "hour"),
        ("عقد", "decade"),
        ("قرن", "century"),
    )
}
_ONCE_LEADS = keys("بعد وبعد قبل وقبل لمدة مدة طوال طيلة خلال")
_WHOLE = keys("كامل كاملة كاملا واحد واحدة")
_ONE_OF = keys("شخص شخصا جندي جنديا مدني مدنيا طفل طفلا طفلة امرأة رجل رجلا مقعد مقعدا قتيل قتيلا جريح جريحا صاروخ صاروخا هدف هدفا نقطة")
_PEOPLE = {
    "person",
    "soldier",
    "civilian",
    "child",
    "woman",
    "man",
    "boy",
    "girl",
    "policeman",
    "officer",
    "protester",
    "journalist",
    "worker",
    "seat",
    "vote",
    "goal",
    "point",
    "passenger",
    "patient",
    "death",
    "case",
    "ship",
    "aircraft",
    "missile",
    "drone",
}
_OUT_OF = (("out", "of", "every"), ("out", "of"), ("in", "every"), ("in",), ("من", "كل"), ("من", "بين", "كل"), ("من", "اصل", "كل"))
_BELOW_ZERO = (("تحت", "الصفر"), ("below", "zero"), ("دون", "الصفر"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as read: `text[start:end]` holds comparator, number and unit (Unicode code points)."""

    text: str
    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    comparator: str


class Reader:
    """One pass over the tokens of one text, in linear time: each look back or ahead is bounded."""

    def __init__(self, text: str) -> None:
        self.t = Tokens(text)
        self.grammar = Grammar(self.t)
        self.money = Money(self.t)
        self.units = Units(self.t, self.money)
        self.ranges = Ranges(self.t, self.grammar, self.units)
        self.found: list[Quantity] = []

    def read(self) -> list[Quantity]:
        """Every figure, in order and not overlapping."""
        i = 0
        while i < len(self.t):
            i = self._at(i)
        return self.found

    def _at(self, i: int) -> int:
        """Reads what stands at token `i`; where to go on."""
        t = self.t
        if t.rows[i]:
            return i + 1
        word = t.texts[i]
        if t.digits[i]:
            return self._figure(i, i, None)
        if word[0].isalpha():
            if number_word(word) or word in MINUS or (word in ("a", "an") and t.joined(i + 1)):
                return self._figure(i, i, None)
            if word.endswith(("ان", "ين")) and (after := self._dual(i)):
                return after
            if word in _ONCE and (after := self._once(i)):
                return after
            if word in _PERCENT_FIRST and (after := self._percent_first(i)):
                return after
            if len(word) > 3 or not word.isascii():
                return self._one_behind(i) or i + 1
        elif word in VULGAR:
            return self._figure(i, i, None)
        if before := self.money.before(i):
            code, k = before
            if t.joined(k) and (t.is_digits(k) or number_word(t.word(k))):
                return self._figure(i, k, code)
        return i + 1

    # ── a number and what belongs to it

    def _figure(self, i: int, k: int, code: str | None) -> int:
        """The number at token `k`, of the currency `code` where one opened at token `i`."""
        n = self.grammar.numeral(k)
        if n is None:
            return self._article(i) or max(i + 1, k)
        if code is None and (after := self._share(i, n)):
            return after
        unit = Unit(code, "money", n.after) if code else self.units.following(n)
        if code and (again := self.money.after(n.after)) and self.t.joined(n.after) and self.t.word(n.after) not in SYMBOLS:
            unit = Unit(again[0], "money", again[1])
        found = self.ranges.read(i, n, unit)
        if found is not None and self._spans(i, n, found):
            return self._range(i, found, code)
        return self._single(i, n, unit)

    def _single(self, i: int, n: Numeral, unit: Unit | None) -> int:
        t = self.t
        after = unit.after if unit else n.after
        whole = self._whole(i, after) and (unit is None or unit.kind != "count")
        comparator, start = comparators.before(
            t, i, n.start if t.starts[i] >= n.start or i == t.at(n.start) else t.starts[i], unit.kind if unit else ""
        )
        start = min(
            start,
            n.start,
            t.starts[i]
            if t.texts[i] in SYMBOLS
            or (
                not t.digits[i]
                and unit
                and unit.kind == "money"
                and t.starts[i] < n.start
                and number_word(t.texts[i]) is None
                and t.texts[i] not in MINUS
            )
            else n.start,
        )
        if not whole:
            compared = comparator != "exactly"
            if strangers.is_stranger(t, n, i, unit=unit is not None, compared=compared):
                return n.after
            if unit and unit.kind in ("duration", "count") and strangers.is_age(t, i, n.start, t.ends[after - 1], after, unit.name):
                return after
            if unit is None and strangers.is_age(t, i, n.start, n.end, n.after, None):
                return n.after
            if unit is None and not self._stands(n, i, compared=compared):
                return n.after
            if n.value == 1 and n.spelled and not n.share and n.scale == 1 and not self._one_counts(i, n, unit):
                return n.after
        value, unit, after = self._refined(n, unit, after)
        end = t.ends[after - 1]
        if (closing := comparators.after(t, after)) and comparator in ("exactly", "about"):
            comparator, after = closing[0] if comparator == "exactly" or closing[0] != "about" else comparator, closing[1]
            end = t.ends[after - 1]
        name = unit.name if unit else ("ratio" if n.share else None)
        return self._keep(start, end, value, None, name, comparator, after)

    def _whole(self, i: int, after: int) -> bool:
        """Is the figure all there is? Then a bare number is one."""
        return after >= len(self.t) and (
            i == 0 or (i <= 3 and len(self.t) <= 8 and comparators.before(self.t, i, self.t.starts[i], "")[0] != "exactly")
        )

    def _stands(self, n: Numeral, i: int, *, compared: bool) -> bool:
        """Does a number that counts nothing stand for a figure all the same?"""
        if n.share:
            return compared or self._of_whole(n)
        if not n.spelled:
            return True
        if n.definite and n.scale == 1:
            return False
        return compared or (n.value >= 3 and n.scale * n.value != 10 and n.value != 100) or (n.scale > 1 and n.value > n.scale)

    def _of_whole(self, n: Numeral) -> bool:
        """«نصف السكان», "half of the seats", "two-thirds of voters"."""
        following = self.t.word(n.after)
        if not self.t.joined(n.after) or n.definite:
            return n.lone == "" and not n.definite
        if following in ("of", "من") or (following in ("the", "its", "their", "his", "her", "our", "all") and n.spelled):
            return True
        if following.startswith("ال"):
            return following not in ("النهايي", "الاول", "الثاني", "الاخير", "النهاييه", "الثالث", "الرابع")
        return following in ("عدد", "سكان", "اعضاء", "مقاعد", "اجمالي", "مساحه", "قيمه", "حجم", "انتاج", "صادرات", "واردات") or n.lone == ""

    def _one_counts(self, i: int, n: Numeral, unit: Unit | None) -> bool:
        """ "One" before a noun is an article more often than a number: it counts measured things and people."""
        if unit is None:
            return False
        if unit.kind in ("share", "money", "measure"):
            return True
        if unit.kind == "duration":
            return unit.name not in ("day", "second", "minute") or self.t.word(i - 1) in ("for", "within", "in", "only", "just")
        return unit.kind == "count" and unit.name.split()[-1].lower() in _PEOPLE

    def _refined(self, n: Numeral, unit: Unit | None, after: int) -> tuple[Decimal, Unit | None, int]:
        """What changes the value once the unit is known."""
        t, value = self.t, n.value
        if unit and unit.kind == "count" and n.written and n.scale == 1 and (whole := thousands(n.written)) is not None:
            value = whole  # 2.500 people are no two and a half
        if unit and unit.kind != "share" and n.scale == 1 and (more := self.grammar.fraction_after(after)):
            value, after = value + more[0], more[1]
            if t.joined(after) and (same := SINGLE.get(t.word(after).removeprefix("ال"))) and same.name == unit.name:
                after += 1
        if unit and unit.kind == "money" and (cents := self._cents(after)):
            value, after = value + cents[0], cents[1]
        for words in _BELOW_ZERO:
            if all(t.word(after + k) == w and t.joined(after + k) for k, w in enumerate(words)):
                value, after = -value, after + len(words)
                unit = unit or Unit("degree", "measure", after)
        return value, unit, after

    def _cents(self, j: int) -> tuple[Decimal, int] | None:
        """«20 دولارا و43 سنتا»: hundredths of a currency."""
        k = j + 1 if self.t.word(j) in ("و", "and") else j
        if not self.t.joined(k) or not (self.t.is_digits(k) or number_word(self.t.word(k))):
            return None
        small = self.grammar.numeral(k)
        if small is None or not 0 < small.value < 100 or not self.t.joined(small.after) or self.money.cents(small.after) is None:
            return None
        return small.value / 100, small.after + 1

    # ── two numbers

    def _spans(self, i: int, n: Numeral, found: Range) -> bool:
        """Is it a range, and no date, score or pair of years?"""
        t, high = self.t, found.high
        if self._whole(i, found.unit.after if found.unit else high.after) or found.opening == 0:
            return True
        if not found.unit and 1000 <= n.value <= 2100 and 1000 <= high.value <= 2100 and n.written.isdigit():
            return False
        if not found.unit and n.scale == 1 and high.value < 32:
            behind = t.word(high.after)
            if behind in strangers.MONTHS or t.word(i - 1) in strangers.MONTHS or strangers.is_score(t, i, high.after):
                return False
            if found.opening is None and not n.spelled and t.gap(n.after) in ("-", "–"):
                return False
        if t.low[high.end : high.end + 1] in ("-", "/") and t.low[high.end + 1 : high.end + 2].isdigit():
            return False
        return not strangers.is_stranger(t, high, t.at(high.start), unit=found.unit is not None, compared=True) or found.unit is not None

    def _range(self, i: int, found: Range, code: str | None) -> int:
        t, low, high, unit = self.t, found.low, found.high, found.unit
        after = unit.after if unit else high.after
        if unit is None and code:
            unit = Unit(code, "money", after)
        start = found.opening if found.opening is not None else min(low.start, t.starts[i]) if code else low.start
        if strangers.is_age(t, i, low.start, t.ends[after - 1], after, unit.name if unit else None):
            return after
        if found.opening is None:
            _, start = comparators.before(t, i, start, unit.kind if unit else "")
        if closing := comparators.after(t, after):
            after = closing[1]
        return self._keep(start, t.ends[after - 1], low.value, high.value, unit.name if unit else None, "between", after)

    def _share(self, i: int, n: Numeral) -> int | None:
        """ "one in five", «ثلاثة من كل عشرة», «خمس السكان»: a ratio."""
        t = self.t
        if part := is_part(n, t.word(n.after) if t.joined(n.after) else ""):
            comparator, start = comparators.before(t, i, n.start, "ratio")
            return self._keep(start, n.end, part, None, "ratio", comparator, n.after)
        if n.scale > 1 or n.share or n.value != n.value.to_integral_value() or not 1 <= n.value <= 20 or not t.joined(n.after):
            return None
        for words in _OUT_OF:
            j = n.after + len(words)
            if not all(t.word(n.after + k) == w and t.joined(n.after + k) for k, w in enumerate(words)) or not t.joined(j):
                continue
            whole = self.grammar.numeral(j)
            if whole is None or whole.share or whole.value <= n.value or whole.value > 10**6:
                return None
            if words == ("in",) and (whole.value > 1000 or whole.value < 2 or self._is_time(whole) or (n.value > 10)):
                return None
            if words == ("out", "of") and n.value > 10:
                return None
            return self._ratio(i, n, whole)
        if n.value == 1 and n.spelled and t.word(n.after) == "من" and t.joined(n.after + 1):
            whole = self.grammar.numeral(n.after + 1)
            if whole and whole.spelled and whole.value >= 100:
                return self._ratio(i, n, whole)
        return None

    def _is_time(self, whole: Numeral) -> bool:
        following = self.units.following(whole)
        return following is not None and following.kind in ("duration", "share", "money", "measure")

    def _ratio(self, i: int, n: Numeral, whole: Numeral) -> int:
        comparator, start = comparators.before(self.t, i, n.start, "ratio")
        after = whole.after
        if closing := comparators.after(self.t, after):
            comparator, after = closing if comparator == "exactly" else (comparator, closing[1])
        return self._keep(start, self.t.ends[after - 1], n.value / whole.value, None, "ratio", comparator, after)

    # ── figures without a number word

    def _dual(self, i: int) -> int | None:
        found = dual(self.t, i, self.money)
        if found is None:
            return None
        unit = Unit(found.unit, found.kind, found.after)
        value, after = Decimal(2), found.after
        if found.kind != "count" and (more := self.grammar.fraction_after(after)):
            value, after = value + more[0], more[1]
        if found.kind == "money" and (cents := self._cents(after)):
            value, after = value + cents[0], cents[1]
        for words in _BELOW_ZERO:
            if all(self.t.word(after + k) == w and self.t.joined(after + k) for k, w in enumerate(words)):
                value, after = -value, after + len(words)
        comparator, start = comparators.before(self.t, i, found.start, found.kind)
        if closing := comparators.after(self.t, after):
            comparator, after = closing if comparator == "exactly" else (comparator, closing[1])
        return self._keep(start, self.t.ends[after - 1], value, None, unit.name, comparator, after)

    def _once(self, i: int) -> int | None:
        """«بعد أسبوع»: one of it; «ساعة ونصف» is one and a half."""
        t, name = self.t, _ONCE[self.t.texts[i]]
        more = self.grammar.fraction_after(i + 1)
        led = i and t.joined(i) and t.word(i - 1) in _ONCE_LEADS
        behind = t.word(i + 1) if t.joined(i + 1) else ""
        whole = len(t) == 1
        if behind in _WHOLE:
            return self._keep(t.starts[i], t.ends[i + 1], Decimal(1), None, name, "exactly", i + 2)
        if more:
            after = more[1]
            if t.joined(after) and t.word(after).removeprefix("ال") == t.texts[i]:
                after += 1
            comparator, start = comparators.before(t, i, t.starts[i], "duration")
            return self._keep(start, t.ends[after - 1], 1 + more[0], None, name, comparator, after)
        if not whole and (not led or t.is_digits(i + 1)):
            return None
        return self._keep(t.starts[i], t.ends[i], Decimal(1), None, name, "exactly", i + 1)

    def _one_behind(self, i: int) -> int | None:
        """«جندي واحد»: one, said after what it counts; «لتر ونصف»."""
        t, word = self.t, self.t.texts[i]
        following = t.word(i + 1)
        if (
            following in ("واحد", "واحده", "واحدا")
            and t.joined(i + 1)
            and (word in _ONE_OF or ((unit := SINGLE.get(word)) and unit.kind == "measure"))
        ):
            known = SINGLE.get(word)
            comparator, start = comparators.before(t, i, t.starts[i], "count")
            return self._keep(
                start, t.ends[i + 1], Decimal(1), None, known.name if known else t.read(t.starts[i], t.ends[i]), comparator, i + 2
            )
        unit = SINGLE.get(word)
        if unit and unit.kind == "measure" and (more := self.grammar.fraction_after(i + 1)):
            comparator, start = comparators.before(t, i, t.starts[i], "measure")
            return self._keep(start, t.ends[more[1] - 1], 1 + more[0], None, unit.name, comparator, more[1])
        if unit and unit.kind == "measure" and len(t) == 1:
            return self._keep(t.starts[i], t.ends[i], Decimal(1), None, unit.name, "exactly", i + 1)
        return None

    def _article(self, i: int) -> int | None:
        """ "a kilogram", "an hour and a half", "a dollar": one of a unit, where a unit it is."""
        t = self.t
        if t.word(i) not in ("a", "an") or not t.joined(i + 1):
            return None
        unit = SINGLE.get(t.word(i + 1))
        money = self.money.after(i + 1) if self.money.is_noun(t.word(i + 1)) else None
        name, after = (unit.name, i + 2) if unit else money or ("", 0)
        if not name:
            return None
        more = self.grammar.fraction_after(after)
        cents = self._cents(after) if money else None
        if not more and not cents and not (i == 0 and after == len(t)):
            return None
        extra, after = more or cents or (Decimal(0), after)
        comparator, start = comparators.before(t, i, t.starts[i], "measure")
        return self._keep(start, t.ends[after - 1], 1 + extra, None, name, comparator, after)

    def _percent_first(self, i: int) -> int | None:
        """«بالمائة 10», "percents of twenty"."""
        k = i + 2 if self.t.word(i + 1) == "of" else i + 1
        if not self.t.joined(k) or (i and self.t.is_digits(i - 1)):
            return None
        n = self.grammar.numeral(k)
        if n is None or n.after != len(self.t):
            return None
        return self._keep(self.t.starts[i], n.end, n.value, None, "percent", "exactly", n.after)

    def _keep(self, start: int, end: int, value: Decimal, top: Decimal | None, unit: str | None, comparator: str, after: int) -> int:
        if self.found and start < self._last:
            start = self._last
        self._last = end
        a, b = self.t.origin(start, end)
        self.found.append(Quantity(self.t.original[a:b], a, b, _exact(value), None if top is None else _exact(top), unit, comparator))
        return after

    _last = 0


def _exact(value: Decimal) -> Decimal:
    """Whole numbers whole, others to ten places."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1)) if abs(value) < 10**24 else value
    return value.quantize(_EXACT).normalize() if abs(value) < 10**17 else value
