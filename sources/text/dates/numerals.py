"""What takes several words: «الحادي والثلاثين», «ألفين واثنين وعشرين», "twenty-first", «آذار/مارس»."""

from itertools import pairwise
from typing import Any

from sources.text.dates.parts import Context, Grammar, Part

numerals = Grammar()
Read = tuple[str, Any] | None


@numerals.rule("per=in day=relday")
def _per_day(context: Context, said: dict[str, Part]) -> Read:
    """«ساعة في اليوم» is an hour a day."""
    return ("_", None) if context.low[said["per"].start : said["day"].end] == "في اليوم" else None


@numerals.rule("general theunit", "general relday")
def _general(context: Context, said: dict[str, Part]) -> Read:
    """«الأمين العام المقبل» is the next secretary-general, not next year; «نفس اليوم» is not today."""
    return "_", None


@numerals.rule("in/since/before/to/after/between keep=holiday (?!_)", "in/since/before/to/after/between keep=holiday (?=_?$)")
def _holiday(context: Context, said: dict[str, Part]) -> Read:
    """ "by Christmas"."""
    return "d", said["keep"].value


@numerals.rule("one=ord and ten=ord/card", "ten=card dash? one=ord")
def _twenty_first(context: Context, said: dict[str, Part]) -> Read:
    one, ten = said["one"].value, said["ten"].value
    return ("o", one + ten) if 0 < one < 10 and ten in (20, 30) else None


@numerals.rule("one=ord ten=card")
def _sixteenth(context: Context, said: dict[str, Part]) -> Read:
    one, ten = said["one"].value, said["ten"].value
    return ("o", one + ten) if 0 < one < 10 and ten == 10 else None


@numerals.rule("a=card/both dash? and? b=card/both ( and? c=card/both )? ( and? d=card/both )? ( and? e=card/both )?")
def _sum(context: Context, said: dict[str, Part]) -> Read:
    """Adds what adds up: «خمسة عشر», «ألف وتسعمئة وثمانية وسبعين», "two thousand and twenty", "twenty twenty-five"."""
    read = [said[key].value[1] if said[key].code == "1" else said[key].value for key in "abcde" if key in said]
    if read[0] < 100 and read[1] in (100, 1000):
        read[:2] = [read[0] * read[1]]
    elif read[0] == 20 and 10 <= read[1] < 100 and len(read) < 4:
        read[0] = 2000
    if any(b >= 10 ** (len(str(a)) - 1) for a, b in pairwise(read) if a >= 100):  # "nineteen hundred two thousand"
        return None
    total = sum(read)
    if total >= 1000:
        return ("C", total) if 1900 <= total <= 2100 else None
    small, large = min(read), max(read)
    return ("C", total) if len(read) == 2 and small < 10 <= large < 100 else None


@numerals.rule("month=month/doubtful/verb ( slash | dash | open ) other=month/doubtful close?", "month=month/doubtful other=month/doubtful")
def _twice(context: Context, said: dict[str, Part]) -> Read:
    """One month by two names: «آذار/مارس», «كانون الأول (ديسمبر)», «يونيو حزيران»."""
    first, second = said["month"], said["other"]
    beside = not context.low[first.end : second.start].strip()
    if beside and context.low[first.start : first.end] == context.low[second.start : second.end]:
        return None
    return ("M", said["month"].value) if said["month"].value == said["other"].value else None
