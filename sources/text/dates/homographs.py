"""Months and seasons that are other words as well: "prices will fall", "an august body", «مارس ضغوطا», «محمد ربيع».

Each word has a test of the text around it. A word that is no month or season here is a word like any other, so that what
stands beside it ("in 2027") is still read by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import regex

# After these a word is a verb, whatever else it may be.
_SUBJECT = r"i|you|he|she|it|we|they|who|which|there|people|prices|protesters|demonstrators|workers"
_MODAL = (
    r"will|would|shall|should|may|might|can|could|must|cannot|won't|wouldn't|shouldn't|couldn't|can't|'ll|do|does|did|don't|doesn't"
    r"|didn't|not|never|let|lets|help|helps|helped|make|makes|made|see|seen|saw|likely to|ought to"
)
_ADVERB = r"(?:\s(?:also|again|still|soon|then|further|only|even|\p{L}+ly))?"
_VERB_LED = regex.compile(rf"(?<!\p{{L}})(?:{_MODAL}|{_SUBJECT}|to|and then){_ADVERB}\s$")
# "from spring to fall 2027", "from April to march 2027": here "to" leads to a date.
_RANGE_LED = regex.compile(
    r"(?:spring|summer|autumn|fall|winter|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|\d{4})\s(?:in\s)?(?:to|and)\s$"
)
_LEADS = (
    r"in|by|until|till|before|since|during|through|throughout|after|from|of|for|last|next|this|past|coming|previous|following|upcoming"
    r"|every|each|early|late|mid|mid-|late in|early in|around|within|between|on|as of"
)
_LED = regex.compile(rf"(?<!\p{{L}})(?:{_LEADS})[\s-](?:the\s)?$")
_THE = regex.compile(r"(?<!\p{L})(?:the|that|this)\s(?:early\s|late\s|following\s|previous\s)?$")
_YEAR_NEXT = regex.compile(r",?\s(?:['’]\d\d|(?:1[89]|20)\d\d)(?!\d|[.,]\d)")
_OF_YEAR = regex.compile(
    r",?\sof\s(?:the\s(?:same\s|following\s|previous\s|next\s)?year|this|last|next|(?:1[89]|20)\d\d)(?!\p{L}|\d|[.,]\d)"
)
_IN_YEAR = regex.compile(r",?\sin\s(?:1[89]|20)\d\d(?!\d)")
_NUMBER_NEXT = regex.compile(
    r",?\s(?:the\s)?\d{1,2}(?:st|nd|rd|th)?(?!\d|[.,:]\d|\s?%)(?!\s(?:km|kilomet|mile|metre|meter|hour|block|per\s?cent|day|week))"
)
_NUMBER_BEFORE = regex.compile(r"\d(?:st|nd|rd|th)?(?:\sof)?[\s-]$")
# "the fall in prices", "this fall of the currency": less of something.
_LESS = regex.compile(
    r"\s(?:in|of)\s(?:the\s|its\s|their\s|global\s|world\s|oil\s|share\s|house\s)*(?:price|output|value|demand|sale|export|import|profit"
    r"|revenue|production|inflation|number|rate|currency|pound|dollar|euro|birth|unemployment|cost|stock|share|support|crime|kabul|saigon|rome)"
)
_NAME_BEFORE = regex.compile(r"(?<!\p{L})(\p{Lu}\p{Ll}+)\s$")
_NAME_AFTER = regex.compile(r"\s\p{Lu}\p{Ll}+")
_NO_NAME = frozenset(
    [
        "in",
        "by",
        "until",
        "till",
        "before",
        "since",
        "during",
        "through",
        "after",
        "from",
        "of",
        "for",
        "last",
        "next",
        "this",
        "every",
        "each",
        "early",
        "late",
        "mid",
        "the",
        "on",
        "between",
        "and",
        "or",
        "will",
        "may",
        "might",
        "could",
        "would",
        "should",
        "must",
        "can",
        "to",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "spring",
        "summer",
        "autumn",
        "winter",
        "fall",
    ]
)
_AUGUST = regex.compile(r"\s(?:body|bodies|institution|company|presence|chamber|surroundings|gathering|assembly|publication|figure|names?)")

# Arabic
_LED_BY = regex.compile(
    r"(?<!\p{L})[وف]?(?:في|منذ|مذ|خلال|بحلول|شهر|شهري|حتي|الي|قبل|قبيل|بعد|بين|لغاية|مطلع|نهاية|بداية|اوائل|اواخر|منتصف|اواسط|مستهل"
    r"|ختام|متم|غضون|هذا|وحتي|ابتداء من|اعتبارا من|بدءا من|عن|شهور|موفي|اقصاه|يتجاوز|يتعدي)\s(?:شهر\s)?$"
)
_OUT_OF = regex.compile(r"(?:(?<!\p{L})من\s|[\d/\-–(]\s?|(?<!\p{L})[لب])$")
_SAYS_WHEN = regex.compile(
    r"\s(?:(?:من\s)?(?:ال)?(?:عام|سنة)(?!\p{L})|(?:من\s)?(?:هذا|هذه)\s|(?:من\s)?\d{4}(?!\d)"
    r"|(?:ال)?(?:مقبل|ماضي|قادم|جاري|حالي|منصرم|فائت|سابق|تالي|اتي)"
    r"(?!\p{L}))|\s?[(/]\s?\p{L}"
)
_MADE_VERB = regex.compile(
    r"(?<!\p{L})[وف]?(?:قد|لقد|كما|الذي|انه|لانه|بانه|كان|حيث|بعدما|عندما|حين|حينما|من|ما|ان|لو|اذا|لطالما|طالما|مثلما|ايضا|كلما)\s$"
)
_MAKER = regex.compile(
    r"(?<!\p{L})[وفلب]?ل?(?:ال)?(?:شركة|شركتي|شركات|سيارة|سيارات|مجموعة|تحالف|طراز|رينو|مصنع|مصانع|قالت|اعلنت|موديل|وكيل|مفاعل)\s$"
)
_MAKER_AFTER = regex.compile(r"\s(?:موتور|للسيارات|اليابانية|رينو|باترول|صني)")
_EACH_SEASON = regex.compile(r"\s(?:العربي|براغ|الامازيغي)(?!\p{L})")
_BLACK = regex.compile(r"\s(?:الاسود)(?!\p{L})")


@dataclass(frozen=True, slots=True)
class Place:
    """A word where it stands: in the folded text in small letters, the same with capitals, and as it was spelled."""

    low: str
    original: str
    spelled: str
    start: int
    end: int

    @property
    def before(self) -> str:
        """What stands before it, in small letters."""
        return self.low[max(0, self.start - 40) : self.start]

    @property
    def capital(self) -> bool:
        """Does it begin with a capital?"""
        return self.original[self.start].isupper()

    def after(self, pattern: regex.Pattern[str]) -> bool:
        """Does what follows it read so?"""
        return pattern.match(self.low, self.end) is not None

    def is_name(self, *, first: bool = False) -> bool:
        """ "Theresa May", "the Arab Spring"; `first` for "April Smith": capitals beside it, and no year or day."""
        if not self.capital or self.after(_YEAR_NEXT) or self.after(_NUMBER_NEXT):
            return False
        if first:
            after = _NAME_AFTER.match(self.original, self.end)
            led = _LED.search(self.before) or _THE.search(self.before) or _NUMBER_BEFORE.search(self.before)
            return after is not None and not led and after[0].strip().lower() not in _NO_NAME
        found = _NAME_BEFORE.search(self.original, max(0, self.start - 40), self.start)
        return found is not None and found[1].lower() not in _NO_NAME


def _verb(at: Place) -> bool:
    if at.before.endswith(("May ", "may ")) and at.original[at.start - 4] == "M":
        return False  # "In May spring comes"
    return _VERB_LED.search(at.before) is not None and not _RANGE_LED.search(at.before)


def _is_fall(at: Place) -> bool:
    """ "the fall of 2027", "next fall", "fall 2027" are autumn; a fall of 5 percent and "will fall in 2027" are none."""
    if _verb(at) or at.after(_LESS):
        return False
    if at.after(_YEAR_NEXT):
        return True
    led = _LED.search(at.before) is not None
    if at.after(_OF_YEAR):
        return led or _THE.search(at.before) is not None
    return led and not (_THE.search(at.before) and regex.match(r"\s(?:of|from|to)\s", at.low[at.end :]))


def _is_season(at: Place) -> bool:
    """Spring, summer and winter, which are verbs more seldom, and parts of names: "will winter in Egypt", "the Arab Spring"."""
    if _verb(at) or at.is_name():
        return False
    return not at.after(_IN_YEAR) or bool(_LED.search(at.before) or _THE.search(at.before) or not at.before.strip())


def _is_small_month(at: Place) -> bool:
    """March, May and Mar: in small letters only beside a number or a preposition, never after what makes a verb of it."""
    if at.capital:
        return (
            not at.is_name()
            and (not at.after(_IN_YEAR) or _LED.search(at.before) is not None)
            and not (_verb(at) and not at.after(_YEAR_NEXT))
        )
    if _verb(at):
        return False
    if at.after(_NUMBER_NEXT) or at.after(_YEAR_NEXT) or at.after(_OF_YEAR) or _NUMBER_BEFORE.search(at.before):
        return True
    return _LED.search(at.before) is not None


def _is_august(at: Place) -> bool:
    """ "an august body"."""
    if at.capital:
        return not at.is_name(first=True)
    beside = at.after(_NUMBER_NEXT) or at.after(_YEAR_NEXT) or at.after(_OF_YEAR) or _NUMBER_BEFORE.search(at.before)
    return bool(beside or _LED.search(at.before) or _RANGE_LED.search(at.before)) and not at.after(_AUGUST)


def _is_no_first_name(at: Place) -> bool:
    """ "April Smith", "June Allyson"."""
    return not at.is_name(first=True)


def _is_jan(at: Place) -> bool:
    """ "by Jan Egeland"; "in Jan." and "Jan 6" are January."""
    return not (at.capital and _NAME_AFTER.match(at.original, at.end))


def _is_day_name(at: Place) -> bool:
    """ "in sun", "they sat 3 rows behind": in small letters only before a number or a dot."""
    return at.capital or bool(regex.match(r"[.,]|\s\d{1,2}\s\p{L}", at.low[at.end : at.end + 5]))


def _is_black(at: Place) -> bool:
    """Black September is no month."""
    return not at.before.endswith("black ") or at.after(_YEAR_NEXT)


def _is_arabic_month(at: Place) -> bool:
    """«مارس ضغوطا» and «كما مارس في 2020 الطب» are verbs, «تيريزا ماي في 2017» a name."""
    led = _LED_BY.search(at.before) is not None
    if _MADE_VERB.search(at.before) and not (at.before.endswith("من ") and at.after(_SAYS_WHEN)):
        return at.before.endswith("من ") and not _MADE_VERB.search(at.before[:-3])
    return led or bool(_OUT_OF.search(at.before)) or at.after(_SAYS_WHEN) or bool(regex.search(r"(?<!\p{L})و$", at.before))


def _is_ab(at: Place) -> bool:
    """«آب» is August, «أب» a father."""
    if at.spelled.startswith(("آ", "ا\u0653")):
        return _is_arabic_month(at)
    return at.spelled[:1] != "أ" and (bool(_LED_BY.search(at.before)) or regex.search(r"\d\s$", at.before) is not None)


def _is_no_maker(at: Place) -> bool:
    """Nissan is «نيسان», as April is."""
    return not (_MAKER.search(at.before) or at.after(_MAKER_AFTER))


def _is_arabic_season(at: Place) -> bool:
    """«محمد ربيع في 2023», «الربيع العربي»."""
    if at.after(_EACH_SEASON):
        return False
    in_year = regex.match(r"\sفي\s(?:عام\s)?\d{4}", at.low[at.end :])
    return in_year is None or _LED_BY.search(at.before) is not None


def _is_not_black(at: Place) -> bool:
    """«أيلول الأسود» is no month."""
    return not at.after(_BLACK)


_TESTS: dict[str, Callable[[Place], bool]] = {
    "fall": _is_fall,
    **dict.fromkeys(("spring", "summer", "winter", "autumn"), _is_season),
    **dict.fromkeys(("march", "may", "mar"), _is_small_month),
    "august": _is_august,
    **dict.fromkeys(("april", "june"), _is_no_first_name),
    "jan": _is_jan,
    **dict.fromkeys(("sat", "sun", "wed", "mon"), _is_day_name),
    "september": _is_black,
    **dict.fromkeys(("مارس", "ماي", "جوان", "غشت"), _is_arabic_month),
    "اب": _is_ab,
    **dict.fromkeys(("نيسان", "تموز"), _is_no_maker),
    **dict.fromkeys(("ربيع", "صيف", "خريف", "شتاء", "الربيع"), _is_arabic_season),
    "ايلول": _is_not_black,
}


WORDS = frozenset(_TESTS)


def is_date_word(word: str, low: str, original: str, spelled: str, start: int, end: int) -> bool:
    """Is one of WORDS, which may be a month or a season, one where it stands?"""
    return _TESTS[word](Place(low, original, spelled, start, end))
