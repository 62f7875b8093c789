"""Dates in Arabic and English news, to EDTF: stated, relative to the day of publication, or not said precisely enough."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import regex

from sources.text.edtf import Basis, ImpreciseDate, NotEDTF, span
from sources.text.folding import fold
from sources.text.numbers import find_quantities

_AR_MONTHS = (
    "يناير|كانون الثاني|جانفي", "فبراير|شباط|فيفري", "مارس|اذار", "ابريل|نيسان|افريل", "مايو|ايار|ماي", "يونيو|حزيران|جوان",
    "يوليو|تموز|جويلية", "اغسطس|اب|اوت", "سبتمبر|ايلول|شتنبر", "اكتوبر|تشرين الاول", "نوفمبر|تشرين الثاني|نونبر", "ديسمبر|كانون الاول|دجنبر",
)  # fmt: skip
_EN_MONTHS = (
    "january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug", "september|sept|sep",
    "october|oct", "november|nov", "december|dec",
)  # fmt: skip
_MONTH = {name: n for pair in (_AR_MONTHS, _EN_MONTHS) for n, names in enumerate(pair, 1) for name in names.split("|")}
_HIJRI = (
    "محرم", "صفر", "ربيع الاول", "ربيع (?:الاخر|الثاني)", "جمادي الاولي", "جمادي (?:الاخرة|الثانية)", "رجب", "شعبان", "رمضان", "شوال",
    "ذ[وي] القعدة", "ذ[وي] الحجة",
)  # fmt: skip
_DAYS = {
    "الاثنين": 0, "الثلاثاء": 1, "الاربعاء": 2, "الخميس": 3, "الجمعة": 4, "السبت": 5, "الاحد": 6,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
_SEASON = {"ربيع": 21, "صيف": 22, "خريف": 23, "شتاء": 24, "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_NTH = {
    **dict.fromkeys(["الاول", "الاولي", "first", "1st"], 1), **dict.fromkeys(["الثاني", "الثانية", "second", "2nd"], 2),
    **dict.fromkeys(["الثالث", "third", "3rd"], 3), **dict.fromkeys(["الرابع", "fourth", "4th"], 4),
}  # fmt: skip

_M = "|".join(sorted((regex.escape(name) for name in _MONTH if name not in ("may", "mar", "ماي", "اب")), key=len, reverse=True))
_ALL_M = "|".join(sorted((regex.escape(name) for name in _MONTH), key=len, reverse=True))
_D = "|".join(_DAYS)
_S = "|".join(_SEASON)
_N = "|".join(_NTH)
_H = "|".join(_HIJRI)
_Y = r"(?P<year>(?:1[5-9]|20|21)\d\d)(?!\d)"
_OF = r"(?:(?:من )?(?:ال)?(?:عام|سنة)|of|in|,)"
_B = r"(?<![\p{L}\d])[وفبلك]?"  # a word's beginning, with what Arabic glues to it
_E = r"(?![\p{L}\d])"

_WEEKDAY = rf"(?:(?:يوم|on|مساء|صباح|ظهر|فجر) )?(?P<weekday>{_D})"
_RELATIVE_DAY = {
    "اول امس": -2, "اول من امس": -2, "امس": -1, "البارحة": -1, "اليوم": 0, "غدا": 1, "الغد": 1, "بعد غد": 2,
    "the day before yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1,
}  # fmt: skip
_R = "|".join(sorted(_RELATIVE_DAY, key=len, reverse=True))


def _rule(pattern: str) -> "regex.Pattern[str]":
    return regex.compile(rf"{_B}(?P<all>{pattern}){_E}")


_YEARS = r"(?:عام|سنة|العام|السنة)"
# Most specific first: a place that one rule has read is not read again.
_RULES: list[tuple[str, "regex.Pattern[str]"]] = [
    ("iso", _rule(r"(?P<year>(?:1[5-9]|20|21)\d\d)-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?")),
    ("numeric", _rule(rf"(?P<day>\d{{1,2}})[/.](?P<month>\d{{1,2}})[/.]{_Y}")),
    ("hijri", _rule(rf"(?P<day>\d{{1,2}}) (?:من )?(?P<hijri>{_H})(?: (?:عام|سنة))? (?P<hyear>1[34]\d\d)(?: ?(?:هـ|هجرية?|ه))?")),
    ("day", _rule(rf"(?:{_WEEKDAY},? ?(?:\()?)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: من| of)?(?: شهر)? (?P<name>{_ALL_M})(?:[ /](?:{_ALL_M}))?(?:,? ?{_OF})?,? {_Y}")),
    ("day", _rule(rf"(?:{_WEEKDAY},? )?(?P<name>{_ALL_M})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {_Y}")),
    ("day", _rule(rf"(?:{_WEEKDAY},? ?)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: من| of)?(?: شهر)? (?P<name>{_ALL_M})(?! \d{{4}})")),
    ("day", _rule(rf"(?:{_WEEKDAY},? )?(?P<name>{_ALL_M})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?! ?\d)")),
    ("month", _rule(rf"(?:شهر )?(?P<name>{_ALL_M})(?:[ /](?:{_M}))?\.?,?(?: ?{_OF})? {_Y}")),
    ("part", _rule(rf"(?:ال)?(?P<what>ربع|نصف) (?P<nth>{_N})(?: {_OF})? {_Y}")),
    ("part", _rule(rf"(?:the )?(?P<nth>{_N}) (?P<what>quarter|half)(?:,? ?{_OF})? {_Y}")),
    ("part", _rule(rf"[qQ](?P<digit>[1-4]),? {_Y}")),
    ("season", _rule(rf"(?:فصل )?(?:ال)?(?P<season>{_S})(?:,? ?{_OF})? {_Y}")),
    ("end", _rule(rf"(?P<edge>نهاية|اواخر|مطلع|بداية|اوائل|the end of|late|early|the start of) {_YEARS}? ?{_Y}")),
    ("decade_end", _rule(r"(?:نهاية|بنهاية|اخر) (?:هذا )?العقد(?: الحالي| الجاري)?|the end of (?:the|this) decade")),
    ("decade", _rule(r"the (?P<decade>(?:19|20)\d)0s|(?:ال)?(?P<arabic>عشرين|ثلاثين|اربعين|خمسين|ستين|سبعين|ثمانين|تسعين)ي?ات (?:من )?القرن (?P<century>الماضي|العشرين|الحالي|الحادي والعشرين)")),
    ("double", _rule(rf"(?P<relative>{_R})[،,]? ?(?:\()?(?P<weekday>{_D})")),
    ("double", _rule(rf"(?P<weekday>{_D}) (?P<relative>الماضي|الماضية|المنصرم|الفائت|المقبل|القادم|القادمة|المقبلة|الجاري)")),
    ("double", _rule(rf"(?P<relative>last|next|this) (?P<weekday>{_D})")),
    ("span", _rule(r"(?:ال)?(?P<unit>عام|سنة|شهر|اسبوع) (?P<relative>الماضية?|المنصرمة?|الفائتة?|المقبلة?|القادمة?|الجارية?|الحالية?)")),
    ("span", _rule(r"(?:هذا|هذه) (?:ال)(?P<unit>عام|سنة|شهر|اسبوع)(?P<relative>)")),
    ("span", _rule(r"(?P<relative>last|next|this) (?P<unit>year|month|week)")),
    ("month_of", _rule(rf"(?:شهر )?(?P<name>{_M}) (?P<relative>الماضي|المنصرم|الفائت|المقبل|القادم|الجاري|الحالي)|(?P<rel>last|next|this) (?P<en>{_ALL_M})")),
    ("weekday", _rule(_WEEKDAY)),
    ("relative", _rule(rf"(?P<relative>{_R})")),
    ("bare", _rule(rf"(?:شهر )?(?P<name>{_M})")),
    ("bare", _rule(r"(?:in|since|until|by|last|during|from|to) (?P<name>may|mar|march)")),
    ("season_of", _rule(rf"(?P<season>{_S}) (?:هذا )?(?:العام|السنة) (?P<relative>الماضية?|المقبلة?|القادمة?|الجارية?|الحالية?)|(?P<rel>last|next|this) (?P<en>spring|summer|autumn|winter)")),
    ("year", _rule(rf"(?:ال)?(?:عام|سنة|لعام) {_Y}|(?:the year|in|since|by|until|from|during|of) {_Y}")),
    ("year", _rule(r"(?<=(?:منذ|في|حتي|بحلول|خلال) )(?P<year>(?:19|20)\d\d)")),
]  # fmt: skip
_AGO_AFTER = regex.compile(r"\s*+(?:ago|مضت|خلت|earlier)(?!\p{L})")
_AGO_BEFORE = regex.compile(r"(?<!\p{L})[وف]?(?P<word>قبل|منذ)\s*+$")
_BACK = regex.compile("ماض|منصرم|فائت|last")
_FORTH = regex.compile("مقبل|قادم|next")
_FUTURE = regex.compile(r"(?<!\p{L})[وف]?(?:س[ينت]\p{L}{2,}|سوف|لن|will|to be|expected|يتوقع|من المتوقع|المقرر)(?!\p{L})")


def find_dates(text: str, published: date | None = None, *, future: bool = False) -> list[ImpreciseDate]:
    """Every date of the text that says when precisely enough, in order and not overlapping.

    Relative ones hang on `published`; without it they are unstated. `future` reads a bare month as the coming one.
    """
    folded = fold(text)
    low = folded.text.lower()
    if len(low) != len(folded.text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in folded.text)
    taken: list[tuple[int, int, ImpreciseDate]] = []
    used = bytearray(len(low))
    for start, end, edtf, basis in (*_ago(text, low, folded, published), *_stated(low, published, future)):
        if any(used[start:end]):
            continue
        used[start:end] = b"\x01" * (end - start)
        a, b = folded.origin(start, end)
        taken.append((a, b, ImpreciseDate(edtf=edtf, text=text[a:b], start=a, end=b, basis=basis)))
    return [found for _a, _b, found in sorted(taken, key=lambda each: each[:2])]


Found = tuple[int, int, str | None, Basis]


def _stated(low: str, published: date | None, future: bool) -> Iterator[Found]:
    for name, pattern in _RULES:
        read: Callable[[dict[str, str], date | None, bool], str | None] = _READERS[name]
        relative = name in _RELATIVE
        for found in pattern.finditer(low):
            said = {key: value for key, value in found.groupdict().items() if value is not None}
            start, end = found.span("all")
            forth = future or (name in ("bare", "weekday", "day") and "year" not in said and _ahead(low, start))
            hangs = relative or (name == "day" and "year" not in said)
            if hangs and published is None:
                yield start, end, None, Basis.UNSTATED
                continue
            edtf = read(said, published, forth)
            if edtf and _sound(edtf):
                yield start, end, edtf, Basis.RELATIVE if hangs else Basis.TEXT


def _ahead(low: str, start: int) -> bool:
    """Is the clause about what is to come?"""
    clause = low[max(0, start - 60) : start]
    cut = max(clause.rfind(c) for c in ".،,;؛\n")
    return bool(_FUTURE.search(clause[cut + 1 :]))


def _sound(edtf: str) -> bool:
    try:
        span(edtf)
    except NotEDTF:
        return False
    return True


def _ago(text: str, low: str, folded: object, published: date | None) -> Iterator[Found]:
    """«قبل ثلاثة أيام», "two weeks ago"."""
    places = {origin: i for i, origin in reversed(list(enumerate(folded.map)))}  # type: ignore[attr-defined]
    for q in find_quantities(text):
        if q.unit not in ("day", "week", "month", "year") or q.comparator not in ("exactly", "about"):
            continue
        start, end = places[q.start], places.get(q.end, len(low))
        before = _AGO_BEFORE.search(low, max(0, start - 8), start)
        after = _AGO_AFTER.match(low, end)
        if not after and not (before and not regex.match(r"\s*+(?:من|علي|of)(?!\p{L})", low[end : end + 6])):
            continue
        start, end = (before.start("word") if before else start), (after.end() if after else end)
        yield start, end, _back(int(q.value), q.unit, published) if published else None, Basis.RELATIVE if published else Basis.UNSTATED


def _back(n: int, unit: str, today: date) -> str | None:
    if n > 4000:
        return None
    if unit in ("day", "week"):
        return (today - timedelta(days=n * (7 if unit == "week" else 1))).isoformat()
    if unit == "month":
        return _shifted(today, -n)
    return f"{today.year - n:04d}"


def _shifted(today: date, months: int) -> str:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return f"{year:04d}-{month + 1:02d}"


def _year_of(month: int, published: date | None, future: bool) -> int | None:
    """The most recent such month before the day of publication, or the coming one."""
    if published is None:
        return None
    if future:
        return published.year + (month < published.month)
    return published.year - (month > published.month)


def _day(said: dict[str, str], published: date | None, future: bool) -> str | None:
    month = _MONTH[said["name"]]
    year = int(said["year"]) if "year" in said else _year_of(month, published, future)
    return f"{year:04d}-{month:02d}-{int(said['day']):02d}" if year else None


def _numeric(said: dict[str, str], published: date | None, future: bool) -> str | None:
    day, month = int(said["day"]), int(said["month"])
    if month > 12 >= day:
        day, month = month, day
    return f"{said['year']}-{month:02d}-{day:02d}"


def _hijri(said: dict[str, str], published: date | None, future: bool) -> str | None:
    from hijridate import Hijri

    month = next(n for n, name in enumerate(_HIJRI, 1) if regex.fullmatch(name, said["hijri"]))
    try:
        return Hijri(int(said["hyear"]), month, int(said["day"])).to_gregorian().isoformat()
    except (ValueError, OverflowError):
        return None


def _part(said: dict[str, str], published: date | None, future: bool) -> str | None:
    nth = int(said["digit"]) if "digit" in said else _NTH[said["nth"]]
    half = said.get("what") in ("نصف", "half")
    return None if half and nth > 2 else f"{said['year']}-{(39 if half else 32) + nth}"


def _weekday(said: dict[str, str], published: date | None, future: bool) -> str | None:
    assert published is not None
    back = (published.weekday() - _DAYS[said["weekday"]]) % 7
    return (published + timedelta(days=(-back) % 7) if future and back else published - timedelta(days=back)).isoformat()


def _double(said: dict[str, str], published: date | None, future: bool) -> str | None:
    """Two anchors that must agree: «أمس الجمعة». Where they do not, the weekday is believed, as it is said on purpose."""
    assert published is not None
    relative = said["relative"]
    if relative in _RELATIVE_DAY:
        day = published + timedelta(days=_RELATIVE_DAY[relative])
        return day.isoformat() if day.weekday() == _DAYS[said["weekday"]] else _weekday(said, published, _RELATIVE_DAY[relative] > 0)
    wanted = _DAYS[said["weekday"]]
    if _FORTH.search(relative):
        return (published + timedelta(days=(wanted - published.weekday() - 1) % 7 + 1)).isoformat()
    if _BACK.search(relative):
        return (published - timedelta(days=(published.weekday() - wanted - 1) % 7 + 1)).isoformat()
    return _weekday(said, published, False)


def _step(relative: str) -> int:
    return 1 if _FORTH.search(relative) else -1 if _BACK.search(relative) else 0


def _span(said: dict[str, str], published: date | None, future: bool) -> str | None:
    assert published is not None
    step, unit = _step(said.get("relative", "")), said["unit"]
    if unit in ("عام", "سنة", "year"):
        return f"{published.year + step:04d}"
    if unit in ("شهر", "month"):
        return _shifted(published, step)
    week = (published + timedelta(weeks=step)).isocalendar()
    return f"{week.year:04d}-W{week.week:02d}"


def _month_of(said: dict[str, str], published: date | None, future: bool) -> str | None:
    assert published is not None
    month, step = _MONTH[said.get("name") or said["en"]], _step(said.get("relative") or said["rel"])
    if step < 0:
        year = published.year - (month >= published.month)
    else:
        year = published.year + (month < published.month if not step else month <= published.month)
    return f"{year:04d}-{month:02d}"


def _season_of(said: dict[str, str], published: date | None, future: bool) -> str | None:
    assert published is not None
    return f"{published.year + _step(said.get('relative') or said['rel']):04d}-{_SEASON[said.get('season') or said['en']]}"


def _bare(said: dict[str, str], published: date | None, future: bool) -> str | None:
    month = _MONTH[said["name"]]
    return f"{_year_of(month, published, future):04d}-{month:02d}"


def _decade(said: dict[str, str], published: date | None, future: bool) -> str | None:
    if "decade" in said:
        return f"{said['decade']}X"
    tens = ("عشرين", "ثلاثين", "اربعين", "خمسين", "ستين", "سبعين", "ثمانين", "تسعين").index(said["arabic"]) + 2
    return f"{19 if said['century'] in ('الماضي', 'العشرين') else 20}{tens}X"


def _end(said: dict[str, str], published: date | None, future: bool) -> str | None:
    return said["year"]


_READERS: dict[str, Callable[[dict[str, str], date | None, bool], str | None]] = {
    "iso": lambda s, p, f: "-".join(s[k] for k in ("year", "month", "day") if k in s),
    "numeric": _numeric,
    "hijri": _hijri,
    "day": _day,
    "month": lambda s, p, f: f"{s['year']}-{_MONTH[s['name']]:02d}",
    "part": _part,
    "season": lambda s, p, f: f"{s['year']}-{_SEASON[s['season']]}",
    "end": _end,
    "decade_end": lambda s, p, f: f"{(p.year // 10) * 10 + 9:04d}" if p else None,
    "decade": _decade,
    "double": _double,
    "span": _span,
    "month_of": _month_of,
    "weekday": _weekday,
    "relative": lambda s, p, f: (p + timedelta(days=_RELATIVE_DAY[s["relative"]])).isoformat() if p else None,
    "bare": _bare,
    "season_of": _season_of,
    "year": lambda s, p, f: s["year"],
}
_RELATIVE = {"decade_end", "double", "span", "month_of", "weekday", "relative", "bare", "season_of"}
