"""Figures in Arabic and English news: value, unit and comparator, with the words that say so."""

from dataclasses import dataclass
from decimal import Decimal

import regex

from sources.text import number_words as words
from sources.text.folding import Folded, fold


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as read: `text[start:end]` holds comparator, number and unit (Unicode code points)."""

    text: str
    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    comparator: str


@dataclass(slots=True)
class _Number:
    """A number in the folded text; `spelled` where it stands in words."""

    start: int
    end: int
    value: Decimal
    spelled: bool


_TOKEN = regex.compile(r"\d[\d,٬]*+(?:[.٫]\d++)?+|[$€£¥%٪]|\p{L}++(?:['’-]\p{L}++)?+")
_DIGITS = regex.compile(r"\d{1,3}(?:[,٬]\d{3})++(?:[.٫]\d+)?+|\d++(?:[.٫]\d+)?+")
_BEFORE = [(name, regex.compile(rf"(?<!\p{{L}})[وفل]?(?:{pattern})\s*+$")) for name, pattern in words.BEFORE]
_AFTER = [(name, regex.compile(rf"\s*+(?:{pattern})(?!\p{{L}})")) for name, pattern in words.AFTER]
_PERCENT = regex.compile(rf"\s*+(?:{words.PERCENT})(?!\p{{L}})")
_RANGE = regex.compile(r"\s*+(?:-|–|—|الي|و|to|and|الي نحو)\s*+(?=\d|\p{L})")
_BETWEEN = regex.compile(r"(?<!\p{L})[وف]?(?:ما )?(?:بين|من|between|from)\s*+$")
_MONTHS = regex.compile(
    r"\s*+(?:يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر|كانون|شباط|اذار|نيسان|ايار|حزيران|تموز|اب|ايلول|تشرين"
    r"|جانفي|فيفري|افريل|ماي|جوان|جويلية|اوت|محرم|صفر|ربيع|جمادي|رجب|شعبان|رمضان|شوال|ذو|ذي"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?+(?!\p{L})"
)
_MONTH_BEFORE = regex.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?\s++$"
)
_YEAR_BEFORE = regex.compile(
    r"(?<!\p{L})(?:[وفبل]?(?:ال)?(?:عام|سنة|لعام|ربيع|صيف|خريف|شتاء|لسنة|منذ|العامين|\p{L}*(?:ناير|راير|مارس|ريل|مايو|ونيو|وليو|سطس|مبر|وبر))|in|since|year|by|until|of|spring|summer|autumn|fall|winter|\p{L}*(?:uary|arch|april|may|june|july|ugust|mber|tober),?)\s++$"
)
_ONCE = ("اسبوع", "شهر", "عام", "سنة", "يوم")  # after «بعد» and «قبل»: one of it
_ORDINAL = regex.compile(r"(?:st|nd|rd|th)(?!\p{L})")
_STOP = frozenset(
    [
        "في",
        "من",
        "الي",
        "علي",
        "عن",
        "مع",
        "بين",
        "خلال",
        "منذ",
        "بعد",
        "قبل",
        "هذا",
        "هذه",
        "ذلك",
        "التي",
        "الذي",
        "ان",
        "او",
        "ثم",
        "كما",
        "لكن",
        "حتي",
        "عند",
        "لدي",
        "ضد",
        "نحو",
        "وفق",
        "حسب",
        "سنويا",
        "يوميا",
        "شهريا",
        "تقريبا",
        "فقط",
        "اضافة",
        "مقارنة",
        "بحلول",
        "على",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "to",
        "with",
        "and",
        "or",
        "the",
        "a",
        "an",
        "that",
        "this",
        "which",
        "who",
        "were",
        "was",
        "are",
        "is",
        "have",
        "has",
        "had",
        "will",
        "would",
        "than",
        "as",
        "per",
        "since",
        "during",
        "after",
        "before",
        "into",
        "more",
        "less",
        "about",
        "over",
        "under",
        "up",
        "out",
        "off",
        "not",
        "it",
        "its",
        "they",
        "he",
        "she",
        "said",
        "people's",
        "last",
        "next",
    ]
)
_GLUED_BEFORE = regex.compile(r"\p{L}[-–/.]$|\d[/:.-]$|#$")  # Tu-95, 10:30, 2022-12
_DATE_AFTER = regex.compile(r"[-–/:]\d+[-–/]|[/:]\d")
_LETTERS_AFTER = regex.compile(r"\p{Latin}|[-–]\p{L}")  # 6K, 3-D
_SI_GLUED = regex.compile(r"(?:km|kg|m|cm|%)(?!\p{L})")
_GAP = regex.compile(r"[ \t]++")
LONGEST_UNIT = 2


def find_quantities(text: str) -> list[Quantity]:
    """Every figure of the text, in order and not overlapping. Dates, years, ordinals and designators are none."""
    folded = fold(text)
    return _Reader(text, folded).read()


class _Reader:
    """One pass over one folded text, in linear time: each look back or ahead is bounded."""

    def __init__(self, text: str, folded: Folded) -> None:
        self.text, self.folded = text, folded
        self.low = folded.text.lower()
        if len(self.low) != len(folded.text):  # a letter whose lower case is longer: keep the places
            self.low = "".join(c.lower() if len(c.lower()) == 1 else c for c in folded.text)
        self.tokens = list(_TOKEN.finditer(self.low))
        self.found: list[Quantity] = []

    def read(self) -> list[Quantity]:
        i = 0
        while i < len(self.tokens):
            i = self._at(i)
        return self.found

    def _at(self, i: int) -> int:
        """Reads what stands at token `i`; where to go on."""
        if dual := self._dual(i):
            return dual
        number, after = self._number(i)
        if number is None:
            return i + 1
        if self._is_no_figure(number):
            return after
        return self._measured(number, i, after)

    # ── the number itself

    def _number(self, i: int) -> tuple[_Number | None, int]:  # noqa: C901 - one loop over one number's words
        sign = self.tokens[i][0] in "$€£¥"
        first = i + 1 if sign and i + 1 < len(self.tokens) else i
        total, part, start, end, j = Decimal(0), None, self.tokens[i].start(), 0, first
        spelled = True
        while j < len(self.tokens):
            token = self.tokens[j]
            if j > first and self.low[end : token.start()].strip(" -\t") not in ("", "و"):
                break
            word = token[0]
            if word == "و" and total and self._adds(j):
                j += 1
                continue
            joined = word[1:] if word.startswith("و") and len(word) > 3 else ""
            glued = j > first and token.start() == end
            if word[0].isdigit():
                summed = j > first and not joined and total and self.low[end : token.start()].strip() == "و"
                if (part is not None or j > first) and not summed:
                    break
                exact = _DIGITS.fullmatch(word.rstrip(",٬."))
                if exact is None:
                    return None, j + 1
                part, spelled = Decimal(exact[0].replace(",", "").replace("٬", "").replace("٫", ".")), False
                end = token.start() + len(exact[0])
                j += 1
                continue
            known = self._word(word if not joined or j == first else joined, part, glued, inside=j > first)
            if known is None and joined and j == first:
                known = self._word(joined, part, glued, inside=False)
                start = token.start() + 1 if known is not None else start
            if known is None:
                break
            kind, value = known
            if kind == "scale":
                if part is None and j > first and not joined:
                    break
                total += (part if part is not None else 1) * value
                part = None
            elif kind == "dual":
                total += value
            elif kind == "hundred":
                part = part * value if part is not None and 0 < part < 10 and value == 100 else (part or 0) + value
            else:
                part = (part or Decimal(0)) + value
            end = token.end()
            j += 1
        if part is not None:
            total += part
        if not end or (total == 0 and part is None):
            return None, max(j, i + 1)
        return _Number(start, end, total, spelled), max(j, i + 1)

    def _adds(self, j: int) -> bool:
        """Does a smaller sum follow «و»? «8 مليارات و200 مليون»."""
        return j + 2 < len(self.tokens) and self.tokens[j + 1][0][0].isdigit() and self.tokens[j + 2][0] in words.SCALES

    def _word(self, word: str, part: Decimal | None, glued: bool, *, inside: bool) -> tuple[str, Decimal] | None:
        word = word.removeprefix("ب") if word.startswith("ب") and word[1:] in words.ONES | words.TENS | words.HUNDREDS else word
        if "-" in word:
            tens, _, one = word.partition("-")
            if tens in words.TENS and one in words.ONES | words.INSIDE:
                return "one", Decimal(words.TENS[tens] + (words.ONES | words.INSIDE)[one])
            return None
        if word in words.SCALES:
            if word in words.GLUED and not glued:
                return None
            return "scale", Decimal(words.SCALES[word])
        if word in words.DUAL_SCALES:
            return "dual", Decimal(words.DUAL_SCALES[word])
        if word in words.FRACTIONS and not inside:
            return "one", words.FRACTIONS[word]
        if word in words.HUNDREDS:
            return "hundred", Decimal(words.HUNDREDS[word])
        if word in words.TENS or word in words.ONES:
            return "one", Decimal(words.TENS.get(word) or words.ONES[word])
        if inside and part and word in words.INSIDE:
            return "one", Decimal(words.INSIDE[word])
        return None

    def _is_no_figure(self, n: _Number) -> bool:
        low = self.low
        before = low[max(0, n.start - 24) : n.start]
        if not n.spelled:
            if before[-1:].isalpha() and not (before[-1] in "وبلف" and not before[-2:-1].isalpha()):
                return True
            if _GLUED_BEFORE.search(before) or _DATE_AFTER.match(low, n.end):
                return True
            if _LETTERS_AFTER.match(low, n.end) and not _SI_GLUED.match(low, n.end):
                return True
            whole = n.value == n.value.to_integral_value()
            if whole and 1000 <= n.value <= 2100 and low[n.start : n.end].isdigit() and _YEAR_BEFORE.search(before):
                return True
            if whole and 1900 <= n.value <= 2100 and low[n.start : n.end].isdigit() and not self._counted(n.end):
                return True
            if whole and n.value <= 31 and (_MONTHS.match(low, n.end) or _MONTH_BEFORE.search(before)):
                return True
            if _ORDINAL.match(low, n.end):
                return True
        return n.spelled and self._alone(n)

    def _alone(self, n: _Number) -> bool:
        """A spelled number counts only when something is counted: «ثلاثة أيام», "three ships", «عشرون في المئة»."""
        return not (_PERCENT.match(self.low, n.end) or self._counted(n.end)) and n.value < 1000

    def _counted(self, end: int) -> bool:
        return self._unit(end)[0] is not None

    # ── what it counts

    def _unit(self, end: int) -> tuple[str | None, int]:
        """The unit that follows `end`, and where it ends."""
        if found := _PERCENT.match(self.low, end):
            return "percent", found.end()
        following: list[tuple[int, int]] = []
        place = end
        while len(following) < LONGEST_UNIT + 1:
            gap = _GAP.match(self.low, place)
            token = _TOKEN.match(self.low, gap.end() if gap else place)
            if token is None or (gap is None and following) or not (token[0][0].isalpha() or token[0] in "$€£¥"):
                break
            following.append(token.span())
            place = token.end()
        if not following:
            return None, end
        first = self.low[slice(*following[0])].removeprefix("of ")
        second = self.low[slice(*following[1])] if len(following) > 1 else ""
        if first in words.NATIONAL or first.rstrip("ا") in words.NATIONAL:
            national = words.NATIONAL[first if first in words.NATIONAL else first.rstrip("ا")]
            if second and second in national:
                return national[second], following[1][1]
            return national[""], following[0][1]
        if first in words.CURRENCIES:
            return words.CURRENCIES[first], following[0][1]
        if first in words.DURATIONS:
            return words.DURATIONS[first], following[0][1]
        if first in _STOP or (first[0] in "يتس" and len(first) > 4 and first[1] in "تقنو") or len(first) < 2:
            return None, end
        last = following[0]
        arabic = self._is_arabic(first)
        if second and second not in _STOP and (self._agrees(first, second) if arabic else self._english_pair(following)):
            last = following[1]
        a, b = self.folded.origin(following[0][0], last[1])
        return self.text[a:b], last[1]

    @staticmethod
    def _is_arabic(word: str) -> bool:
        return "\u0600" <= word[0] <= "\u06ff"

    def _agrees(self, noun: str, other: str) -> bool:
        """Is `other` an adjective of `noun`? Indefinite, of the same gender (a plural of things takes the feminine)."""
        if (other[0] in "وفبلك" and len(other) > 3 and other[1:3] == "ال") or other.startswith("ال"):
            return False
        if noun.endswith(("ة", "ات")):
            return other.endswith(("ية", "لة", "مة", "رة", "دة", "فة", "ات")) and len(other) > 3
        return (other.endswith(("ية", "بية")) and len(other) > 4) or (noun[-1] != "ا" and other.endswith("ي") and len(other) > 4)

    def _english_pair(self, following: list[tuple[int, int]]) -> bool:
        first, second = (self.low[slice(*span)] for span in following[:2])
        return not first.endswith("s") and second.endswith("s") and not second.endswith("ss")

    def _dual(self, i: int) -> int | None:
        """A dual noun is two of it, a lone week after «بعد» is one."""
        word = self.tokens[i][0]
        bare = word[1:] if word[0] in "وبل" and len(word) > 5 else word
        start = self.tokens[i].end() - len(bare)
        if unit := words.DUAL_DURATIONS.get(bare):
            return self._keep(start, self.tokens[i].end(), Decimal(2), None, unit, i + 1)
        if (
            words.DURATIONS.get(word)
            and i
            and self.tokens[i - 1][0] in ("بعد", "وبعد", "قبل")
            and word in ("اسبوع", "شهر", "عام", "سنة", "يوم")
        ):
            return self._keep(start, self.tokens[i].end(), Decimal(1), None, words.DURATIONS[word], i + 1)
        if len(bare) > 5 and bare.endswith(("تان", "تين")) and not bare.startswith("ال"):
            a, b = self.folded.origin(start, self.tokens[i].end())
            noun = self.text[a:b]
            return self._keep(start, self.tokens[i].end(), Decimal(2), None, noun[:-3] + "ة", i + 1)
        return None

    # ── together

    def _measured(self, n: _Number, i: int, after: int) -> int:
        start, end, top = n.start, n.end, None
        comparator = ""
        sign = self.tokens[i][0] in "$€£¥"
        unit, unit_end = (words.CURRENCIES[self.tokens[i][0]], end) if sign else (None, end)
        if (joint := _RANGE.match(self.low, end)) or (unit is None and (joint := self._joint_after_unit(end))):
            second, further = self._number_at(joint.end())
            opened = _BETWEEN.search(self.low, max(0, start - 12), start)
            dash = joint[0].strip() in "-–—"
            if second and second.value > n.value and (opened or dash or joint[0].strip() == "to") and not self._is_year(second):
                if second.value >= 1000 * n.value and not n.spelled:
                    scale = Decimal(10) ** (3 * ((len(str(int(second.value))) - 1) // 3))
                    n.value = n.value * scale if n.value * scale < second.value else n.value
                top, end, after = second.value, second.end, further
                comparator = "between"
                start = opened.start() if opened and self.low[opened.start() : opened.end()].strip() not in ("من", "from") else start
        if not sign:
            unit, unit_end = self._unit(end)
        end = max(end, unit_end)
        if not comparator:
            comparator, start, end = self._compared(start, end)
        nxt = next((k for k in range(after, min(after + 12, len(self.tokens))) if self.tokens[k].start() >= end), None)
        return self._keep(start, end, n.value, top, unit, nxt if nxt is not None else max(after, i + 1), comparator or "exactly")

    def _joint_after_unit(self, end: int) -> "regex.Match[str] | None":
        percent = _PERCENT.match(self.low, end)
        return _RANGE.match(self.low, percent.end()) if percent else None

    def _is_year(self, n: _Number) -> bool:
        return not n.spelled and 1900 <= n.value <= 2100 and self.low[n.start : n.end].isdigit()

    def _number_at(self, place: int) -> tuple[_Number | None, int]:
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.tokens[middle].start() < place else (low, middle)
        if low == len(self.tokens) or self.tokens[low].start() > place + 1:
            return None, low
        return self._number(low)

    def _compared(self, start: int, end: int) -> tuple[str, int, int]:
        """The comparator before or after, and the span with it."""
        for name, pattern in _AFTER:
            if found := pattern.match(self.low, end):
                return name, start, found.end()
        window = self.low[max(0, start - 28) : start]
        if window.endswith("ال"):
            return "exactly", start, end
        for name, pattern in _BEFORE:
            if found := pattern.search(window):
                lead = found.start() + (1 if found[0][0] in "وف" and not found[0].startswith(("فوق",)) else 0)
                return name, start - len(window) + lead, end
        return "exactly", start, end

    def _keep(
        self, start: int, end: int, value: Decimal, top: Decimal | None, unit: str | None, after: int, comparator: str = "exactly"
    ) -> int:
        a, b = self.folded.origin(start, end)
        self.found.append(Quantity(self.text[a:b], a, b, value, top, unit, comparator))
        return after
