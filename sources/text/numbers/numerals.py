"""The grammar of numbers: digits and words, scales, sums and fractions make one numeral."""

from dataclasses import dataclass
from decimal import Decimal

from sources.text.numbers import digits
from sources.text.numbers.number_words import ABBREVIATED, ARABIC_PART, MINUS, PART, POINT, VULGAR, Word, number_word
from sources.text.numbers.tokens import Tokens

_ONE = Decimal(1)
_AND = ("و", "and")
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
    whole: bool = False  # ends in a dual or a hundred that takes no more below a thousand of its own


class Grammar:
    """Reads numerals from tokens; each call looks a bounded number of tokens ahead."""

    def __init__(self, tokens: Tokens) -> None:
        self.t = tokens
        self.split = -1  # a token that no sum goes beyond: the second end of a range

    def opens(self, i: int) -> bool:
        """May a number open at token `i`?"""
        return self.t.is_digits(i) or self._word(i) is not None or self.t.word(i) in VULGAR or self.t.word(i) in MINUS

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
        if scale == 1 and not spelled and sign > 0 and self._negative(start):
            start, sign = start - 1, -1
        lone = self.t.word(i) if after == i + 1 else ""
        written = self.t.texts[i] if self.t.is_digits(i) and after == i + 1 else ""
        return Numeral(start, end, after, value * sign, spelled, scale, group.share, bool(opening and opening.definite), lone, written)

    def fraction_after(self, j: int) -> tuple[Decimal, int] | None:
        """«ونصف»، "and a half" after a unit: what it adds, and the token after it."""
        return self._half(j, _ONE)

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

    def _and(self, j: int) -> int | None:
        """Where the next part of a sum may stand: after «و» or "and", glued or not; English needs none."""
        if j == self.split or not self.t.hyphened(j):
            return None
        word = self.t.word(j)
        if word in _AND and self.t.joined(j + 1) and (self.t.is_digits(j + 1) or self._word(j + 1)):
            return j + 1
        found = self._word(j)
        if found is None:
            return None
        return j if (found.lead == "و" if found.arabic else True) else None

    def _half(self, j: int, scale: Decimal) -> tuple[Decimal, int] | None:
        """«ونصف»، «ونصف المليون», "and a half": the part of the last scale that is added."""
        if j == self.split or not self.t.joined(j):
            return None
        k = j
        if self.t.word(k) in _AND:
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
        if following and following.role in ("scale", "scales", "dozen") and not following.lead:
            if following.value > scale and scale > 1:
                return None
            if scale == 1 or following.value == scale or following.value < scale:
                return (part * following.value, k + 1) if scale > 1 else None
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
        below = self._below_thousand(i)
        return self._scaled(below[0], below[1], spelled=True) if below else None

    def _plain(self, i: int) -> bool:
        """Does a word that is no number follow?"""
        return self.t.joined(i) and not self.t.is_digits(i) and self._word(i) is None and self.t.word(i)[:1].isalpha()

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
            group = self._fraction(Word("fraction", _ONE / PART[word]), i + 1)
            return self._fraction(Word("fraction", _ONE / PART[word], arabic=False), i + 1) or group
        return None

    def _part_stands(self, j: int) -> bool:
        """Is it a third of something, and not a third something?"""
        return (
            not self.t.joined(j) or self.t.word(j) in ("of", "or", "and", "less", "more", "off", "higher", "lower") or bool(self._scale(j))
        )

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
        if word == "m":
            return self.t.capital(j) or self._money_around(j)
        return True

    def _money_around(self, j: int) -> bool:
        near = {self.t.word(j - 2), self.t.word(j - 3), self.t.word(j + 1)}
        return bool(
            near
            & {
                "$",
                "€",
                "£",
                "¥",
                "euros",
                "dollars",
                "pounds",
                "usd",
                "eur",
                "gbp",
                "yen",
                "people",
                "tonnes",
                "barrels",
                "users",
                "viewers",
            }
        )

    def _multiplied(self, value: Decimal, after: int, scale: Decimal, *, spelled: bool = True) -> _Group:
        """A bigger scale after a scale multiplies again: «ألف مليار», "three thousand million"."""
        found = self._word(after) if self.t.hyphened(after) else None
        if found and found.lead == "" and not found.definite and found.role in ("scale", "scales") and found.value > scale:
            return _Group(value * found.value, after + 1, scale * found.value, spelled=spelled)
        return _Group(value, after, scale, spelled=spelled)

    # ── below a thousand

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
        if (parts := self._word(after) if self.t.hyphened(after) else None) and parts.role == "parts" and parts.lead == "":
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
        if self.t.gap(after) == " (" and self.t.is_digits(after) and self.t.low[self.t.ends[after] : self.t.ends[after] + 1] == ")":
            return (value, after + 1) if digits.value_of(self.t.texts[after]) == value else (value, after)
        return value, after

    def _negative(self, start: int) -> bool:
        """Is there a minus sign right before the digits that joins nothing?"""
        low = self.t.low
        return start > 0 and low[start - 1] in "-−" and (start == 1 or low[start - 2] in " \t\n(\"'")

    def _word(self, i: int) -> Word | None:
        return number_word(self.t.texts[i]) if 0 <= i < len(self.t.texts) else None


def is_part(numeral: Numeral, following: str) -> Decimal | None:
    """«خمس السكان»: a fifth, as what follows is definite; None where it is the number five."""
    if numeral.lone in ARABIC_PART and following.startswith("ال") and len(following) > 3:
        return ARABIC_PART[numeral.lone]
    return None
