"""One English sentence as the grammar sees it: words in lower case, what stands in quotes, where a finite verb may be."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from sources.text.english_speech import grammar
from sources.text.english_speech.finite import is_finite
from sources.text.english_speech.people import EnglishPeople
from sources.text.sentences import Sentence
from sources.text.utterances import Memory

COMMAS = frozenset(",;–—")
ENDS = frozenset(".!?…")


class Line:
    """Everything is counted once when a sentence is opened, so that each question about it afterwards takes no scan."""

    def __init__(self, text: str, sentence: Sentence, people: EnglishPeople, dates: list[tuple[int, int]], memory: Memory) -> None:
        self.text, self.words, self.people, self.dates, self.memory = text, sentence.words, people, dates, memory
        self.lower = [grammar.lower(w.text) for w in self.words]
        self.n = len(self.words)
        while self.n and self.words[self.n - 1].text in ENDS:
            self.n -= 1
        self.quoted = [False] * (self.n + 1)
        self.closes: dict[int, int] = {}  # where each quote opens -> where it closes, or the end
        self._pair_quotes()
        capitals = [w.text[:1].isupper() for w in self.words]
        self.finite = [not self.mark(i) and is_finite(self.lower, i, self.n, capitals) for i in range(self.n)]
        self._finites = [0, *accumulate(self.finite)]
        self._commas = [0, *accumulate(w.text == "," for w in self.words[: self.n])]
        self._starts = {w.start: i for i, w in enumerate(self.words[: self.n])}
        self._date_begins = dict(self._ends_of_dates())

    def _pair_quotes(self) -> None:
        opened: int | None = None
        for i in range(self.n):
            if self.words[i].text == '"':
                if opened is None:
                    opened = i
                elif not self._opens(i):
                    self.closes[opened] = i
                    opened = None
                else:
                    self.quoted[i] = True
            else:
                self.quoted[i] = opened is not None
        if opened is not None:
            self.closes[opened] = self.n

    def _opens(self, i: int) -> bool:
        """A mark with a space before it and a letter after: it opens a quote, even inside one (a new paragraph of it)."""
        word = self.words[i]
        before, after = self.text[word.start - 1 : word.start], self.text[word.end : word.end + 1]
        return (not before or before.isspace()) and after.isalnum()

    def mark(self, i: int) -> bool:
        """Is it punctuation?"""
        text = self.words[i].text
        return not (text[0].isalnum() or text[0] == "_")

    def comma(self, i: int) -> bool:
        """A comma, a semicolon or a dash?"""
        return 0 <= i < self.n and self.words[i].text in COMMAS

    def capital(self, i: int) -> bool:
        """Does word `i` begin with a capital letter?"""
        return self.words[i].text[:1].isupper()

    def word(self, i: int) -> str:
        """Word `i` in lower case; nothing past either end."""
        return self.lower[i] if 0 <= i < self.n else ""

    def adverb(self, i: int) -> bool:
        """An adverb, by the closed list or by its ending?"""
        word = self.lower[i]
        return word in grammar.ADVERBS or (
            word.endswith("ly") and len(word) > 5 and not self.capital(i) and word not in {"family", "supply", "monopoly", "assembly"}
        )

    def finite_in(self, begin: int, end: int) -> bool:
        """Is there a finite verb among words[begin:end]?"""
        return begin < end and self._finites[min(end, self.n)] > self._finites[max(begin, 0)]

    def date_end(self, i: int) -> int | None:
        """Where the date that opens at word `i` ends (a word index); None where none does."""
        if i >= self.n:
            return None
        k = bisect_left(self.dates, (self.words[i].start, 0))
        if k >= len(self.dates) or self.dates[k][0] != self.words[i].start:
            return None
        end = i + 1
        while end < self.n and self.words[end].start < self.dates[k][1]:
            end += 1
        return end

    def comma_in(self, begin: int, end: int) -> bool:
        """Is there a comma among words[begin:end]?"""
        return begin < end and self._commas[min(end, self.n)] > self._commas[max(begin, 0)]

    def _ends_of_dates(self) -> Iterator[tuple[int, int]]:
        if not self.n:
            return
        last = self.words[self.n - 1].end
        for k in range(bisect_left(self.dates, (self.words[0].start, 0)), len(self.dates)):
            if self.dates[k][0] >= last:
                break
            begin = self._starts.get(self.dates[k][0])
            if begin is not None and (end := self.date_end(begin)) is not None:
                yield end, begin

    def dated_before(self, end: int) -> int:
        """Where a date that ends before word `end` begins, with its preposition; `end` where there is none."""
        begin = self._date_begins.get(end, end - 1 if self.word(end - 1) in grammar.DAYS else end)
        while begin < end and self.word(begin - 1) in {"on", "late", "early", "last", "in", "of", "earlier", "this"}:
            begin -= 1
        return begin

    def dated(self, i: int) -> int | None:
        """Where a date that opens at word `i` ends, with the preposition or weekday word that introduces it."""
        if (end := self.date_end(i)) is not None:
            return end
        if self.word(i) in grammar.DAYS:
            return i + 1
        if self.word(i) in {"on", "in", "late", "early", "last", "this", "earlier", "later", "by", "since", "from"} and i + 1 < self.n:
            if self.word(i + 1) in {"the", "late", "early"} and (end := self.date_end(i + 2)) is not None:
                return end
            return self.date_end(i + 1) or (i + 2 if self.word(i + 1) in grammar.DAYS else None)
        return None

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """The offsets of words[begin:end]."""
        return self.words[begin].start, self.words[end - 1].end
