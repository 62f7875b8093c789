"""What looks like a figure and is none: names, dates, clock times, list numbers, ordinals, ages, addresses."""

import regex

from sources.text.numbers import days
from sources.text.numbers.measures import SINGLE
from sources.text.numbers.names import CLITICS, is_name
from sources.text.numbers.number_words import ABBREVIATED, number_word
from sources.text.numbers.numerals import Numeral
from sources.text.numbers.tokens import Tokens, keys
from sources.text.numbers.units import WITHIN, Unit

# A year follows these.
# A number after these is a name: the resolution, the article, the flight.
_SUFFIXES = keys("strong plus odd year")
_SCORING = keys(
    "فاز فازت فوز بفوز بنتيجة نتيجة تعادل تعادلا خسر خسرت خسارة تغلب تغلبت هزم سحق won win beat lost score draw drew defeated victory aggregate"
)
_ORDINAL = keys("st nd rd th")
_LISTED = regex.compile(r"[.)\-–:](?:\s|$)")
_CODE_AFTER = regex.compile(r"[/:]\d|[-–]\d+[-–/]|\.\d|,\d{4,}|[_@]")
_AGED = regex.compile(
    r"(?:عمر|العمر|سن|البالغ|البالغه|ويبلغ|يبلغ هو|تبلغ هي)(?:ها|ه|هما|هم|هن|نا)?(?: (?:يناهز|ناهز|تجاوز|يتجاوز|نحو|حوالي|قرابه|يزيد علي|لا يتجاوز))?\s*$"
)
_AGES = keys("aged ages أعمارهم أعمارهن")
_AGED_PEOPLE = keys(
    "users children people adults women men those anyone everyone kids girls boys teens players pupils voters citizens residents patients"
)
_WHO = keys("man woman boy girl child person he she teenager son daughter")
OLDEST = 115
LONGEST_ADDRESS = 300


def is_stranger(tokens: Tokens, numeral: Numeral, first: int, *, unit: Unit | None, compared: bool) -> bool:
    """Is the numeral that opens at token `first` no figure? `compared`: a comparator precedes."""
    if numeral.spelled and unit is None and tokens.word(first - 1) == "at" and numeral.value <= 12 and tokens.joined(first):
        return True  # "at six this morning"
    if numeral.spelled:
        return unit is None and not compared and is_name(tokens, numeral, first, unit=None)
    return (
        _glued(tokens, numeral, first, money=unit is not None and unit.kind == "money")
        or _in_address(tokens, numeral)
        or _listed(tokens, numeral, first)
        or days.is_dated(tokens, numeral, first, unit=unit, compared=compared)
        or days.is_clock(tokens, numeral, first)
        or (not compared and is_name(tokens, numeral, first, unit=unit))
    )


def _in_address(tokens: Tokens, numeral: Numeral) -> bool:
    """Is it part of a link or a mail address?"""
    near = tokens.low[max(0, numeral.start - LONGEST_ADDRESS) : numeral.start]
    word = near[max(near.rfind(blank) for blank in (" ", "\n", "\t")) + 1 :]
    return "://" in word or word.startswith("www.") or "@" in word


def _glued(tokens: Tokens, numeral: Numeral, first: int, *, money: bool) -> bool:
    """Tu-95, A320, 10:30, 3rd, 1990s, 2022-12: letters or other digits hang on it."""
    low, start, end = tokens.low, numeral.start, numeral.end
    before = low[start - 1 : start]
    if before and before in "-–/.:#@_" and start > 1 and (low[start - 2].isalnum() or before in "#@_/"):
        return True
    if (
        first
        and tokens.glued(first)
        and tokens.word(first - 1)[0].isalpha()
        and tokens.word(first - 1) not in CLITICS
        and start == tokens.starts[first]
    ):
        return True
    if _CODE_AFTER.match(low, end):
        return True
    if before == "+" and low[start - 2 : start - 1].isalpha():
        return True  # GMT+1
    if (tokens.gap(first) == " - " and tokens.is_digits(first - 1)) or (
        tokens.gap(numeral.after) == " - " and tokens.is_digits(numeral.after)
    ):
        return True  # a dateline: 3 - 6
    if low[end : end + 1] in ("-", "–") and low[end + 1 : end + 2].isdigit():
        return True  # a score: 2-1 is no range
    return not money and hangs_on(tokens, numeral)


