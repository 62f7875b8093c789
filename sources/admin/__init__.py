"""Sources in the admin: to be read, searched and captured; rows are neither added nor deleted by hand."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sources import jobs, roles
from sources.admin import feeds as feeds
from sources.admin import tokens as tokens
from sources.admin import watches
from sources.admin.read_only import ReadOnly, may
from sources.admin.revision_page import RevisionHistory
from sources.forms import CaptureForm
from sources.models import Attention, Document, Outlet, Snapshot, Speaker, SpeakerName, Work
from sources.registry import names


@admin.register(Outlet)
class OutletAdmin(RevisionHistory, ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Who publishes."""

    list_display = ("name", "homepage", "wikidata", "attention", "created_at")
    list_select_related = ("watch",)
    actions = ("watch_all", "stop_all")
    search_fields = ("name", "folded")
    ordering = ("name",)
    fields = ("name", "homepage", "wikidata", "created_at")
    has_watch_permission = watches.may_watch

    @admin.display(description=_("its pages"))
    def attention(self, outlet: Outlet) -> str:
        """Watched, unless somebody has said otherwise."""
        return watches.attention_of(outlet)

    @admin.action(description=_("Watch all pages and feeds again"), permissions=["watch"])
    def watch_all(self, request: HttpRequest, queryset: QuerySet[Outlet]) -> None:
        """Of the chosen outlets."""
        watches.set_outlets(self, request, queryset, Attention.ON)

    @admin.action(description=_("Stop watching all pages and feeds"), permissions=["watch"])
    def stop_all(self, request: HttpRequest, queryset: QuerySet[Outlet]) -> None:
        """Of the chosen outlets."""
        watches.set_outlets(self, request, queryset, Attention.STOPPED)


