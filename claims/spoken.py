"""Dates as a person says them, in the reader's language."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sources.text.edtf import ImpreciseDate, NotEDTF, span

# ISO 8601-2's seasons, quarters and halves. Southern ones and quadrimesters are shown as written: nobody here says them.
_PARTS = {
    "21": _("spring %(year)s"), "22": _("summer %(year)s"), "23": _("autumn %(year)s"), "24": _("winter %(year)s"),
    "25": _("spring %(year)s"), "26": _("summer %(year)s"), "27": _("autumn %(year)s"), "28": _("winter %(year)s"),
    "33": _("first quarter of %(year)s"), "34": _("second quarter of %(year)s"),
    "35": _("third quarter of %(year)s"), "36": _("fourth quarter of %(year)s"),
    "40": _("first half of %(year)s"), "41": _("second half of %(year)s"),
}  # fmt: skip


def readable(when: ImpreciseDate | None) -> str:
    """A date no more precise than it is known: “spring 2023”, “November 2022”; EDTF itself where there are no such words."""
    if when is None or not when.edtf:
        return when.text or "" if when else ""
    edtf = when.edtf
    try:
        first, last = span(edtf)
    except NotEDTF:
        return edtf
    year, _dash, part = edtf.partition("-")
    if part in _PARTS and len(year) == 4 and year.isdigit():
        return str(_PARTS[part]) % {"year": year}
    if "/" in edtf or not edtf.replace("-", "").isdigit() or first is None:
        return edtf
    if len(edtf) == 4:
        return edtf
    if first == last:
        return day(first)
    return date_format(first, "YEAR_MONTH_FORMAT") if len(edtf) == 7 else edtf


def day(on: date) -> str:
    """A day in the reader's language."""
    return date_format(on, "DATE_FORMAT")


def moment(at: datetime) -> str:
    """A day and the hour of it, by the desk's clock."""
    local = timezone.localtime(at)
    return str(_(", ")).join([day(local.date()), f"{local:%H:%M}"])
