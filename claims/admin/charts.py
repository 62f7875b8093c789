"""Where the marks of a series stand on paper: no colours, no words but those of the axes. What is drawn is in the template."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from babel.numbers import format_compact_decimal
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi

from claims.figures.series import Point, Series
from claims.rules.context import said_on

WIDTH, HEIGHT = 520, 270
LEFT, RIGHT, TOP, BOTTOM = 78, 14, 16, 34
_APART = 13  # between two marks of one day
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of an axis with its words."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure: its number in the table beneath, its place, its interval from `low` to `high`, and the days it is about."""

    number: int
    point: Point
    x: float
    y: float
    low: float
    high: float
    open_low: bool  # it goes on beyond the paper
    open_high: bool
    first: float
    last: float

    @property
    def from_here(self) -> tuple[float, float]:
        """Where its days begin and end, from where the mark stands."""
        return self.first - self.x, self.last - self.x

    @property
    def label(self) -> float:
        """Where its number stands: over its interval, beneath what goes beyond the paper."""
        if not self.open_high:
            return max(min(self.high, self.y) - 7, TOP - 5)
        return max(self.low, self.y) + 17 if not self.open_low else self.y - 9

    @property
    def wide(self) -> bool:
        """Are its days more than the mark covers?"""
        return abs(self.last - self.first) > _APART


@dataclass(frozen=True, slots=True)
class Chart:
    """A series as it is drawn; days run with the reader's language."""

    series: Series
    marks: tuple[Mark, ...]
    values: tuple[Tick, ...]
    days: tuple[Tick, ...]
    band: tuple[float, float]  # top and height of the claim's own interval
    rtl: bool

    @property
    def width(self) -> int:
        """Of the paper, in its own units: it is scaled to the page."""
        return WIDTH

    @property
    def height(self) -> int:
        """Of the paper."""
        return HEIGHT

    @property
    def across(self) -> int:
        """How wide the days are."""
        return WIDTH - LEFT - RIGHT

    @property
    def bottom(self) -> int:
        """Where the values begin."""
        return HEIGHT - BOTTOM

    @property
    def foot(self) -> int:
        """Where the words of the days stand."""
        return HEIGHT - 12

    @property
    def start(self) -> int:
        """Where the days begin: at the left, or at the right where one reads from there."""
        return WIDTH - LEFT if self.rtl else LEFT

    @property
    def end(self) -> int:
        """Where they end."""
        return RIGHT if self.rtl else WIDTH - RIGHT

    @property
    def beside(self) -> int:
        """Where the numbers of the values stand."""
        return self.start + 7 if self.rtl else self.start - 7


