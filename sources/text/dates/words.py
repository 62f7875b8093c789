"""Every word of a date and what it may be, made from the tables of each language."""

from typing import Any

from sources.text.dates import arabic, english
from sources.text.dates.parts import KINDS, When
from sources.text.folding import fold

Entry = tuple[str, Any]

_LEXICON: dict[str, Entry] = {}
PAIRS: dict[str, dict[str, Entry]] = {}  # month names in two words: first -> second -> entry
ABBREVIATED = frozenset(" ".join(english.DOUBTFUL_MONTHS).split()) - {"march", "may"} | {
    word for days in (*english.WEEKDAYS, *english.BARE_WEEKDAYS) for word in days.split() if len(word) < 6
}


def _add(kind: str, words: str, value: Any = None) -> None:
    for word in fold(words).text.lower().split():
        if "_" in word:
            first, _, second = word.partition("_")
            PAIRS.setdefault(first, {})[second] = (KINDS[kind], value)
        else:
            _LEXICON[word] = (KINDS[kind], value)


def _fill() -> None:
    for lang in (arabic, english):
        _add("edge", lang.EDGES)
        _add("in", lang.IN)
        _add("about", lang.ABOUT)
        _add("of", lang.OF)
        _add("to", lang.TO)
        _add("between", lang.BETWEEN)
        _add("since", lang.SINCE)
        _add("before", lang.BEFORE)
        _add("after", lang.AFTER)
        _add("ago", lang.AGO)
        _add("fiscal", lang.FISCAL)
        _add("same", lang.SAME_AS)
        _add("era", lang.CENTURY_YEAR)
        _add("past", lang.PAST)
        _add("future", lang.FUTURE)
        _add("now", lang.NOW)
        _add("tod", lang.TIMES_OF_DAY)
        for n, words in enumerate(lang.MONTHS, 1):
            _add("month", words, When(month=n))
        for n, words in enumerate(lang.DOUBTFUL_MONTHS, 1):
            _add("doubtful", words, When(month=n))
        for n, words in enumerate(lang.SEASONS, 21):
            _add("season", words, n)
        for value, words in lang.CARDINALS.items():
            _add("card", words, value)
        for offset, words in lang.RELATIVE_DAYS.items():
            _add("relday", words, offset)
        for n, words in enumerate(lang.WEEKDAYS):
            _add("weekday", words, When(weekday=n))
        for n, words in enumerate(lang.BARE_WEEKDAYS):
            for word in dict.fromkeys(fold(words).text.split()):
                number = _LEXICON.get(word)
                _LEXICON[word] = (KINDS["both"], (n, number[1])) if number else (KINDS["bareday"], When(weekday=n))
        for unit, (one, the_one, many, two) in lang.UNITS.items():
            _add("unit", one, unit)
            _add("theunit", the_one, unit)
            _add("units", many, unit)
            _add("dual", two, (2, unit))
        _add("ord", lang.FIRST, 1)
        for value, words in lang.ORDINALS.items():
            _add("ord", words, value)
    _fill_the_rest()


def _fill_the_rest() -> None:
    for month_day, names in english.HOLIDAYS.items():
        _add("holiday", names, When(month=month_day[0], day=month_day[1]))
    for month_day, names in arabic.HOLIDAYS.items():
        _add("holiday", names, When(month=month_day[0], day=month_day[1]))
    _LEXICON["the"] = (KINDS["the"], None)
    for n, words in enumerate(arabic.HIJRI_MONTHS, 1):
        _add("hijri", words, n)
    for value, words in arabic.HUNDREDS.items():
        _add("card", words, value)
    _add("ord", arabic.ORDINAL_ONES, 1)
    _add("half", arabic.HALVES + " " + english.HALVES)
    _add("fraction", arabic.QUARTERS)
    _add("hera", arabic.HIJRI_YEAR)
    _add("general", arabic.GENERAL)
    _add("from", english.FROM)
    _add("later", english.LATER, 1)
    _add("later", english.EARLIER, -1)
    _add("hence", english.HENCE)
    _add("article", english.ARTICLES)
    _add("and", "and و")
    for n, stem in enumerate(arabic.TENS_OF_YEARS, 2):
        _add("tens", " ".join(f"{lead}{stem}{end}" for lead in ("", "ال") for end in ("يات", "ات")), n)
    for n, word in enumerate(english.DECADES, 2):
        _add("tens", word, n)
    _add("nottoday", " ".join(word for word in arabic.NOT_TODAY.split() if fold(word).text not in _LEXICON))


_fill()

_JOINED = "وفبل"


def entry(word: str) -> Entry | None:
    """What this word may be in a date; None for every other word."""
    return _LEXICON.get(word)


def split(word: str) -> tuple[int, Entry] | None:
    """An Arabic word with particles glued to it: how many letters they have, and what the rest may be."""
    for letters in (1, 2):
        if len(word) < letters + 3 or word[letters - 1] not in _JOINED:
            break
        if found := _LEXICON.get(word[letters:]) or _PAIRED.get(word[letters:]):
            return letters, found
        if word[letters - 1] == "ل" and word[letters] == "ل" and (found := _LEXICON.get("ا" + word[letters:])):
            return letters, found
    return None


_PAIRED: dict[str, Entry] = {first: (KINDS["split"], first) for first in PAIRS}
