"""Is a part that could be a date one? A bare number is a year, "May" a month, only where something beside it says so."""

import regex

from sources.text.dates.parts import Context, Part

DATES = frozenset("dMmYyqKGIV")
_MONTHS = frozenset("MmvVd")  # «يناير ومارس»: with "and" after one of these
_LEADS = frozenset("ixs<>b&AzEplf(-/=")  # what may stand before a month or a year: in, since, by, from, until …
_YEAR_LED = frozenset("isb<>Az=")
_UNIT_AFTER = regex.compile(
    r"\s*+(?:%|٪|في المئة|percent|per cent|million|billion|thousand|مليون|مليار|الف|دولار|يورو|ريال|دينار|جنيه|درهم|كم|km|kg|people|[$€£])"
)
# What follows a year in Arabic, where a counted noun would follow a number: «2000 جندي».
_ARABIC_AFTER = regex.compile(
    r"\s*+(?:$|[^\p{L}\s]|\n|و?\d"
    r"|[وف]?(?:في|من|الي|علي|عن|مع|بين|منذ|حتي|خلال|بعد|قبل|ان|التي|الذي|بسبب|عند|عندما|حيث|ضد|كان|كانت|لم|لن|قد"
    r"|ب\p{L}+|ل\p{L}+|و\p{L}+|ال\p{L}+)(?!\p{L}))"
)
# «في 2025 شخصا»: what is so many stands in the accusative; «في 2025 مستوى» is a year.
_COUNTED_AFTER = regex.compile(r"\s*+\p{L}+(?:ا|ة|ه|ين)(?!\p{L})")
_FIGURE_BEFORE = regex.compile(
    r"(?:[$€£#]|اكثر من|اقل من|نحو|حوالي|more than|about|around|over|under|nearly|some|(?<!since at )least"
    r"|number|no|page|route|flight|رقم)\s*+$"
)
# «الجمعة العظيمة», "Black Friday", "the Sunday Times".
_NAMED_BEFORE = regex.compile(r"(?<!\p{L})(?:black|good|holy|super|cyber|bloody|ash|easter|palm|usa|russia|india|المصري|radio 4's) $")
_NAMED_AFTER = regex.compile(
    r" (?:السوداء|البيضاء|العظيمة|الحزينة|الاسود|times|mail|mirror|express|telegraph|programme|program show|show)(?!\p{L})"
)
_DESIGNATION = regex.compile(r" \p{Lu}{1,3}\d")  # 2024 YR4 is an asteroid
_BUSINESS = regex.compile(
    r"%|٪|per ?cent|\dpc|billion|million|profit|revenue|sales|lending|output|quarter|المئة|المائة|مليار|مليون|ارباح|ايرادات|مبيعات|انتاج"
)
_NOUN_AFTER = regex.compile(r" (?!(?:on|of|to|in|by)\b)\p{Ll}{3}")  # "a March heatwave", but the March on Washington
_HOURS = regex.compile(r"\s*+(?:hours?|gmt|utc|بتوقيت)(?!\p{L})")
_BY = regex.compile(
    r"(?<!\p{L})(?:by|until|till|before|prior to|ahead of|n[o']t? later than|starting|beginning"
    r"|بحلول|حلول|حتي|لغاية|قبل|قبيل|ابتداء|اعتبارا|بدءا|اقصاه|لا يتجاوز|لا يتعدي)"
    r"(?: (?:at least|من|حلول|the|\d+(?::\d\d)? ?[ap]\.?m\.?)){0,2} $"
)
_NOT_YET = regex.compile(
    r"(?<!\p{L})(?:before|prior to|ahead of|(?<!no )(?<!not )(?:earlier|sooner) than|[وف]?(?:قبل|قبيل))"
    r"(?: (?:the|حلول|بداية|مطلع|بدء|دخول|يوم|شهر))*+ $"
)
_SINCE = frozenset(("since", "منذ", "مذ"))


