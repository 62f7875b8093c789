"""A text cut into words, digits and signs, each with its place."""

from bisect import bisect_left

import regex

from sources.text.folding import Folded, fold

# One letter for another, so that no offset moves: hamza seats and the two ways to end a feminine noun.
_SEATS = str.maketrans({"ئ": "ي", "ؤ": "و", "ة": "ه"})
# A row of six bare numbers or more is a table or a code: it is one token, and no figure.
_TOKEN = regex.compile(
    r"(?P<row>\d++(?:[ \t]++\d++){5,}+)"
    r"|(?P<digits>\d++(?:[.,٬٫،ر]\d++)*+|(?<![\p{L}\d.])[.٫]\d++)"
    r"|\p{L}++(?:['’]\p{L}++)?+"
    r"|[$€£¥₪₽₺₹₩₦₴₾₡¢%٪‰°½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞~<>≤≥=+]"
)
SHORT = 3  # the longest gap that still holds words together
BEYOND = 16  # how far a look may go beyond the ends
_BLANK = frozenset(["", " ", "  ", "   ", "\t", " \t", "\t ", "\t\t"])
_HYPHENS = frozenset(["-", "–", "—", "\u2010", "\u2011"])


def key(word: str) -> str:
    """The spelling that words are compared in; as long as `word` folded is."""
    return lowered(fold(word).text).translate(_SEATS)


def split(words: str) -> list[str]:
    """A list of words written as one line: it reads better."""
    return words.split()


def keys(words: str) -> frozenset[str]:
    """The keys of words that blanks set apart."""
    return frozenset(key(word) for word in words.split())


def lowered(text: str) -> str:
    """Lower case, letter for letter: one whose lower case is longer stays."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Tokens:
    """The tokens of a text. Places are those of the folded text until `origin` leads back.

    Before the first token and behind the last stand empty ones, so that a look a little beyond the ends finds nothing.
    """

    def __init__(self, text: str) -> None:
        self.original = text
        self.folded: Folded = fold(text)
        self.low = low = lowered(self.folded.text).translate(_SEATS)
        self.texts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.digits: list[bool] = []
        self.rows: list[bool] = []
        self.gaps: list[str | None] = []  # what stands before each token, where that is short
        done = -SHORT - 1
        for found in _TOKEN.finditer(low):
            start, end = found.span()
            kind = found.lastgroup
            self.texts.append(found[0])
            self.starts.append(start)
            self.ends.append(end)
            self.digits.append(kind == "digits")
            self.rows.append(kind == "row")
            self.gaps.append(low[done:start] if start - done <= SHORT else None)
            done = end
        self.count = len(self.texts)
        # What a gap lets through: blanks join, and so does a hyphen in a compound.
        self.joins: list[bool] = [gap in _BLANK for gap in self.gaps]
        self.compounds: list[bool] = [gap in _BLANK or (gap is not None and gap.strip(" \t") in _HYPHENS) for gap in self.gaps]
        self.texts += [""] * BEYOND
        self.digits += [False] * BEYOND
        self.gaps += [None] * BEYOND
        self.joins += [False] * BEYOND
        self.compounds += [False] * BEYOND

    def __len__(self) -> int:
        return self.count

    def word(self, i: int) -> str:
        """The token at `i`, or nothing beyond the ends."""
        return self.texts[i]

    def is_digits(self, i: int) -> bool:
        return self.digits[i]

    def gap(self, i: int) -> str | None:
        """What stands between token `i` and the one before; None where that is more than a little, or there is none."""
        return self.gaps[i]

    def joined(self, i: int) -> bool:
        """Does token `i` follow the one before with blanks between, or nothing?"""
        return self.joins[i]

    def hyphened(self, i: int) -> bool:
        """The same, or with a hyphen between: "twenty-five", "three-year"."""
        return self.compounds[i]

    def glued(self, i: int) -> bool:
        return self.gaps[i] == ""

    def capital(self, i: int) -> bool:
        """Does the word at `i` open with a capital letter?"""
        return 0 <= i < self.count and self.folded.text[self.starts[i]].isupper()

    def at(self, place: int) -> int:
        """The first token that starts at `place` or after."""
        return bisect_left(self.starts, place)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the text as given."""
        return self.folded.origin(start, end)

    def read(self, start: int, end: int) -> str:
        """The words of the text as given that stand there."""
        a, b = self.origin(start, end)
        return self.original[a:b]