def hangs_on(tokens: Tokens, numeral: Numeral) -> bool:
    """3rd, 1990s, 3-D, 7-Eleven: letters hang on the end of it."""
    return _hangs(tokens, numeral.after)


def _hangs(tokens: Tokens, after: int) -> bool:
    gap, word = tokens.gap(after), tokens.word(after)
    if gap is None or not word[:1].isalpha():
        return False
    if gap == "":
        if word in _ORDINAL or (word in ("x", "g") and tokens.capital(after)):
            return True
        return (
            word[0] < "\u0600"
            and word not in SINGLE
            and word not in ABBREVIATED
            and word not in ("usd", "eur", "gbp", "us", "c", "f", "p")
            and len(word) != 3
        )
    return (
        gap in "-–"
        and word not in SINGLE
        and word not in _SUFFIXES
        and word not in WITHIN
        and not (word in ("basis", "percentage") and tokens.word(after + 1) in ("point", "points"))
        and number_word(word) is None
        and word[0] < "\u0600"
        and not tokens.glued(after + 1)
        and not _money(word)
    )


def _money(word: str) -> bool:
    return word in ("dollar", "euro", "pound", "cent", "yen", "rouble", "ruble")


def _listed(tokens: Tokens, numeral: Numeral, first: int) -> bool:
    """The number of a list: first on its line, with a point or a bracket after it."""
    start = numeral.start
    if numeral.value > 99 or not (start == 0 or tokens.low[start - 1] in "\n(" or tokens.low[max(0, start - 2) : start] == "\n "):
        return False
    found = _LISTED.match(tokens.low, numeral.end)
    return bool(found) and numeral.end + 1 < len(tokens.low.rstrip())


def is_age(tokens: Tokens, first: int, start: int, end: int, after: int, unit: Unit | None) -> bool:
    """«(45 عاما)»، «البالغ من العمر 45 عاما», "aged 45", "John Smith, 45,": how old somebody is."""
    low, name = tokens.low, unit.name if unit else None
    if name not in ("year", "month", None):
        return False
    before, behind = low[max(0, start - 28) : start].rstrip(" ("), low[end : end + 1]
    word = tokens.word(first - 1)
    if name is None and tokens.is_digits(first) and not _AGES.isdisjoint(tokens.texts[max(0, first - 6) : first]):
        return True  # "aged 19, 22 and 27"
    if _AGED.search(before) or word in ("aged", "age") or before.endswith("the age of"):
        return True
    opened = low[max(0, start - 2) : start].strip()[-1:]
    if name == "year":
        if opened and opened in "(،," and behind and behind in ")،,.":
            return opened == "(" or not tokens.is_digits(first - 1)
        return tokens.word(after) == "old" and "-" in (tokens.gap(after) or "") and "-" in low[start:end]
    if name or not tokens.is_digits(first) or not tokens.word(first).isdigit() or int(tokens.word(first)[:4]) > OLDEST:
        return False
    if opened and opened in ",،(" and behind and behind in ",،.)" and word[:1].isalpha():
        return True
    if word in ("under", "over", "below", "above") and tokens.word(first - 2) in _AGED_PEOPLE:
        return True  # "users under 13"
    return word in ("of", "is", "was") and tokens.word(first - 2) in _WHO


def is_score(tokens: Tokens, first: int, second: int) -> bool:
    """2-1: two small numbers about a hyphen that count nothing."""
    near = {tokens.word(k) for k in range(max(0, first - 8), first)} | {tokens.word(k) for k in range(second, min(len(tokens), second + 4))}
    return bool(near & _SCORING)