class Spellings(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Every known spelling of a speaker."""

    model = SpeakerName
    fields = ("name",)
    extra = 0


@admin.register(Speaker)
class SpeakerAdmin(RevisionHistory, ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Who says things."""

    list_display = ("name", "type", "title", "merged_into", "created_at")
    list_filter = ("type",)
    list_select_related = ("merged_into",)
    search_fields = ("name",)
    ordering = ("name",)
    fields = ("name", "type", "title", "wikidata", "merged_into", "created_at")
    inlines = (Spellings,)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        """Finds a speaker by any spelling."""
        try:
            key = names.key(search_term)
        except names.NoName:
            return queryset, False
        return queryset.filter(pk__in=SpeakerName.objects.filter(folded__contains=key).values("speaker")), False


@admin.register(Document)
class DocumentAdmin(RevisionHistory, ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """What was captured, with its newest text."""

    list_display: tuple[str, ...] = ("__str__", "outlet", "day", "language", "created_at")
    list_filter = ("language", "created_at")
    list_select_related = ("outlet",)
    search_fields = ("title", "url", "outlet__name")
    ordering = ("-created_at", "-id")
    show_full_result_count = False
    change_list_template = "sources/documents.html"
    fields = ("title", "outlet", "url", "authors", "language", "day", "offered", "created_at", "watched", "versions", "text")
    readonly_fields = ("day", "offered", "watched", "versions", "text")

    @admin.display(description=_("published"), ordering="published_first")
    def day(self, document: Document) -> str:
        """As precisely as known."""
        return (document.published or {}).get("edtf") or "–"

    @admin.display(description=_("publication date, guessed"))
    def offered(self, document: Document) -> str:
        """Only guessed."""
        return (document.published_offered or {}).get("edtf") or "–"

    @admin.display(description=_("page on the web"))
    def watched(self, document: Document) -> str:
        """When its page was looked at and what came of it, with what can be done about it."""
        return watches.render_watch(document, document.seen_by)  # type: ignore[attr-defined]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Document | None:
        """With who looks at it: what they may do about its page is offered beside it."""
        document: Document | None = super().get_object(request, object_id, from_field)
        if document is not None:
            document.seen_by = roles.actor_of(request.user)  # type: ignore[attr-defined] # for this page alone
        return document

    @admin.display(description=_("snapshots"))
    def versions(self, document: Document) -> str:
        """When each text was captured, by whom, and its digest."""
        rows = document.snapshots.order_by("-captured_at").defer("raw")[:20]
        return "\n".join(f"{_moment(row.captured_at)} · {row.captured_by} · sha256 {row.digest}" for row in rows)

    @admin.display(description=_("text"))
    def text(self, document: Document) -> str:
        """The newest text, exactly as captured."""
        newest = document.snapshots.select_related("content").order_by("-captured_at").defer("raw").first()
        return render_to_string("sources/text.html", {"text": newest.text if newest else ""})

    def get_urls(self) -> list[Any]:
        """The capture form beside the list."""
        view = self.admin_site.admin_view
        return [
            path("capture/", view(self.capture), name="sources_document_capture"),
            path("<uuid:document>/watch/", view(watches.attend), name="sources_document_watch"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Offers the capture form to those who may use it."""
        return super().changelist_view(request, {"may_capture": may(request, "capture")} | (extra_context or {}))

    def capture(self, request: HttpRequest) -> HttpResponse:
        """A form that captures a text, a file or a page."""
        if not may(request, "capture"):
            raise PermissionDenied
        sent = request.method == "POST"
        form = CaptureForm(request.POST if sent else None, request.FILES if sent else None)
        if form.is_valid():
            captured = form.capture(by=roles.actor_of(request.user))
            if captured is not None:
                said = _("The text is kept.") if captured.new else _("This text was here already.")
                messages.success(request, str(said))
                return HttpResponseRedirect(reverse("admin:sources_document_change", args=[captured.document.pk]))
        context = self.admin_site.each_context(request) | {"title": _("Capture a text"), "form": form, "opts": self.opts}
        return TemplateResponse(request, "sources/capture.html", context, status=400 if form.errors else 200)


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """A text exactly as captured, with its digest."""

    list_display = ("document", "captured_at", "captured_by", "media_type")
    list_select_related = ("document",)
    ordering = ("-captured_at", "-id")
    show_full_result_count = False
    fields = ("document", "captured_at", "captured_by", "media_type", "extractor", "digest", "kept")
    readonly_fields = ("digest", "kept")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        """Without the bytes, which nobody reads here."""
        return super().get_queryset(request).defer("raw")

    @admin.display(description=_("text"))
    def kept(self, snapshot: Snapshot) -> str:
        """The text, escaped."""
        return render_to_string("sources/text.html", {"text": snapshot.text})


class WorkStatusFilter(admin.SimpleListFilter):
    """Waiting, given up or done."""

    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("given_up", _("given up")), ("failing", _("failing")), ("waiting", _("waiting")), ("done", _("done"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Work]) -> QuerySet[Work]:
        kinds: dict[str, dict[str, Any]] = {
            "given_up": {"gave_up_at__isnull": False},
            "failing": {"gave_up_at": None, "done_at": None, "error__gt": ""},
            "waiting": {"gave_up_at": None, "done_at": None},
            "done": {"done_at__isnull": False},
        }
        return queryset.filter(**kinds.get(self.value() or "", {}))


@admin.register(Work)
class WorkAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """What is owed, and what was given up."""

    list_display = ("key", "kind", "due_at", "attempts", "gave_up_at", "done_at", "error")
    list_filter = (WorkStatusFilter, "kind")
    search_fields = ("key",)
    ordering = ("-id",)
    show_full_result_count = False
    actions = ("again",)

    def has_operate_permission(self, request: HttpRequest) -> bool:
        """Administrators run things again."""
        return may(request, "operate")

    @admin.action(description=_("Try again what was given up"), permissions=["operate"])
    def again(self, request: HttpRequest, queryset: QuerySet[Work]) -> None:
        """Owes the chosen rows anew, and wakes their workers."""
        chosen = list(queryset.filter(gave_up_at__isnull=False))
        count = jobs.reopen(*(row.key for row in chosen))
        for kind in {row.kind for row in chosen}:
            jobs.wake(kind)
        messages.success(request, ngettext("%(count)d will be tried again.", "%(count)d will be tried again.", count) % {"count": count})


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")
