"""The history of an outlet, a speaker or a document in the admin: its revisions, each field from old to new."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sources.admin.field_changes import FSI, PDI, Row, list_row, row
from sources.models import Outlet, Revision, Snapshot, Speaker, SpeakerType
from sources.registry import languages, revision_changes
from sources.registry.revision_changes import FieldChange
from sources.text.edtf import ImpreciseDate

PER_PAGE = 50
# The others are called as their columns.
LABELS = {"names": gettext_lazy("spellings"), "text": gettext_lazy("text"), "published": gettext_lazy("publication date")}
LISTS = ("names", "authors")
DATES = ("published", "published_offered")


class RevisionHistory:
    """For an admin whose subjects keep revisions: they are what "History" shows."""

    has_view_permission: Callable[..., bool]
    get_object: Callable[..., Any]
    opts: Any
    admin_site: Any
    _get_obj_does_not_exist_redirect: Callable[..., HttpResponse]

    def date_in_words(self, when: ImpreciseDate) -> str:
        """A publication date for a person; as it is kept, unless the desk knows better words."""
        return when.edtf or ""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The revisions, newest first, for whoever may see the object."""
        subject = self.get_object(request, unquote(object_id))
        if subject is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, subject):
            raise PermissionDenied
        page = Paginator(revision_changes.newest_first(subject), PER_PAGE).get_page(request.GET.get("p"))
        context = self.admin_site.each_context(request) | {
            "title": _("History"),
            "subtitle": str(subject),
            "module_name": capfirst(self.opts.verbose_name_plural),
            "object": subject,
            "opts": self.opts,
            "page": page,
            "revisions": _shown(subject, page.object_list, self.date_in_words),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "sources/revisions.html", context)


def _shown(subject: Model, revisions: Iterable[Revision], date_in_words: Callable[[ImpreciseDate], str]) -> list[dict[str, Any]]:
    """Each revision with its rows; whatever they name of other rows is asked for once for all of them."""
    changed = [(revision, revision_changes.changes_of(revision)) for revision in revisions]
    names = _names(subject, [change for _revision, changes in changed for change in changes])
    return [
        {"revision": revision, "began": revision.number == 1, "rows": [_row(subject, each, names, date_in_words) for each in changes]}
        for revision, changes in changed
    ]


def _names(subject: Model, changes: Iterable[FieldChange]) -> Mapping[str, str]:
    """What outlets, speakers and texts are called now that these changes name by id or digest."""
    named: dict[str, set[str]] = {"outlet": set(), "merged_into": set(), "text": set()}
    for change in changes:
        if change.field in named:
            named[change.field] |= {value for value in (change.before, change.after) if value}
    found: dict[str, str] = {}
    for field, kind in (("outlet", Outlet), ("merged_into", Speaker)):
        if named[field]:
            found |= {str(pk): name for pk, name in kind._default_manager.filter(pk__in=named[field]).values_list("pk", "name")}
    if named["text"]:
        texts = Snapshot.objects.filter(document=subject.pk, content__in=[bytes.fromhex(digest) for digest in named["text"]])
        for digest, at in texts.values_list("content_id", "captured_at"):
            when = f"{date_format(timezone.localtime(at), 'j F Y H:i')} ({FSI}sha256 {bytes(digest).hex()[:8]}…{PDI})"
            found[bytes(digest).hex()] = _("captured %(when)s") % {"when": when}
    return found


def _row(subject: Model, change: FieldChange, names: Mapping[str, str], date_in_words: Callable[[ImpreciseDate], str]) -> Row:
    def readable(value: Any) -> str:
        if not value:
            return ""
        if change.field in DATES:
            return date_in_words(msgspec.convert(value, ImpreciseDate))
        if change.field == "language":
            return languages.name_of(value, get_language() or "en")
        if change.field == "type":
            return str(dict(SpeakerType.choices).get(value, value))
        return names.get(value, value)

    label = LABELS.get(change.field) or _verbose_name(subject, change.field)
    if change.field in LISTS:
        return list_row(label, change.before or [], change.after or [])
    return row(label, readable(change.before), readable(change.after), wording=change.field in ("title", "name"))


def _verbose_name(subject: Model, field: str) -> Any:
    known = {each.name: each for each in subject._meta.concrete_fields}
    return known[field].verbose_name if field in known else field
