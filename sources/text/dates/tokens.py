"""A folded text to the tokens a date is made of: all other words are one token a run, as they only keep others apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import regex

from sources.text.dates import homographs, words
from sources.text.dates.parts import KINDS, Part, When
from sources.text.dates.tenses import FUTURE, PAST, PROMISE, TURN, WEAK, Tenses, mark

_TOKEN = regex.compile(
    r"[qh][1-4](?![\p{L}\d])|fy ?(?:20)?[0-9][0-9](?![\p{L}\d])|\p{L}[\p{L}\p{M}]*+"
    r"|\d++(?:[-/]\d++){3,}+|\d++(?:[.,٫٬:]\d++)*+|\n|\S"
)
_MARKS = {
    **dict.fromkeys("-–—‑−", "dash"), **dict.fromkeys(",،", "comma"), **dict.fromkeys("([", "open"), **dict.fromkeys(")]", "close"),
    "/": "slash", ".": "dot", "%": "percent", "٪": "percent", "=": "same",
}  # fmt: skip
_MARK_CODES = {mark: KINDS[kind] for mark, kind in _MARKS.items()}
_BRACKETS = frozenset((KINDS["open"], KINDS["close"]))
_ENDS = frozenset(".!?؟…۔;؛\n")
_SOFT = frozenset(",،:")
_CLOSING = frozenset((",", "،", ".", "!"))
_OPENING = frozenset((", ", "، ", ": ", " ،", ",", ":", ""))  # what stands before a quote that is said
_SUFFIX = regex.compile(r"(?:st|nd|rd|th)(?![\p{L}\d])")
_DECADE = regex.compile(r"['’]?s(?![\p{L}\d])")
_LETTERS = regex.compile(r"\p{Latin}++")
_LATIN = regex.compile(r"\p{Latin}")
_DOTTED = regex.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{4})\.(\d{1,2})(?:\.(\d{1,2}))?")
_VERBS = {"may", "march", "mar", "sat", "sun", "wed", "mon", "sep", "dec", "jan", "jun"}
_SPANS = frozenset(("week", "weeks", "month", "months", "quarter"))
_ARTICLE = regex.compile(r"\s(?:a|an|the|its|his|her|their)\s")
_IS = frozenset(("is", "are"))
_PASSIVE = frozenset(("be", "been", "being", "to"))
_WORD = KINDS["word"]
_NUMBER = KINDS["num"]
_GAPS = frozenset(("", " ", "\n", "\t"))


@dataclass(slots=True)
class Tokens:
    """The tokens of a text, and where its clauses end and turn to the past or the future."""

    parts: list[Part] = field(default_factory=list)
    tenses: Tenses = field(default_factory=Tenses)
    arabic: bool = False


def read(low: str, original: str, spelled: Callable[[int, int], str]) -> Tokens:
    """The tokens of a folded text in small letters; `original` is the same text with its capitals.

    `spelled` gives what stands at a place of it as the text itself spells it.
    """
    return _Lexer(low, original, spelled).read()


class _Lexer:
    def __init__(self, low: str, original: str, spelled: Callable[[int, int], str]) -> None:
        self.low, self.original, self.spelled, self.out = low, original, spelled, Tokens()
        self.known: dict[str, tuple[int, Any, int]] = {}
        self.done, self.last = 0, ""
        self.letters = [0, 0]  # Latin, Arabic words

    def read(self) -> Tokens:
        out, low = self.out, self.low
        for found in _TOKEN.finditer(low):
            start = found.start()
            if start < self.done:
                continue
            text = found[0]
            first, end = text[0], found.end()
            if first.isdecimal():
                if len(text) < 4 and text.isdecimal() and low[start - 1 : start] in _GAPS and low[end : end + 1] in _GAPS:
                    out.parts.append(Part(_NUMBER, start, end, int(text)))  # most stand alone: 5 March
                else:
                    self._number(text, start, end)
            elif first == "f" and text[-1].isdecimal():
                self._put(KINDS["saidyear"], start, end, When(year=2000 + int(text[-2:])))
            elif text[-1].isdecimal():
                self._put(KINDS["part"], start, end, When(month=(32 if first == "q" else 39) + int(text[1])))
            elif first.isalpha():
                self._word(text, start, end)
            else:
                self._mark(first, start)
        out.arabic = self.letters[1] >= self.letters[0]
        return out

    def _mark(self, mark: str, start: int) -> None:
        after = self.low[start + 1 : start + 2].isalnum()
        if mark == '"':
            opens = after and self.low[start - 2 : start] in _OPENING
            if opens or self.low[start - 1 : start] in _CLOSING:  # what is said is a clause of its own
                self.out.tenses.ends.append(start)
        elif mark in _ENDS:
            if mark != "." or not after:
                self.out.tenses.ends.append(start)
        elif mark in _SOFT:
            self.out.tenses.commas.append(start)
        code = _MARK_CODES.get(mark, _WORD)
        if code == _WORD:
            self._filler(start, start + 1)
        elif code in _BRACKETS and self.out.parts and self.out.parts[-1].code == code and self.out.parts[-1].end == start:
            self.out.parts[-1].end = start + 1  # «((((» is one
        else:
            self.out.parts.append(Part(code, start, start + 1))

    def _put(self, code: str, start: int, end: int, value: Any = None) -> None:
        self.out.parts.append(Part(code, start, end, value))
        self.done = end

    def _filler(self, start: int, end: int) -> None:
        parts = self.out.parts
        if parts and parts[-1].code == _WORD:
            parts[-1].end = end
        else:
            parts.append(Part(_WORD, start, end))
        self.done = end

    def _word(self, word: str, start: int, end: int) -> None:
        known = self.known.get(word)
        if known is None:
            known = self.known[word] = self._classified(word)
        letters, entry, tense = known
        self.letters[word[0] >= "\u0600"] += 1
        if tense == TURN:
            self.out.tenses.ends.append(start)
        elif tense and not self._no_mark(word, tense, start):
            planned = self.last in _IS and tense in (PROMISE, WEAK)  # "rain is forecast", "when he is sentenced"
            self.out.tenses.marks.append((start, FUTURE if planned else tense))
        elif word == "to" and (self.last in _IS or (self.last and mark(self.last) == PROMISE)) and not _ARTICLE.match(self.low, end):
            # "is to give evidence", "planned to sell"
            self.out.tenses.marks.append((start, FUTURE))
        self.last = word
        if entry is None:
            self._filler(start, end)
            return
        for i in range(letters):
            self._put(KINDS["and"] if word[i] in "وف" else KINDS["of"], start + i, start + i + 1)
        self._entry(entry, word[letters:], start + letters, end)

    def _no_mark(self, word: str, tense: int, start: int) -> bool:
        """ "will be published" and "to cut" are not past, May is no modal, "the week ending" no plan."""
        if tense in (WEAK, PAST) and self.last in _PASSIVE:
            return True
        return (word == "may" and self.original[start] == "M") or (word == "ending" and self.last in _SPANS)

    def _classified(self, word: str) -> tuple[int, Any, int]:
        entry = words.entry(word)
        if entry is None and word in words.PAIRS:
            entry = (KINDS["split"], word)
        tense = mark(word)
        if entry is not None:
            return 0, entry, tense
        if word[0] in "وفبل" and (joined := words.split(word)):
            return joined[0], joined[1], tense
        return 0, None, tense

    def _entry(self, entry: words.Entry, word: str, start: int, end: int) -> None:
        code, value = entry
        if (seconds := words.PAIRS.get(word)) and self._pair(seconds, start, end):
            return
        if code == KINDS["split"]:
            self._filler(start, end)
            return
        low = self.low
        if word in homographs.WORDS and not homographs.is_date_word(word, low, self.original, self.spelled(start, end), start, end):
            self._filler(start, end)
            return
        if word in _VERBS and not self.original[start].isupper():
            code = KINDS["verb"] if code == KINDS["doubtful"] else code
        if word in words.ABBREVIATED and low[end : end + 1] == ".":
            end += 1
        self._put(code, start, end, value)

    def _pair(self, seconds: dict[str, words.Entry], start: int, end: int) -> bool:
        found = _TOKEN.match(self.low, end + 1) if self.low[end : end + 1] in (" ", "\t") else None
        if found is None or found[0] not in seconds:
            return False
        code, value = seconds[found[0]]
        self._put(code, start, found.end(), value)
        return True

    def _number(self, text: str, start: int, end: int) -> None:
        low = self.low
        if start and (low[start - 1].isalpha() or low[start - 1] == "_") and not self._led(start):
            return self._filler(start, end)
        if start > 1 and low[start - 1] in "-–" and low[start - 2].isalpha() and len(text) < 4 and self.out.parts[-2].code not in "MmvoC":
            return self._filler(start, end)
        if not text.isdecimal():
            return self._pointed(text, start, end)
        after = low[end : end + 1]
        if after and (_LATIN.match(after) or after in "'’"):
            return self._suffixed(text, start, end)
        value = int(text) if len(text) < 5 else 0
        if len(text) == 4 and 1000 <= value <= 2199:
            return self._put(KINDS["year"], start, end, When(year=value))
        if len(text) < 4:
            return self._put(KINDS["num"], start, end, value)
        return self._filler(start, end)

    def _led(self, start: int) -> bool:
        """Letters that may stand before a figure: a particle, «الـ», FY of a fiscal year."""
        if not self.out.parts:
            return False
        last = self.out.parts[-1]
        word = self.low[max(last.start, start - 3) : start] if last.end == start else ""
        if word and word[-1] in "وفبلك" and not word[-2:-1].isalpha():
            if last.code == _WORD:
                last.end -= 1
                self._put(KINDS["and"] if word[-1] in "وف" else KINDS["of"], start - 1, start)
            return True
        return word.endswith(("ال", "fy"))

    def _suffixed(self, text: str, start: int, end: int) -> None:
        low = self.low
        if (found := _SUFFIX.match(low, end)) and len(text) < 3:
            return self._put(KINDS["nth"], start, found.end(), int(text))
        if (found := _DECADE.match(low, end)) and text.endswith("0") and len(text) in (2, 4):
            decade = int(text) // 10 if len(text) == 4 else 190 + int(text) // 10
            return self._put(KINDS["decade"], start, found.end(), When(edtf=f"{decade}X"))
        if len(text) < 3 and (glued := _LETTERS.match(low, end)) and (words.entry(glued[0]) or "_")[0] in "Mmv":  # 14april
            return self._put(KINDS["num"], start, end, int(text))
        if low[end : end + 1] in "'’":
            return self._put(KINDS["year"], start, end, When(year=int(text))) if len(text) == 4 else self._filler(start, end)
        return self._filler(start, end)

    def _pointed(self, text: str, start: int, end: int) -> None:
        """«31.10.1974» is a date, "3.5" and "1,200" are none."""
        if (found := _DOTTED.fullmatch(text)) and text.isascii():
            day, month, year, first, second, third = found.groups()
            if year:
                return self._put(KINDS["day"], start, end, numeric(int(year), int(month), int(day)))
            if third and 1900 <= int(first) <= 2100:
                return self._put(KINDS["day"], start, end, When(year=int(first), month=int(second), day=int(third)))
        return self._filler(start, end)


def numeric(year: int, month: int, day: int) -> When:
    """Day and month as written, the other way round where only that is a date."""
    if month > 12 >= day:
        day, month = month, day
    return When(year=year, month=month, day=day)