def holds(parts: list[Part], i: int, context: Context) -> bool:
    """Whether the part is told to be a date by what stands beside it."""
    part = parts[i]
    if len(parts) == 1:  # a text that is nothing else
        return True
    before = parts[i - 1] if i else None
    if part.code == "m":
        return _led(parts, i, context)
    if part.code == "d" and (part.value.relative or part.value.day is None):
        return not (_NAMED_BEFORE.search(context.low, max(0, part.start - 12), part.start) or _NAMED_AFTER.match(context.low, part.end))
    if part.code == "Y":
        return _is_year(before, part, context)
    if part.code == "q" and part.value.year is None and part.value.month > 36:
        return bool(_BUSINESS.search(context.low, max(0, part.start - 120), part.end + 120))  # not of a match
    if part.code == "q":
        return part.value.year is not None or part.value.relative or 30 < part.value.month < 37
    return True


def _led(parts: list[Part], i: int, context: Context) -> bool:
    """A month name that is another word too counts after a preposition, after «شهر», or where it joins another month."""
    before, part = parts[i - 1] if i else None, parts[i]
    if before is not None and before.code == "&" and not (i > 1 and parts[i - 2].code in _MONTHS):
        return False
    if before is not None and before.code == "U" and before.value == "month":
        return True
    if _BY.search(context.low, max(0, part.start - 32), part.start):
        return True
    if before is None or before.code not in _LEADS:
        return before is not None and before.code in "hj" and bool(_NOUN_AFTER.match(context.original, part.end))
    return context.low[before.end : part.start].strip() == ""


def _is_year(before: Part | None, part: Part, context: Context) -> bool:
    low, year = context.low, part.value.year
    led = before is not None and before.code in _YEAR_LED and context.low[before.end : part.start].strip() == ""
    if _DESIGNATION.match(context.original, part.end):
        return False
    if not (1900 if not led else 1500) <= year <= 2100 or _UNIT_AFTER.match(low, part.end) or _HOURS.match(low, part.end):
        return False
    ahead = low[max(0, part.start - 16) : part.start]
    if _FIGURE_BEFORE.search(ahead) or (ahead[-1:] in "-–/." and ahead[-2:-1].isalnum()):
        return False
    near = _letter_before(ahead)
    near = near if near != " " else _letter_before(low[part.end : part.end + 16][::-1])
    if "\u0600" <= near <= "\u06ff":
        return bool(_ARABIC_AFTER.match(low, part.end)) or (led and year % 100 > 10 and not _COUNTED_AFTER.match(low, part.end))
    if year % 1000 == 0:
        return led
    return (
        led
        or ahead.endswith(("(", "the ", "of ", "for ", "from ", "early ", "late ", "mid-"))
        or not regex.match(r"\s*+\p{L}+s(?!\p{L})", low[part.end : part.end + 30])
    )


def _letter_before(ahead: str) -> str:
    return next((c for c in reversed(ahead) if c.isalpha()), " ")


def tense(parts: list[Part], i: int, context: Context) -> int:
    """The tense of a date: «بحلول مارس», "by Friday" is to come unless its clause is past; "since Friday" always was.

    2 of what has not begun yet: "before Friday".
    """
    part = parts[i]
    if i and context.low[parts[i - 1].start : parts[i - 1].end] in _SINCE:
        return -1
    limit = _BY.search(context.low, max(0, part.start - 32), part.start) is not None
    if said := context.tense(part.start, part.end, limit=limit) or int(limit):
        # «قبل مارس», said in March of what is to come, is of the next one.
        return 2 if said > 0 and _NOT_YET.search(context.low, max(0, part.start - 32), part.start) else said
    # «ثورة 25 يناير», "the Jan. 6 attack" are of the past; «في 25 يناير» may be soon.
    named = part.code == "d" and part.value.weekday is None and not (i and parts[i - 1].code in "ix><")
    return -1 if named else 0
