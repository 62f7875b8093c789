"""The grammar of numbers: digits and words, scales, sums and fractions make one numeral."""

from dataclasses import dataclass
from decimal import Decimal

from sources.text.numbers import digits
from sources.text.numbers.number_words import ABBREVIATED, ARABIC_PART, MINUS, PART, POINT, VULGAR, Word
from sources.text.numbers.small import AND, Small
from sources.text.numbers.tokens import keys

_ONE = Decimal(1)
_AFTER_PART = keys(
    "of or and less more off higher lower had have has were was are is said say say would will do did in from since to by on for as with point percentage"
)
_MONEY = keys("$ € £ ¥ euros dollars pounds usd eur gbp yen people tonnes barrels users viewers customers")
_METRES = keys(
    "tall long high wide deep away above below from off freestyle hurdles sprint butterfly backstroke breaststroke medley final race finals relay races waves"
)
_MOST_GROUPS = 6  # trillions down to ones: more is no number


@dataclass(slots=True)
class Numeral:
    """A number at [start, end) of the folded text, and the token after it."""

    start: int
    end: int
    after: int
    value: Decimal
    spelled: bool  # in words alone
    scale: Decimal = _ONE  # the last scale word: «5 إلى 7 ملايين» lends it to the five
    share: bool = False  # a part of something: «نصف», "two-thirds"
    definite: bool = False
    lone: str = ""  # the word, where one word is all of it
    written: str = ""  # the digits as they stand


@dataclass(slots=True)
class _Group:
    value: Decimal
    after: int
    scale: Decimal = _ONE
    spelled: bool = True
    share: bool = False


