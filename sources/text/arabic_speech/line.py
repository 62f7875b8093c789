"""One Arabic sentence made ready for reading: its words, where quotes close, where dates and clauses begin and end."""

from bisect import bisect_left

from sources.text.arabic import particles, verbs
from sources.text.arabic.phrases import is_mark
from sources.text.sentences import Word

_NEAR = 80  # words; looking further for each of many words would cost the square
_DAY_PARTS = frozenset({"يوم", "مساء", "صباح", "ظهر", "فجر", "ليل", "ليلة", "عصر", "في", "بتاريخ", "امس"})


class Line:
    """What the grammar asks of a sentence; every answer is found once, so that reading stays linear."""

    def __init__(self, text: str, words: list[Word], dates: list[tuple[int, int]]) -> None:
        self.text, self.words = text, words
        self.texts = [w.text for w in self.words]
        self.n = len(self.words)
        self.closes: dict[int, int] = {}  # opening mark -> closing mark
        self.opens: dict[int, int] = {}  # closing mark -> opening mark
        self.quoted = self._quotes()
        self.opening = self._clause_openings()
        self.bracketed = self._brackets()
        self.after_date = self._dates(dates)
        self.date_ends = frozenset(self.after_date.values())

    def _quotes(self) -> list[bool]:
        inside = [False] * self.n
        opened: int | None = None
        for i, text in enumerate(self.texts):
            if text == '"':
                if opened is None:
                    opened = i
                else:
                    self.closes[opened] = i
                    self.opens[i] = opened
                    opened = None
                inside[i] = True
            else:
                inside[i] = opened is not None
        if opened is not None:
            self.closes[opened] = self.n
        return inside

    def _brackets(self) -> list[bool]:
        """Words in brackets: an aside that says nothing."""
        inside, opened = [False] * self.n, None
        for i, text in enumerate(self.texts):
            if text == "(":
                opened = i
            elif text == ")" and opened is not None and i - opened < 12:
                inside[opened : i + 1] = [True] * (i + 1 - opened)
                opened = None
        return inside

    def _clause_openings(self) -> list[int]:
        """For each word where its stretch between commas opens."""
        found, start = [], 0
        for i, text in enumerate(self.texts):
            found.append(start)
            if not (self.quoted[i] and text != '"') and (text in particles.COMMAS or text in {":", "."}):
                start = i + 1
        return found

    def _dates(self, dates: list[tuple[int, int]]) -> dict[int, int]:
        """First word of a date, or of «يوم» before one -> the word after it."""
        found: dict[int, int] = {}
        if not self.words:
            return found
        starts = [w.start for w in self.words]
        k = bisect_left(dates, (starts[0], 0))
        while k < len(dates) and dates[k][0] < self.words[-1].end:
            first = bisect_left(starts, dates[k][0])
            stop = bisect_left(starts, dates[k][1])
            if first < self.n:
                found.setdefault(first, stop)
                if first and self.texts[first - 1] in _DAY_PARTS:
                    found.setdefault(first - 1, stop)
                    if first > 1 and self.texts[first - 2] in _DAY_PARTS:
                        found.setdefault(first - 2, stop)
            k += 1
        return found

    def comma(self, i: int) -> bool:
        """Is there a comma, or the like, at i?"""
        return 0 <= i < self.n and self.texts[i] in particles.COMMAS

    def mark(self, i: int) -> bool:
        """Is there no word at i?"""
        return not 0 <= i < self.n or is_mark(self.texts[i])

    def at(self, i: int) -> str:
        """The word at i, empty outside the sentence."""
        return self.texts[i] if 0 <= i < self.n else ""

    def edge(self, i: int) -> bool:
        """Does a clause begin at i: after a mark, or with a glued و or ف?"""
        return i == 0 or self.mark(i - 1) or (self.texts[i][0] in "وف" and self.texts[i] not in verbs.KNOWN)

    def next_comma(self, i: int, limit: int) -> int | None:
        """The first comma in [i, limit) outside quotes and brackets, near enough to belong to what stands at i."""
        depth = 0
        for k in range(i, min(limit, self.n, i + _NEAR)):
            text = self.texts[k]
            if text in "([":
                depth += 1
            elif text in ")]":
                depth -= 1
            elif text in particles.COMMAS and depth <= 0 and not self.quoted[k]:
                return k
        return None

    def finite_between(self, begin: int, end: int) -> bool:
        """Is something said to happen in this stretch, outside quotes and relative clauses?"""
        for k in range(begin, end):
            if self.quoted[k] or (k > begin and self.texts[k - 1] in particles.RELATIVES):
                continue
            if verbs.form_of(self.texts[k]) and not (k > begin and self.texts[k - 1] in particles.THAT):
                return True
        return False
