"""In which ways a figure can be read where it stands: as a level or as a change, as what is reached or as the least of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claims.domain.choices import Comparator, Kind
from claims.figures.figure_comparison import LOOSELY, Measured, Quantity, Tolerance, measured
from sources.text.folding import fold

# All is compared folded: hamzas, marks and the ta marbuta do not part words.
_BY = re.compile(r"(?:\bby|(?<!\w)(?:بنسبه|بنسبة|بمقدار|بواقع|بمعدل))\W*$", re.IGNORECASE)
_TO = re.compile(r"(?:\b(?:to|at|from)|(?<!\w)(?:الي|إلي|الى|إلى|عند|من|لتبلغ|ليبلغ|لتصل الي|ليصل الي))\W*$", re.IGNORECASE)
_CHANGES = re.compile(
    r"\b(?:ris(?:e|es|en|ing)|rose|f[ae]ll(?:s|en|ing)?|gr(?:ow|ows|ew|own|owing)|drop(?:s|ped)?|increas\w+|decreas\w+|declin\w+|jump\w*|shr[aiu]nk\w*)\b"
    r"|(?<!\w)[وفس]?(?:ي|ت|س|سي|ست)?(?:ارتفع|رتفع|انخفض|نخفض|تراجع|زاد|زيد|نما|نمو|ازداد|زداد|هبط|قفز|تقلص|انكمش|نكمش)(?:ت|وا|ون)?(?!\w)",
    re.IGNORECASE,
)
# What is to be reached: whoever says so may mean that much or at least that much.
_REACHES = re.compile(
    r"\b(?:(?:will|would|to|may|could|can) (?:reach|hit|top out at|come to))\b"
    r"|(?<!\w)[وف]?(?:س?[يت]بلغ|س?[يت]صل(?:ان|ون)?|بلوغ|الوصول)(?!\w)",
    re.IGNORECASE,
)
_COMING = (Kind.PREDICTION, Kind.COMMITMENT)
NEAR = 60  # letters before a figure in which the word stands that says what it is


def readings(figure: Quantity, role: str, wordings: Sequence[str], kind: str, tolerance: Tolerance = LOOSELY) -> tuple[Measured, ...]:
    """The ways to read a figure in a claim worded so, likeliest first; none where it has no unit.

    What people have said of it is not asked again: another role than the reader's own `level`, another comparator than `exactly`.
    """
    before = _before(figure.text, wordings)
    ways = [(each, "") for each in _roles(role, before)]
    if kind in _COMING and figure.comparator == Comparator.EXACTLY and role == "level" and _REACHES.search(before):
        ways += [(each, str(Comparator.AT_LEAST)) for each, _ in ways if each == "level"]
    return tuple(found for each, comparator in ways if (found := measured(figure, each, tolerance, comparator=comparator)))


def _roles(role: str, before: str) -> Iterator[str]:
    if role != "level":
        yield role
    elif _BY.search(before):
        yield "change"
    elif _TO.search(before) or not _CHANGES.search(before):
        yield "level"
    else:  # "exports rose 5 percent"
        yield "change"
        yield "level"


def _before(words: str, wordings: Sequence[str]) -> str:
    """What stands before a figure in the first wording that has it."""
    sought = fold(words).text
    for wording in wordings:
        folded = fold(wording).text
        if (at := folded.find(sought)) >= 0:
            return folded[max(0, at - NEAR) : at]
    return ""
