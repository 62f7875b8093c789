"""A figure while it is read, and the readers that it is read with."""

from dataclasses import dataclass, replace
from decimal import Decimal

from sources.text.numbers import comparators
from sources.text.numbers.currencies import Money
from sources.text.numbers.numerals import Grammar
from sources.text.numbers.tokens import Tokens, keys
from sources.text.numbers.units import Units

_BELOW_ZERO = (("تحت", "الصفر"), ("دون", "الصفر"), ("below", "zero"))
_BELOW = {words[0] for words in _BELOW_ZERO}
_PER = keys("a an per each every")
_RATES = keys("يوميا سنويا شهريا اسبوعيا daily annually monthly للبرميل للطن للمتر للكيلو للسهم للاوقية للدونم للواحد apiece")


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


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at [start, end) of the folded text, and the token after it."""

    start: int
    end: int
    after: int
    value: Decimal
    unit: str | None
    comparator: str = "exactly"
    top: Decimal | None = None


class Readers:
    """The readers of one text, made once."""

    def __init__(self, text: str) -> None:
        self.tokens = Tokens(text)
        self.grammar = Grammar(self.tokens)
        self.money = Money(self.tokens)
        self.units = Units(self.tokens, self.money, self.grammar)

    def compared(self, first: int, figure: Figure, kind: str) -> Figure:
        """The figure, whose first token is `first`, with the comparator before it or after."""
        name, start = comparators.before(self.tokens, first, figure.start, kind)
        return self.closed(replace(figure, start=start, comparator=name))

    def closed(self, figure: Figure) -> Figure:
        """The figure with what may follow it: below zero, "or more", «على الأقل»."""
        t = self.tokens
        for words in _BELOW_ZERO if t.texts[figure.after] in _BELOW else ():
            if all(t.word(figure.after + k) == word and t.joined(figure.after + k) for k, word in enumerate(words)):
                after = figure.after + len(words)
                figure = replace(figure, value=-figure.value, after=after, end=t.ends[after - 1], unit=figure.unit or "degree")
        rate = self._rate(figure.after)
        closing = comparators.after(t, figure.after) or (comparators.after(t, rate) if rate else None)
        if closing is None:
            return figure
        name, after = closing
        if figure.comparator not in ("exactly", "about") or (figure.comparator == "about" and name == "about"):
            name = figure.comparator
        return replace(figure, comparator=name, after=after, end=t.ends[after - 1])

    def _rate(self, i: int) -> int | None:
        """The token after "a barrel", «للبرميل», «يوميا»: it may stand between a figure and its comparator."""
        t = self.tokens
        if not t.joined(i):
            return None
        if t.word(i) in _RATES:
            return i + 1
        return i + 2 if t.word(i) in _PER and t.joined(i + 1) else None
