"""The page that says how good the reader is at this desk, from what became of its newest proposals."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from claims.intake import reader_metrics
from claims.intake.reader_metrics import Count, Reader

NEWEST = 5000  # claims: some tenths of a second; the command reads all that is kept

FIELDS: dict[str, Any] = {
    "span": _("quote's borders"),
    "speaker": _("speaker"),
    "kind": _("kind"),
    "figures": _("figures"),
    "said_on": _("date"),
    "scope": _("about when"),
    "due": _("due"),
    "polarity": _("polarity"),
    "denial": _("denial"),
    "superlative": _("superlative"),
    "attribution": _("attribution"),
    "statement": _("statement"),
}


def show(request: HttpRequest, desk: Any) -> HttpResponse:
    """The page."""
    told = reader_metrics.report(reader_metrics.newest(NEWEST))
    versions = [
        {"name": version, "reader": reader, "rows": _rows(reader)} for version, reader in sorted(told.readers.items(), reverse=True)
    ]
    context = desk.admin_site.each_context(request) | {
        "title": _("How good the reader is here"),
        "subtitle": None,
        "opts": desk.opts,
        "versions": versions,
        "by_people": told.by_people,
        "newest": NEWEST,
    }
    return TemplateResponse(request, "admin/claims/claim/reader.html", context)


def _rows(reader: Reader) -> list[dict[str, Any]]:
    rows = [_row(_("whole claim"), reader.whole, reader.whole.right)]
    return rows + [_row(FIELDS.get(name, name), count, count.kept) for name, count in reader.fields.items()]


def _row(label: Any, count: Count, share: float | None) -> dict[str, Any]:
    return {"label": label, "count": count, "share": None if share is None else round(share * 100)}
