"""Dates as a person says them, in the reader's language."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sources.text.edtf import ImpreciseDate, NotEDTF, granularity, span

# ISO 8601-2's seasons, quarters and halves. Southern ones and quadrimesters are shown as written: nobody here says them.
_PARTS = {
    "21": _("spring %(year)s"), "22": _("summer %(year)s"), "23": _("autumn %(year)s"), "24": _("winter %(year)s"),
    "25": _("spring %(year)s"), "26": _("summer %(year)s"), "27": _("autumn %(year)s"), "28": _("winter %(year)s"),
    "33": _("first quarter of %(year)s"), "34": _("second quarter of %(year)s"),
    "35": _("third quarter of %(year)s"), "36": _("fourth quarter of %(year)s"),
    "40": _("first half of %(year)s"), "41": _("second half of %(year)s"),
}  # fmt: skip
_DOUBTS = {"~": _("about %(date)s"), "?": _("perhaps %(date)s"), "%": _("perhaps about %(date)s")}


def readable(when: ImpreciseDate | None) -> str:
    """A date no more precise than it is known: “spring 2023”, “November 2022”; EDTF itself where there are no such words."""
    if when is None or not when.edtf:
        return when.text or "" if when else ""
    try:
        span(when.edtf)
    except NotEDTF:
        return when.edtf
    return _interval(*when.edtf.split("/")) if "/" in when.edtf else _one(when.edtf)


def _interval(first: str, last: str) -> str:
    """A span from one date to another, either of which may be open."""
    if first in ("", ".."):
        return str(_("until %(date)s")) % {"date": _one(last)}
    if last in ("", ".."):
        return str(_("from %(date)s")) % {"date": _one(first)}
    return str(_("from %(first)s to %(last)s")) % {"first": _one(first), "last": _one(last)}


def _one(edtf: str) -> str:
    if doubt := _DOUBTS.get(edtf[-1]):
        return str(doubt) % {"date": _one(edtf[:-1])}
    first, last = span(edtf)
    year, _dash, part = edtf.partition("-")
    if part in _PARTS and year.isdigit():
        return str(_PARTS[part]) % {"year": year}
    if first is None or last is None:
        return edtf
    match granularity(edtf):
        case "decade" | "century":
            return str(_("the years %(first)s to %(last)s")) % {"first": first.year, "last": last.year}
        case "week":
            return str(_("the week of %(day)s")) % {"day": day(first)}
        case "month":
            return date_format(first, "YEAR_MONTH_FORMAT")
        case "day":
            return day(first)
        case "year":
            return year
        case _:
            return edtf


def day(on: date) -> str:
    """A day in the reader's language."""
    return date_format(on, "DATE_FORMAT")


def moment(at: datetime) -> str:
    """A day and the hour of it, by the desk's clock."""
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


def ago(on: date) -> str:
    """How long ago a day was, by the desk's clock and in its largest whole unit: “3 weeks ago”, “2 years ago”."""
    today = timezone.localdate()
    days = max((today - on).days, 0)
    months = (today.year - on.year) * 12 + today.month - on.month - (today.day < on.day)
    if months >= 12:
        return _counted(ngettext("%(number)s year ago", "%(number)s years ago", months // 12), months // 12)
    if months >= 2:
        return _counted(ngettext("%(number)s month ago", "%(number)s months ago", months), months)
    if days >= 14:
        return _counted(ngettext("%(number)s week ago", "%(number)s weeks ago", days // 7), days // 7)
    return _counted(ngettext("%(number)s day ago", "%(number)s days ago", days), days)


def _counted(told: str, number: int) -> str:
    return told % {"number": number}
