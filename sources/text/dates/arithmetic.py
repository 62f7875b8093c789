"""Days, weeks, months and years before and after a day, and EDTF for what has no year of its own."""

import calendar
from datetime import date, timedelta

from sources.text.dates.parts import When


def day(when: date) -> When:
    """That very day, reckoned from the day of publication."""
    return When(year=when.year, month=when.month, day=when.day, relative=True)


def shifted(today: date, *, days: int = 0, months: int = 0) -> date | None:
    """So many days or months on; a day that the month lacks is its last one. None where the calendar ends."""
    try:
        if months:
            year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
            today = today.replace(year=year, month=month + 1, day=min(today.day, calendar.monthrange(year, month + 1)[1]))
        return today + timedelta(days=days)
    except (ValueError, OverflowError):
        return None


SOON = 31  # days
_LENGTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


def ago(today: date, count: int, unit: str) -> When | None:
    """So many units from a day (negative: before it), as precisely as the unit is: two years ago is a year."""
    if unit in ("hour", "minute"):
        hours = count if unit == "hour" else count / 60
        return day(today) if abs(hours) < 12 else ago(today, round(hours / 24), "day") if hours % 24 == 0 else None
    if unit in ("day", "week"):
        there = shifted(today, days=count * (7 if unit == "week" else 1))
        return day(there) if there else None
    if abs(count) > 9999 or unit not in _LENGTHS:
        return None
    there = shifted(today, months=count * _LENGTHS[unit])
    if there is None:
        return None
    if unit in ("month", "quarter"):
        return When(year=there.year, month=there.month, relative=True)
    return When(year=there.year, relative=True)


def unit_at(today: date, unit: str, step: int) -> tuple[str, When] | None:
    """This week (0), last month (-1), next year (1): the kind of part it makes, and what it means."""
    if unit == "day":
        there = shifted(today, days=step)
        return ("d", day(there)) if there else None
    if unit == "week":
        return _named(*_week(today, step))
    if unit == "weekend":
        monday, sunday = _week(today, step)
        return _named(sunday - timedelta(days=1), sunday) if monday and sunday else None
    if unit == "month":
        there = shifted(today, months=step)
        return ("M", When(year=there.year, month=there.month, relative=True)) if there else None
    if unit == "quarter":
        year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 + step, 4)
        return "q", When(year=year, month=33 + quarter, relative=True)
    if unit == "year":
        return "Y", When(year=today.year + step, relative=True)
    if unit == "decade":
        return "G", When(edtf=f"{today.year // 10 + step}X", relative=True)
    if unit == "century":
        return "K", When(edtf=f"{today.year // 100 + step}XX", relative=True)
    return None


def _week(today: date, step: int) -> tuple[date | None, date | None]:
    """Monday and Sunday, as ISO 8601 counts weeks."""
    monday = shifted(today, days=7 * step - today.weekday())
    return monday, monday + timedelta(days=6) if monday and monday <= date.max - timedelta(days=6) else None


def week_from(monday: date | None) -> str | None:
    """EDTF of the seven days from a Monday."""
    last = shifted(monday, days=6) if monday else None
    return f"{monday.isoformat()}/{last.isoformat()}" if monday and last else None


def _named(first: date | None, last: date | None) -> tuple[str, When] | None:
    return ("K", When(edtf=f"{first.isoformat()}/{last.isoformat()}", relative=True)) if first and last else None


def run(today: date, count: int, unit: str, step: int) -> When | None:
    """The last or the next so many units, the present one left out: EDTF interval."""
    if unit == "decade":
        count, unit = 10 * count, "year"
    if not 0 < count < 1000:
        return None
    near, far = unit_at(today, unit, step), unit_at(today, unit, step * count)
    if near is None or far is None:
        return None
    first, last = (near[1], far[1]) if step > 0 else (far[1], near[1])
    a, b = written(first), written(last)
    if a is None or b is None or unit in ("decade", "century"):
        return None
    a, b = a.partition("/")[0], b.rpartition("/")[2]
    return When(edtf=a if a == b else f"{a}/{b}", relative=True)


def written(when: When) -> str | None:
    """EDTF of what has its year."""
    if when.edtf:
        return when.edtf
    if when.year is None:
        return None
    parts = [f"{when.year:04d}"]
    if when.month:
        parts.append(f"{when.month:02d}")
        if when.day:
            parts.append(f"{when.day:02d}")
    return "-".join(parts)


def weekday_near(today: date, weekday: int, *, future: bool) -> date:
    """The most recent such day, today if it is one; the coming one in a clause about what is to come."""
    back = (today.weekday() - weekday) % 7
    last, coming = shifted(today, days=-back), shifted(today, days=(-back) % 7)
    return (coming or last or today) if future else (last or coming or today)


def opening(month: int) -> tuple[int, int]:
    """First and last month of a month, season, quarter or half, the season that crosses the year ending in 14."""
    if month <= 12:
        return month, month
    if 21 <= month <= 24:
        return 3 * (month - 20), 3 * (month - 20) + 2
    if 33 <= month <= 36:
        return 1 + 3 * (month - 33), 3 + 3 * (month - 33)
    return 1 + 6 * (month - 40), 6 + 6 * (month - 40)


def year_of(when: When, today: date, tense: int) -> int:
    """The year of a date without one: the most recent such date, the coming one (tense 1), or one not begun yet (tense 2)."""
    assert when.month is not None
    first, last = opening(when.month)
    if tense > 1 and when.day is None:
        return today.year + (first <= today.month)
    if when.day is None:
        return today.year + (last < today.month) if tense > 0 else today.year - (first > today.month)
    wanted, now = (when.month, when.day), (today.month, today.day)
    if tense > 1:
        return today.year + (wanted <= now)
    if tense > 0 or (tense == 0 and _soon(today, *wanted)):
        return today.year + (wanted < now)
    return today.year - (wanted > now)


def _soon(today: date, month: int, day_: int) -> bool:
    """Is that day so near ahead that, where nothing tells the tense, it is meant and not the one eleven months back?"""
    return 0 <= (month - today.month) % 12 * 30 + day_ - today.day <= SOON