def drawn(series: Series) -> Chart:
    """A chart of these figures."""
    rtl = get_language_bidi()
    low, high = _values(series.points)
    begin, finish = _days(series.points)

    def across(day: date) -> float:
        share = (day - begin) / (finish - begin)
        x = LEFT + share * (WIDTH - LEFT - RIGHT)
        return round(WIDTH - x if rtl else x, 1)

    def up(value: Fraction | None, beyond: float) -> float:
        if value is None:
            return beyond
        share = (float(value) - low) / (high - low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    marks = [_mark(number, point, across, up) for number, point in enumerate(series.points, 1)]
    own = next(point for point in series.points if point.relation == "own").interval
    top, foot = up(own.high, TOP), up(own.low, HEIGHT - BOTTOM)
    return Chart(
        series,
        tuple(_spread(marks, rtl)),
        tuple(Tick(up(value, TOP), _number(value)) for value in _scale(low, high)),
        tuple(Tick(across(day), label) for day, label in _calendar(begin, finish)),
        (top, max(foot - top, 2)),
        rtl,
    )


def span(point: Point) -> tuple[date, date]:
    """The days at which a figure is drawn; one that nobody dated stands where its claim was written down."""
    days = point.period
    first = (days.first or days.last) if days else None
    last = (days.last or days.first) if days else None
    return (first or said_on(point.claim), last or said_on(point.claim))


def _mark(number: int, point: Point, across: Callable[[date], float], up: Callable[[Fraction | None, float], float]) -> Mark:
    first, last = span(point)
    middle = first + (last - first) / 2
    return Mark(
        number,
        point,
        across(middle),
        up(_middle(point), TOP),
        up(point.interval.low, HEIGHT - BOTTOM),
        up(point.interval.high, TOP),
        point.interval.low is None,
        point.interval.high is None,
        across(first),
        across(last),
    )


def _middle(point: Point) -> Fraction:
    """Where a figure is marked: at what it says; between two numbers in their middle."""
    meant = point.interval
    if point.quantity.value_max is None or meant.low is None or meant.high is None:
        return point.value
    return (meant.low + meant.high) / 2


def _spread(marks: Sequence[Mark], rtl: bool) -> Iterator[Mark]:
    """Marks of one day stand side by side, within the paper."""
    lowest, highest = (RIGHT + 6, WIDTH - LEFT - 6) if rtl else (LEFT + 6, WIDTH - RIGHT - 6)
    places: dict[int, float] = {}
    at = float(lowest) - _APART
    for mark in sorted(marks, key=lambda mark: (mark.x, mark.number)):
        at = max(at + _APART, min(mark.x, highest))
        places[mark.number] = at
    over = max(at - highest, 0)
    for mark in marks:
        yield replace(mark, x=round(max(places[mark.number] - over, lowest), 1))


def _values(points: Sequence[Point]) -> tuple[float, float]:
    """From where to where the values go: all that is said, with some air; from nought where that is not far."""
    ends = [float(end) for point in points for end in (point.value, point.interval.low, point.interval.high) if end is not None]
    low, high = min(ends), max(ends)
    if low == high:
        low, high = low - (abs(low) / 10 or 1), high + (abs(high) / 10 or 1)
    air = (high - low) * 0.12
    if low >= 0 and low < high / 2:
        return 0.0, high + air
    return low - air, high + air


def _scale(low: float, high: float) -> list[Fraction]:
    """Round numbers between the two, three to six of them."""
    size = Fraction(10) ** math.floor(math.log10((high - low) / 5))
    step = next(size * n for n in (1, 2, 5, 10) if (high - low) / float(size * n) <= 5)
    return [step * n for n in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _number(value: Fraction) -> str:
    """A number as an axis has it: "200B", «200 مليار»."""
    return format_compact_decimal(float(value), locale=(get_language() or "en").split("-")[0], fraction_digits=2, numbering_system="latn")


def _days(points: Sequence[Point]) -> tuple[date, date]:
    days = [day for point in points for day in span(point)]
    begin, finish = min(days), max(days)
    air = max((finish - begin) // 20, timedelta(days=2))
    early = timedelta(days=begin.toordinal() - 1)
    late = timedelta(days=date.max.toordinal() - finish.toordinal())
    return begin - min(air, early), finish + min(air, late)


def _calendar(begin: date, finish: date) -> list[tuple[date, str]]:
    """First days of years or months, or days, between the two, five or so, and how they read."""
    length = (finish - begin).days
    if length > 3 * 365:
        step = next(step for step in _STEPS if length / 365 / step <= 5)
        years = (year for year in range(begin.year, finish.year + 1) if year % step == 0)
        return [(day, str(day.year)) for year in years if begin <= (day := date(year, 1, 1)) <= finish]
    if length > 75:
        step = next(step for step in (1, 2, 3, 6, 12) if length / 30 / step <= 5)
        months = (divmod(n, 12) for n in range(begin.year * 12, finish.year * 12 + 12) if n % step == 0)
        firsts = [date(year, month + 1, 1) for year, month in months]
        return [(day, date_format(day, "M Y")) for day in firsts if begin <= day <= finish]
    days = [begin + timedelta(days=n) for n in range(1, length, max(-(-length // 5), 1))]
    return [(day, date_format(day, "j M")) for day in days]