class Grammar(Small):
    """Reads numerals from tokens; each call looks a bounded number of tokens ahead."""

    def numeral(self, i: int) -> Numeral | None:
        """The numeral that opens at token `i`."""
        first, sign = i, 1
        if self.t.word(i) in MINUS:
            i, sign = i + 1, -1
            if not self.t.joined(i):
                return None
        start = self.t.starts[first] if first < len(self.t) else 0
        opening = self._word(i)
        if self.t.word(i) in ("a", "an"):
            group = self._article(i)
        else:
            group = self._group(i)
            if group and opening and opening.arabic and sign > 0:
                start += len(opening.lead)
        if group is None:
            return None
        value, after, scale, spelled = self._sum(group)
        value, after = self._point(value, after) if not group.share else (value, after)
        if not group.share and (over := self._over(value, after)):
            value, after = over
            group.share = True
        value, after = self._repeated(value, after)
        end = self.t.ends[after - 1]
        if self.t.is_digits(i) and sign > 0 and (minus := self._minus(start)):
            start, sign = start - minus, -1
        lone = self.t.word(i) if after == i + 1 else ""
        written = self.t.texts[i] if self.t.is_digits(i) and after == i + 1 else ""
        return Numeral(start, end, after, value * sign, spelled, scale, group.share, bool(opening and opening.definite), lone, written)

    def fraction_after(self, j: int) -> tuple[Decimal, int] | None:
        """«ونصف»، "and a half" after a unit: what it adds, and the token after it."""
        found = self._half(j, _ONE)
        return None if found and self._scale(found[1]) else found

    # ── sums

    def _sum(self, group: _Group) -> tuple[Decimal, int, Decimal, bool]:
        """«مليون ومئتا ألف وخمسون»: groups of ever smaller scale; the last scale with a half of itself."""
        value, after, scale, spelled = group.value, group.after, group.scale, group.spelled
        lowest = scale
        for _ in range(_MOST_GROUPS):
            if group.share:
                break
            if tail := self._half(after, lowest):
                value, after = value + tail[0], tail[1]
                break
            if lowest == 1:
                break
            k = self._and(after)
            further = self._group(k) if k else None
            if k is None or further is None or further.share or further.scale >= lowest or further.value >= lowest:
                break
            if not further.spelled and further.scale == 1 and not self._may_add(k, after, lowest):
                break
            value, after, lowest = value + further.value, further.after, further.scale
            spelled = spelled and further.spelled
        return value, after, scale, spelled

    def _may_add(self, k: int, after: int, lowest: Decimal) -> bool:
        """Digits without a scale add to a thousand only: «20 ألفا و500», "4 thousand 3 hundred and 21"."""
        return lowest <= 1000 and k > after and self.t.word(k).isdigit()

    def _half(self, j: int, scale: Decimal) -> tuple[Decimal, int] | None:
        """«ونصف»، «ونصف المليون», "and a half": the part of the last scale that is added."""
        if j == self.split or not self.t.joined(j):
            return None
        if self.t.word(j) == "الا" and self.t.joined(j + 1) and (less := self._word(j + 1)) and less.role == "fraction" and not less.lead:
            return -less.value * scale, j + 2  # «خمسة إلا ربعا»
        k = j
        if self.t.word(k) in AND:
            k += 1
            if self.t.word(k) == "a":
                k += 1
            part, k = self._part(k)
        elif (found := self._word(j)) and found.arabic and found.lead == "و" and found.role == "fraction":
            part, k = found.value, j + 1
        elif self.t.word(j) == "ونص":
            part, k = Decimal("0.5"), j + 1
        else:
            return None
        if part is None:
            return None
        following = self._word(k) if self.t.joined(k) else None
        if scale > 1 and following and following.role in ("scale", "scales") and not following.lead:
            return (part * following.value, k + 1) if following.value <= scale else None
        return part * scale, k

    def _part(self, k: int) -> tuple[Decimal | None, int]:
        """ "half", "a quarter", "three fifths", «نصف» at token `k`."""
        word = self.t.word(k)
        if word == "نص":
            return Decimal("0.5"), k + 1
        if word == "one" and self.t.hyphened(k + 1) and self.t.word(k + 1) in PART:
            return _ONE / PART[self.t.word(k + 1)], k + 2
        if word in PART:
            return _ONE / PART[word], k + 1
        found = self._word(k)
        if found is None:
            return None, k
        if found.role == "fraction":
            return found.value, k + 1
        if found.role in ("unit", "one", "ten", "tens", "teen") and (below := self._below_hundred(k)) and self.t.hyphened(below[1]):
            parts = self._word(below[1])
            if parts and parts.role == "parts":
                return below[0] / parts.value, below[1] + 1
        return None, k

    # ── one group: a number and its scales

    def _group(self, i: int) -> _Group | None:
        word = self.t.word(i)
        if word in VULGAR:
            return self._scaled(VULGAR[word], i + 1, spelled=False, share=True)
        if self.t.is_digits(i):
            return self._digits(i)
        found = self._word(i)
        if found is None:
            return None
        if found.role == "fraction":
            return self._fraction(found, i)
        if found.role == "dual":
            return self._multiplied(found.value, i + 1, found.value / 2)
        if found.role == "scale":
            if not found.arabic or word in ("دزينه", "درزن"):
                return None if not found.arabic else _Group(found.value, i + 1, found.value)
            if word.endswith("ا") and not found.lead and self._plain(i + 1):
                return _Group(found.value * 2, i + 1, found.value)  # «ألفا جندي»: a dual that lost its nun
            return self._multiplied(found.value, i + 1, found.value)
        if found.role in ("scales", "parts"):
            return None
        if (
            word == "one"
            and self.t.hyphened(i + 1)
            and self.t.word(i + 1) in PART
            and (not self.t.joined(i + 1) or self._part_stands(i + 2))
        ):
            return self._fraction(Word("fraction", _ONE / PART[self.t.word(i + 1)]), i + 1)
        below = self._below_thousand(i)
        return self._scaled(below[0], below[1], spelled=True, share=below[0] != int(below[0])) if below else None

    def _plain(self, i: int) -> bool:
        """Does a word that is no number follow?"""
        return self.t.joined(i) and self.t.word(i) not in AND and self._word(i) is None and self.t.word(i)[:1].isalpha()

    def _digits(self, i: int) -> _Group | None:
        value, after = digits.grouped(self.t, i)
        if value is None:
            return None
        if (over := self._divided(i, after, value)) is not None:
            return self._scaled(over[0], over[1], spelled=False, share=True)
        if self.t.joined(after) and (vulgar := VULGAR.get(self.t.word(after))):
            return self._scaled(value + vulgar, after + 1, spelled=False)
        if self.t.joined(after) and self.t.is_digits(after) and not self.t.glued(after):
            number = digits.value_of(self.t.texts[after])
            mixed = self._divided(after, after + 1, number) if number is not None and number < 20 else None
            if mixed is not None and mixed[0] < 1:
                return self._scaled(value + mixed[0], mixed[1], spelled=False)
        if self.t.hyphened(after) and (parts := self._word(after)) and parts.role == "parts" and parts.arabic:
            return self._scaled(value / parts.value, after + 1, spelled=False, share=True)
        if tail := self._half(after, _ONE):
            return self._scaled(value + tail[0], tail[1], spelled=False)
        return self._scaled(value, after, spelled=False)

    def _divided(self, i: int, after: int, value: Decimal) -> tuple[Decimal, int] | None:
        """3/4, where it is no date and no code."""
        if after != i + 1 or not self.t.is_digits(after) or self.t.gap(after) != "/":
            return None
        over = digits.value_of(self.t.texts[after])
        before, behind = self.t.starts[i], self.t.ends[after]
        low = self.t.low
        if over is None or over == 0 or low[before - 1 : before] == "/" or low[behind : behind + 1] in ("/", "-") or over > 1000:
            return None
        whole = value == value.to_integral_value() and over == over.to_integral_value()
        return (value / over, after + 1) if whole and abs(value) <= 1000 else None

    def _fraction(self, found: Word, i: int) -> _Group:
        """«نصف مليون»، «ربع المليار», "half a million"; else a share of what follows."""
        j = i + 1
        if not found.arabic:
            for article in (("of", "a"), ("a",), ("of",)):
                if all(self.t.joined(j + n) and self.t.word(j + n) == w for n, w in enumerate(article)) and self._scale(j + len(article)):
                    j += len(article)
                    break
        if scale := self._scale(j):
            return self._multiplied(found.value * scale, j + 1, scale)
        return _Group(found.value, i + 1, share=True)

    def _scale(self, j: int) -> Decimal | None:
        """The scale word at `j`, for one that multiplies what stands before."""
        found = self._word(j) if self.t.hyphened(j) else None
        if found and found.role in ("scale", "scales", "hundred") and found.lead == "" and found.value != 100:
            return found.value
        return None

    def _article(self, i: int) -> _Group | None:
        """ "a hundred", "a million", "a dozen", "a couple of", "a third of"."""
        if not self.t.joined(i + 1):
            return None
        word, found = self.t.word(i + 1), self._word(i + 1)
        if word == "couple":
            return _Group(Decimal(2), i + (3 if self.t.word(i + 2) == "of" else 2))
        if found and not found.arabic and found.role in ("hundred", "scale"):
            if found.role == "hundred":
                below = self._hundreds(_ONE, i + 2)
                return self._scaled(below[0], below[1], spelled=True)
            return self._multiplied(found.value, i + 2, found.value)
        if word == "half" and (scale := self._scale(i + 2)):
            return self._multiplied(scale / 2, i + 3, scale)
        if word in PART and self._part_stands(i + 2):
            return self._fraction(Word("fraction", _ONE / PART[word]), i + 1)
        return None

    def _part_stands(self, j: int) -> bool:
        """Is it a third of something, and not a third something?"""
        return not self.t.joined(j) or self.t.word(j) in _AFTER_PART or bool(self._scale(j))

    def _scaled(self, value: Decimal, after: int, *, spelled: bool, share: bool = False) -> _Group:
        """The group with the scale that may follow it."""
        j = after
        following = self.t.word(j)
        if not spelled and self.t.glued(j) and (scale := ABBREVIATED.get(following)) and self._abbreviates(j, value):
            return _Group(value * scale, j + 1, Decimal(scale), spelled=False)
        found = self._word(j) if self.t.hyphened(j) else None
        if found and (found.lead == "" or (share and found.definite)) and found.role in ("scale", "scales", "hundred"):
            if found.role == "hundred" and (share or spelled):
                return _Group(value, after, spelled=spelled, share=share)
            if found.role == "hundred":
                below = self._hundreds(value, j + 1)
                return self._scaled(below[0], below[1], spelled=True)
            return self._multiplied(value * found.value, j + 1, found.value, spelled=spelled)
        if share:
            k = j + 2 if self.t.word(j) == "of" and self.t.word(j + 1) == "a" else j + 1 if self.t.word(j) == "a" else j
            if k > j and self.t.joined(k) and (lent := self._scale(k)):
                return self._multiplied(value * lent, k + 1, lent, spelled=spelled)
        if spelled and not share and (half := self._half(after, _ONE)) and half[1] > after:
            inner = self._scaled(value + half[0], half[1], spelled=False)
            inner.spelled = True
            return inner
        return _Group(value, after, spelled=spelled, share=share)

    def _abbreviates(self, j: int, value: Decimal) -> bool:
        """Is the letter after a figure a scale? A small m is metres but after a currency; a G is a network but after a decimal."""
        word = self.t.word(j)
        if word == "g":
            return self.t.capital(j) and value != value.to_integral_value()
        return word != "m" or self.t.capital(j) or self._is_million(j)

    def _is_million(self, j: int) -> bool:
        """Does a small m stand for a million: before what is counted, with a currency, in a text that writes "bn"?"""
        behind = self.t.word(j + 1) if self.t.hyphened(j + 1) else ""
        if not _MONEY.isdisjoint((self.t.word(j - 2), self.t.word(j - 3), behind)):
            return True
        if behind in _METRES:
            return False
        if self.millions is None:
            self.millions = any(word in ("bn", "tn") and self.t.glued(k) and self.t.is_digits(k - 1) for k, word in enumerate(self.t.texts))
        return self.millions or (behind.endswith("s") and len(behind) > 3 and behind not in _METRES)

    def _multiplied(self, value: Decimal, after: int, scale: Decimal, *, spelled: bool = True) -> _Group:
        """A bigger scale after a scale multiplies again: «ألف مليار», "three thousand million"."""
        found = self._word(after) if self.t.hyphened(after) else None
        if found and found.lead == "" and not found.definite and found.role in ("scale", "scales") and found.value > scale:
            return _Group(value * found.value, after + 1, scale * found.value, spelled=spelled)
        return _Group(value, after, scale, spelled=spelled)

    # ── what may follow a number and be part of it

    def _point(self, value: Decimal, after: int) -> tuple[Decimal, int]:
        """ "one point three", «واحد فاصلة خمسة»: the digits after the point, one by one or together."""
        if (
            self.t.word(after) not in POINT
            or not self.t.joined(after)
            or not self.t.joined(after + 1)
            or value != value.to_integral_value()
        ):
            return value, after
        said, j = "", after + 1
        while len(said) < 12 and self.t.joined(j):
            if self.t.is_digits(j) and self.t.word(j).isdigit() and not said:
                said, j = self.t.word(j), j + 1
                break
            below = self._below_hundred(j)
            if below is None or (said and below[0] > 9):
                break
            said += str(int(below[0]))
            j = below[1]
        if not said or len(said) > 12:
            return value, after
        fraction = Decimal(f"0.{said}")
        group = self._scaled(value + fraction, j, spelled=True)
        return group.value, group.after

    def _over(self, value: Decimal, after: int) -> tuple[Decimal, int] | None:
        """«واحد على مئة»: one over a hundred."""
        if self.t.word(after) != "علي" or value != 1 or not self.t.joined(after) or not self.t.joined(after + 1):
            return None
        under = self._group(after + 1)
        return (value / under.value, under.after) if under and under.value > 1 and under.spelled else None

    def _repeated(self, value: Decimal, after: int) -> tuple[Decimal, int]:
        """ "forty-five (45)": the same number again in digits."""
        if self.t.gap(after) != " (":
            return value, after
        again = _Group(digits.value_of(self.t.texts[after]) or Decimal(-1), after + 1) if self.t.is_digits(after) else self._group(after)
        closed = again is not None and self.t.low[self.t.ends[again.after - 1] : self.t.ends[again.after - 1] + 1] == ")"
        return (value, again.after) if again and closed and again.value == value else (value, after)

    def _minus(self, start: int) -> int:
        """How long the minus sign before the digits is that joins nothing: a dash after a word is none."""
        low = self.t.low
        if start and low[start - 1] in "-−" and (start == 1 or low[start - 2] in " \t\n(\"'"):
            return 1
        return 2 if start == 2 and low[0] in "-−" and low[1] == " " else 0


def is_part(numeral: Numeral, following: str) -> Decimal | None:
    """«خمس السكان»: a fifth, as what follows is definite; None where it is the number five."""
    if numeral.lone in ARABIC_PART and following.startswith("ال") and len(following) > 3:
        return ARABIC_PART[numeral.lone]
    return None
