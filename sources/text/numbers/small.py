"""Numbers below a thousand in words: «مئة وخمسة وعشرون», "two hundred and six"."""

from decimal import Decimal

from sources.text.numbers import digits
from sources.text.numbers.number_words import MINUS, VULGAR, Word, number_word
from sources.text.numbers.tokens import Tokens

AND = ("و", "and")
_ONE = Decimal(1)


class Small:
    """Reads what a scale may multiply; each call looks a bounded number of tokens ahead."""

    def __init__(self, tokens: Tokens) -> None:
        self.t = tokens
        self.millions: bool | None = None  # does the text write "bn"? Looked for once, when a figure asks
        self.split = -1  # a token that no sum goes beyond: the second end of a range

    def opens(self, i: int) -> bool:
        """May a number open at token `i`?"""
        return self.t.is_digits(i) or self._word(i) is not None or self.t.word(i) in VULGAR or self.t.word(i) in MINUS

    def _and(self, j: int) -> int | None:
        """Where the next part of a sum may stand: after «و» or "and", glued or not; English needs none."""
        if j == self.split or not self.t.hyphened(j):
            return None
        word = self.t.word(j)
        if word in AND and self.t.joined(j + 1) and (self.t.is_digits(j + 1) or self._word(j + 1)):
            return j + 1
        if self.t.is_digits(j):  # "4 thousand 3 hundred"
            scale = self._word(j + 1) if self.t.joined(j + 1) else None
            return j if scale and not scale.arabic and scale.role in ("hundred", "scale") else None
        found = self._word(j)
        if found is None:
            return None
        if self.t.word(j) == "واحد":  # «وأحد عشر» without its hamza
            teen = self._word(j + 1) if self.t.joined(j + 1) else None
            return j if teen and teen.role == "ten" else None
        return j if not found.arabic or found.lead == "و" else None

    def _below_thousand(self, i: int) -> tuple[Decimal, int] | None:
        found = self._word(i)
        if found is None:
            return None
        if found.role == "hundreds":
            return self._hundreds(found.value / 100, i + 1)
        if found.role == "hundred":
            return self._hundreds(_ONE, i + 1) if found.arabic else None
        below = self._below_hundred(i)
        if below is None:
            return None
        value, after = below
        hundred = self._word(after) if self.t.hyphened(after) else None
        if hundred and hundred.role == "hundred" and hundred.lead == "" and not hundred.definite and value < 100:
            return self._hundreds(value, after + 1)
        parts = self._word(after) if self.t.hyphened(after) else None
        if parts and parts.role == "parts" and parts.lead == "" and not (self.t.word(after) == "quarters" and value % 2 == 0):
            return value / parts.value, after + 1
        return value, after

    def _hundreds(self, hundreds: Decimal, after: int) -> tuple[Decimal, int]:
        """So many hundreds and what is added: «مئة وخمسة وعشرون», "two hundred and six"."""
        value = hundreds * 100
        k = self._and(after)
        if k is None:
            return value, after
        if self.t.is_digits(k):
            small = digits.value_of(self.t.texts[k])
            plain = small is not None and small < 100 and small == small.to_integral_value() and k > after
            return (value + small, k + 1) if plain and small is not None else (value, after)
        below = self._below_hundred(k)
        if below is None or below[0] >= 100 or below[0] == 0:
            return value, after
        further = self._word(below[1]) if self.t.hyphened(below[1]) else None
        if further and further.role in ("hundred", "parts") and further.lead == "":
            return value, after
        return value + below[0], below[1]

    def _below_hundred(self, i: int) -> tuple[Decimal, int] | None:
        found = self._word(i)
        if found is None:
            return None
        if found.role in ("zero", "teen", "ten"):
            return found.value, i + 1
        following = self._word(i + 1) if self.t.hyphened(i + 1) else None
        if found.arabic:
            if found.role in ("unit", "one"):
                return self._arabic_unit(found, i, following)
            return (found.value, i + 1) if found.role == "tens" else None
        if found.role == "tens":
            if following and not following.arabic and following.role in ("unit", "one"):
                return found.value + following.value, i + 2
            return found.value, i + 1
        if found.role in ("unit", "one"):
            if following and not following.arabic and following.role == "tens" and self.t.joined(i + 1):
                tens = self._below_hundred(i + 1)
                return (found.value * 100 + tens[0], tens[1]) if tens else None  # "one twenty-two"
            return found.value, i + 1
        return None

    def _arabic_unit(self, found: Word, i: int, following: Word | None) -> tuple[Decimal, int]:
        """«خمسة»، «خمسة عشر»، «خمسة وعشرون»."""
        if following and following.role == "ten" and following.arabic and following.lead == "":
            return found.value + 10, i + 2
        if i + 1 == self.split:
            return found.value, i + 1
        if following and following.role == "tens" and following.lead == "و":
            return found.value + following.value, i + 2
        if self.t.word(i + 1) == "و" and self.t.joined(i + 1) and self.t.joined(i + 2):
            tens = self._word(i + 2)
            if tens and tens.role == "tens" and tens.lead == "":
                return found.value + tens.value, i + 3
        return found.value, i + 1

    def _word(self, i: int) -> Word | None:
        return number_word(self.t.texts[i])
