"""Strict bounds: what is said to happen before a date falls due on the last day before it; "by" and "until" include it."""

from dataclasses import replace
from datetime import date, timedelta

import regex

from sources.text.dates import arabic, english
from sources.text.edtf import ImpreciseDate
from sources.text.folding import fold

LED = 48  # letters before a date in which its lead stands

# What a span's beginning is called: before it is before the span.
_OPENING = r"start|beginning|dawn|onset|arrival|advent|opening|حلول|بداية|بدء|مطلع|مستهل|دخول|قدوم|مجيء|بلوغ"
_OF = "the|of|يوم|شهر|عام|سنة"
_BEFORE = rf"(?:before|prior to|ahead of|(?<!no )(?<!not )(?:earlier|sooner) than|[وف]?(?:قبل|قبيل))(?:\s+(?:{_OF}|{_OPENING}))*+"
_LED_BY = regex.compile(rf"(?<!\p{{L}}){_BEFORE}\s+$")
_BEGINS = regex.compile(rf"{_BEFORE}\s+")
_STARTS = regex.compile(rf"(?:(?:the\s+)?(?:{_OPENING}|outset)(?:\s+of)?\s+)+")
# A part of the span that is not its beginning («منتصف عام 2024»), or a time of the day: the span itself is only half over then.
_INSIDE = frozenset(fold(f"{arabic.EDGES} {english.EDGES} {arabic.TIMES_OF_DAY} {english.TIMES_OF_DAY} موفى انتهاء انقضاء").text.split())
# What may follow a date that stands by itself; "before the 2024 election" names a thing of 2024.
_FOLLOWS = regex.compile(
    r"\s*(?:$|[^\p{L}\s'’\-–]|[\u0600-\u06ff]|\s[-–—]\s|\n"
    r"|(?:and|or|but|if|when|as|at|in|on|to|for|from|with|without|by|because|that|which|while|unless|after|though|although|so|than|thanks"
    r"|according|amid|despite|under|through|according|following|only|even|begins?|starts?|comes?|arrives?|he|she|they|it|we|said|says"
    r"|\p{L}+ly)(?!\p{L}))",
    regex.IGNORECASE,
)
_ENDS = regex.compile(r"\s*(?:is|ends|closes|expires|ينتهي|تنتهي|ينقضي|تنقضي)(?!\p{L})", regex.IGNORECASE)


def before(when: ImpreciseDate, text: str) -> ImpreciseDate | None:
    """The last day before a date that is a strict bound in its text, with the words that make it one; None where it is none.

    `text` is the whole text that the offsets of `when` belong to.
    """
    if when.first is None or when.start is None or when.end is None or when.first == date.min:
        return None
    words = fold(text[when.start : when.end]).text.lower()
    behind = text[max(0, when.start - LED) : when.start]
    lead = _lead(fold(behind).text.lower(), words)
    if lead is None or not _FOLLOWS.match(text[when.end : when.end + LED]) or _ENDS.match(text[when.end : when.end + LED]):
        return None
    start = when.start - (len(behind) - _origin(behind, lead))
    edtf = (when.first - timedelta(days=1)).isoformat()
    return replace(when, edtf=edtf, text=text[start : when.end], start=start)


def _lead(behind: str, words: str) -> int | None:
    """Where among the letters before a date its "before" begins; their end where the date's own words begin with it."""
    if begins := _BEGINS.match(words):
        rest = words[begins.end() :]
        # «قبل أسبوعين» is a distance: only a season and a month of the other calendar are read with their "before".
        return len(behind) if not _INSIDE & set(rest.split()) and not _DISTANCE.search(rest) else None
    found = _LED_BY.search(behind)
    rest = words[opens.end() :] if (opens := _STARTS.match(words)) else words
    if found is None or _INSIDE & set(regex.split(r"[\s\-]+", rest)):
        return None
    return found.start()


_UNITS = {word for forms in (*arabic.UNITS.values(), *english.UNITS.values()) for form in forms[0::2] for word in fold(form).text.split()}
_DUALS = {word for forms in arabic.UNITS.values() for word in fold(forms[3]).text.split()}
_DISTANCE = regex.compile(rf"(?<!\p{{L}})(?:{'|'.join(sorted(_UNITS - {'شهر'} | _DUALS))})(?!\p{{L}})")


def _origin(behind: str, place: int) -> int:
    """A place of the folded letters in the letters themselves."""
    folded = fold(behind)
    return folded.map[place]
