"""Numbers written out in words, for the tests: Arabic in both genders and cases, with duals, and English."""

_UNITS = {
    "m": ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"],
    "f": ["", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"],
}
_TENS = ["", "", "عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"]
_HUNDREDS = ["", "مئة", "", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]
_SCALES = {
    10**3: ("ألف", "آلاف", "ألفا", ("ألفان", "ألفين")),
    10**6: ("مليون", "ملايين", "مليونا", ("مليونان", "مليونين")),
    10**9: ("مليار", "مليارات", "مليارا", ("ملياران", "مليارين")),
    10**12: ("تريليون", "تريليونات", "تريليونا", ("تريليونان", "تريليونين")),
}


def arabic(n: int, gender: str = "m", oblique: bool = False) -> str:
    """The number in words: `gender` is that of the number's own word, `oblique` the case after a preposition."""
    if n == 0:
        return "صفر"
    parts = []
    for scale in sorted(_SCALES, reverse=True):
        count, n = divmod(n, scale)
        if count:
            parts.append(_scaled(count, scale, oblique))
    if n:
        parts.append(_below_thousand(n, gender, oblique))
    return " و".join(parts)


def _scaled(count: int, scale: int, oblique: bool) -> str:
    one, many, accusative, two = _SCALES[scale]
    if count == 1:
        return one
    if count == 2:
        return two[oblique]
    words = _below_thousand(count, "m", oblique)
    last = count % 100
    return f"{words} {many if 3 <= last <= 10 else accusative if 11 <= last <= 99 else one}"


def _below_thousand(n: int, gender: str, oblique: bool) -> str:
    hundreds, rest = divmod(n, 100)
    parts = []
    if hundreds:
        parts.append(("مئتين" if oblique else "مئتان") if hundreds == 2 else _HUNDREDS[hundreds])
    if rest:
        parts.append(_below_hundred(rest, gender, oblique))
    return " و".join(parts)


def _below_hundred(n: int, gender: str, oblique: bool) -> str:
    units = _UNITS[gender]
    if n == 2:
        return ("اثنين" if oblique else "اثنان") if gender == "m" else ("اثنتين" if oblique else "اثنتان")
    if n <= 10:
        return units[n]
    if n < 20:
        ten = "عشر" if gender == "m" else "عشرة"
        if n == 11:
            return f"{'أحد' if gender == 'm' else 'إحدى'} {ten}"
        if n == 12:
            stem = "اثن" if gender == "m" else "اثنت"
            return f"{stem}{'ي' if oblique else 'ا'} {ten}"
        return f"{units[n - 10]} {ten}"
    tens, unit = divmod(n, 10)
    word = _TENS[tens] + ("ين" if oblique else "ون")
    return f"{_below_hundred(unit, gender, oblique)} و{word}" if unit else word


_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_ENGLISH_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def english(n: int, british: bool = True) -> str:
    """The number in words; `british` says "and" after hundreds."""
    if n < 20:
        return _SMALL[n]
    if n < 100:
        tens, unit = divmod(n, 10)
        return _ENGLISH_TENS[tens] + (f"-{_SMALL[unit]}" if unit else "")
    joint = " and " if british else " "
    if n < 1000:
        hundreds, rest = divmod(n, 100)
        return f"{_SMALL[hundreds]} hundred" + (joint + english(rest) if rest else "")
    for scale, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand")):
        count, rest = divmod(n, scale)
        if count:
            tail = "" if not rest else (joint if rest < 100 else " ") + english(rest, british)
            return f"{english(count, british)} {word}{tail}"
    raise ValueError(n)
