"""Number words of Arabic and English: what each is worth and how it joins others."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from sources.text.numbers.tokens import key, keys, split


@dataclass(frozen=True, slots=True)
class Word:
    """One number word.

    `role` is how it builds numbers: zero, one, unit (2-9), ten, teen, tens, hundred (100, multiplies), hundreds (200-900),
    scale (multiplies), scales (a plural: never alone), dual (two of a scale), fraction, parts (denominators: "thirds").
    """

    role: str
    value: Decimal
    arabic: bool = False
    lead: str = ""  # the clitics before it: «وعشرون», «بخمسة»
    definite: bool = False


_THIRD = Decimal(1) / 3


def _each(role: str, value: int | Decimal, words: str, arabic: bool = True) -> dict[str, Word]:
    return {key(word): Word(role, Decimal(value), arabic) for word in words.split()}


def _arabic() -> dict[str, Word]:
    table: dict[str, Word] = {}
    # the stems of three to nine; the spoken ones are those of Egypt and the Levant
    stems = ("ثلاث تلات", "اربع", "خمس", "ست", "سبع", "ثمان ثماني تمان تمن", "تسع")
    hundred = "مئة مائة مية ماية مئه"
    for n, stem in enumerate(stems, 3):
        for each in stem.split():
            table |= _each("unit", n, f"{each} {each}ة {each}ا {each}ةً")
            table |= _each("hundreds", 100 * n, " ".join(each.removesuffix("ي") + h for h in hundred.split()))
            if each != "ثماني":
                table |= _each("tens", 10 * n, f"{each}ون {each}ين")
            table |= _each("teen", 10 + n, f"{each}تاشر {each}اشر {each}طاشر {each}طعش {each}تعشر")
    table |= _each("hundreds", 300, "تلتمية تلتمئة ثلثمئة ثلثمائة") | _each("hundreds", 400, "ربعمية ربعمئة ربعمائة")
    table |= (
        _each("teen", 13, "تلتاشر تلطاشر تلتطعش")
        | _each("teen", 12, "اتناشر اطناشر طنعش اثناشر")
        | _each("teen", 11, "احداشر حداشر احدعشر")
    )
    table |= _each("unit", 2, "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي ثنتان ثنتين ثنتا ثنتي اتنين تنتين")
    table |= _each("one", 1, "واحد واحدا واحدة احد احدى احدي") | _each("ten", 10, "عشر عشرة عشرا") | _each("tens", 20, "عشرون عشرين")
    table |= _each("zero", 0, "صفر صفرا")
    table |= _each("hundred", 100, f"{hundred} ميت") | _each("hundreds", 200, "مئتان مئتين مائتان مائتين مئتا مئتي مائتا مائتي ميتين ميتان")
    for value, one, many, two in (
        (10**3, "الف الفا", "الاف الافا", "الفان الفين الفي"),
        (10**6, "مليون مليونا", "ملايين", "مليونان مليونين مليوني"),
        (10**9, "مليار مليارا بليون بليونا", "مليارات بلايين", "ملياران مليارين ملياري بليونان بليونين بليوني"),
        (10**12, "تريليون تريليونا ترليون ترليونا", "تريليونات ترليونات", "تريليونان تريليونين تريليوني"),
    ):
        table |= _each("scale", value, one) | _each("scales", value, many) | _each("dual", 2 * value, two)
    table |= _each("fraction", Decimal("0.5"), "نصف") | _each("fraction", _THIRD, "ثلث") | _each("fraction", Decimal("0.25"), "ربع")
    table |= _each("fraction", Decimal(1) / 6, "سدس")
    table |= _each("fraction", 2 * _THIRD, "ثلثا ثلثي ثلثان ثلثين") | _each("fraction", Decimal("0.4"), "خمسي خمسان")
    for denominator, parts in (
        (2, "انصاف"),
        (3, "اثلاث"),
        (4, "ارباع"),
        (5, "اخماس"),
        (6, "اسداس"),
        (7, "اسباع"),
        (8, "اثمان"),
        (9, "اتساع"),
        (10, "اعشار"),
    ):
        table |= _each("parts", denominator, parts)
    table |= _each("scale", 12, "دزينة درزن")
    return table


def _english() -> dict[str, Word]:
    table: dict[str, Word] = {}
    ones = split("two three four five six seven eight nine")
    for n, word in enumerate(ones, 2):
        table |= _each("unit", n, word, arabic=False)
    table |= (
        _each("one", 1, "one", arabic=False)
        | _each("zero", 0, "zero nought naught nil", arabic=False)
        | _each("ten", 10, "ten", arabic=False)
    )
    for n, word in enumerate(split("eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"), 11):
        table |= _each("teen", n, word, arabic=False)
    tens = split("twenty thirty forty fifty sixty seventy eighty ninety")
    for n, word in enumerate(tens, 2):
        table |= _each("tens", 10 * n, word, arabic=False)
        table |= _each("parts", 10 * n, f"{word[:-1]}ieths", arabic=False)
    table |= _each("tens", 40, "fourty", arabic=False) | _each("hundred", 100, "hundred", arabic=False)
    for value, one, many in (
        (12, "dozen dz doz", "dozens dzs dozs"),
        (10**3, "thousand", "thousands"),
        (10**5, "lakh lac lkh", "lakhs lacs"),
        (10**6, "million mln mn mil", "millions"),
        (10**7, "crore krore cr", "crores krores"),
        (10**9, "billion bln bn", "billions"),
        (10**12, "trillion tln tn trn", "trillions"),
    ):
        table |= _each("scale", value, one, arabic=False) | _each("scales", value, many, arabic=False)
    table |= _each("scales", 100, "hundreds", arabic=False)
    table |= _each("fraction", Decimal("0.5"), "half", arabic=False) | _each("fraction", Decimal("0.25"), "quarter", arabic=False)
    for n, parts in (
        (2, "halves"),
        (3, "thirds"),
        (4, "quarters fourths"),
        (5, "fifths"),
        (6, "sixths"),
        (7, "sevenths"),
        (8, "eighths"),
        (9, "ninths"),
        (10, "tenths"),
        (12, "twelfths"),
        (100, "hundredths"),
        (1000, "thousandths"),
        (10**6, "millionths"),
    ):
        table |= _each("parts", n, parts, arabic=False)
    return table


WORDS = _arabic() | _english()
# One of these after "a" or "one" is a part: "one third", "a fifth of".
PART = {
    **{word: Decimal(n) for n, word in ((2, "half"), (3, "third"), (4, "quarter"), (4, "fourth"), (5, "fifth"), (6, "sixth"), (7, "seventh"), (8, "eighth"), (9, "ninth"), (10, "tenth"), (20, "twentieth"), (30, "thirtieth"), (100, "hundredth"), (1000, "thousandth"), (10**6, "millionth"), (10**9, "billionth"), (10**12, "trillionth"))},
}  # fmt: skip
# «خمس السكان»: these name a part where what follows is definite, and a number elsewhere.
ARABIC_PART = {key(word): Decimal(1) / n for word, n in (("خمس", 5), ("سبع", 7), ("تسع", 9), ("عشر", 10))}
VULGAR = {
    "½": Decimal("0.5"), "⅓": _THIRD, "⅔": 2 * _THIRD, "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅕": Decimal("0.2"), "⅖": Decimal("0.4"),
    "⅗": Decimal("0.6"), "⅘": Decimal("0.8"), "⅙": Decimal(1) / 6, "⅚": Decimal(5) / 6, "⅛": Decimal("0.125"), "⅜": Decimal("0.375"),
    "⅝": Decimal("0.625"), "⅞": Decimal("0.875"),
}  # fmt: skip
ABBREVIATED = {
    "k": 10**3,
    "m": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "mn": 10**6,
    "mln": 10**6,
    "mil": 10**6,
    "bln": 10**9,
    "tn": 10**12,
    "tln": 10**12,
    "trn": 10**12,
    "g": 10**9,
}
POINT = {key("فاصلة"), key("فاصل"), "point"}
MINUS = {"minus", "negative", key("سالب"), key("ناقص")}
_CLITICS = tuple(sorted(("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك"), key=len))
_ARTICLES = ("ال", "وال", "فال", "بال", "كال", "لل", "ولل", "وبال", "فلل")
# Sunday, Monday, "I am not", and the hundred of a percentage.
_NEVER = keys("الأحد والأحد للأحد الاثنين والاثنين للاثنين لاثنين لست ولست فلست بالمئة بالمائة بالمية بالماية المئوية بالألف كست")


@lru_cache(maxsize=8192)
def number_word(word: str) -> Word | None:
    """What a word says as a number, with its clitics and article taken off; None for any other word."""
    if found := WORDS.get(word):
        return found
    if word in _NEVER or not "\u0600" <= word[:1] <= "\u06ff":
        return None
    for leads, definite in ((_CLITICS, False), (_ARTICLES, True)):
        for lead in leads:
            if word.startswith(lead) and (found := WORDS.get(word[len(lead) :])) and found.arabic:
                return Word(found.role, found.value, True, lead.removesuffix("ال") if definite else lead, definite)
    return None
