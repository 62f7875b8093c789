"""Watched pages in the admin: how they stand, and what people decide about them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sources import roles, watching
from sources.admin.read_only import ReadOnly, may
from sources.errors import Refusal
from sources.models import Attention, Document, Outlet, Watch
from sources.roles import Actor, NotAllowed
from sources.watching import outcomes, watch_status


def may_watch(self: Any, request: HttpRequest) -> bool:
    """Reviewers say what is watched."""
    return may(request, "watch")


def may_capture(self: Any, request: HttpRequest) -> bool:
    """Reporters have pages looked at."""
    return may(request, "capture")


def attention_of(outlet: Outlet) -> str:
    """As a word."""
    row = getattr(outlet, "watch", None)
    return str(row.get_attention_display() if row else Attention.ON.label)


def set_outlets(door: Any, request: HttpRequest, chosen: QuerySet[Outlet], attention: Attention) -> None:
    """The same for all pages and feeds of these outlets."""
    for outlet in chosen:
        watching.set_outlet(outlet, attention, by=roles.actor_of(request.user))
    messages.success(request, f"{attention.label}: {len(chosen)}")


def render_watch(document: Document, by: Actor) -> str:
    """A document's page on the web, with the steps that somebody may take about it."""
    watch = Watch.objects.select_related("document__outlet__watch").filter(document=document).first()
    words = {
        "document": document,
        "watch": watch,
        "resting": watch and watching.resting(watch),
        "may_look": roles.may(by, "capture"),
        "may_watch": roles.may(by, "watch"),
    }
    told = outcomes.label(watch.outcome) if watch else ""
    address = reverse("admin:sources_document_watch", args=[document.pk])
    return render_to_string("sources/watch.html", words | {"told": told, "address": address})


@require_POST
def attend(request: HttpRequest, document: UUID) -> HttpResponse:
    """What somebody has decided on the document's page: look now, watch, pause, stop."""
    found = get_object_or_404(Document, pk=document)
    by, what = roles.actor_of(request.user), request.POST.get("attention", "")
    try:
        messages.success(request, _attended(found, what, request.POST.get("off_until", ""), by))
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("admin:sources_document_change", args=[found.pk]))


def _attended(document: Document, what: str, until: str, by: Any) -> str:
    if what == "on":
        watching.begin(document, by=by)
        return gettext("The page is watched, and looked at as soon as its site is free.")
    watch = get_object_or_404(Watch.objects.select_related("document__outlet__watch"), document=document)
    if what == "check":
        watching.check_soon(watch, by=by)
        return gettext("The page is looked at as soon as its site is free.")
    if what == "stopped":
        watching.stop(watch, by=by)
        return gettext("The page is no longer watched.")
    if what != "paused":
        raise Http404
    try:
        day = date.fromisoformat(until) if until else None
    except ValueError as error:
        raise Refusal(sentence=gettext("“%s” is no day: write it as 2023-06-10.") % until) from error
    watching.pause(watch, day, by=by)
    return gettext("The page rests.")


class StandsSo(admin.SimpleListFilter):
    """Gone, failing, changed of late …"""

    title = pgettext_lazy("page", "standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return watch_status.NAMES

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return watch_status.narrowed(queryset, self.value() or "")


class Checked(ReadOnly):
    """What pages and feeds have in common here."""

    show_full_result_count = False
    has_watch_permission = may_watch
    has_capture_permission = may_capture
    actions: Any = ("look_now", "watch_again", "stop_watching")

    @admin.display(description=pgettext_lazy("page", "standing"))
    def stands(self, one: Any) -> str:
        """In a word, and loud where somebody should know."""
        if one.gone_since:
            return format_html('<span class="mark trouble">⚠ {}</span>', pgettext("page", "gone"))
        if one.failing_since:
            return format_html('<span class="mark trouble">{}</span>', pgettext("page", "failing"))
        return str(one.get_attention_display())

    @admin.display(description=_("outcome"))
    def came_to(self, one: Any) -> str:
        """The last look."""
        said = outcomes.label(one.outcome) or "–"
        return f"{said} ({one.status})" if one.status and one.status >= 400 else said

    @admin.action(description=_("Look now"), permissions=["capture"])
    def look_now(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Each as soon as its site is free."""
        self._each(request, queryset, watching.check_soon)

    @admin.action(description=_("Watch again"), permissions=["watch"])
    def watch_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """At once and from now on."""
        self._each(request, queryset, watching.resume)

    @admin.action(description=_("Stop watching"), permissions=["watch"])
    def stop_watching(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Until somebody watches it again."""
        self._each(request, queryset, watching.stop)

    def _each(self, request: HttpRequest, queryset: QuerySet[Any], step: Any) -> None:
        by, done = roles.actor_of(request.user), 0
        for one in queryset:
            try:
                step(one, by=by)
                done += 1
            except (watching.NotWatched, NotAllowed) as refusal:
                messages.warning(request, f"{one}: {refusal}")
        messages.success(request, ngettext("%(count)d is seen to.", "%(count)d are seen to.", done) % {"count": done})


@admin.register(Watch)
class WatchAdmin(Checked, admin.ModelAdmin):  # type: ignore[type-arg]
    """Which pages are watched, and what the last look came to."""

    list_display = ("page", "outlet", "stands", "came_to", "checked_at", "failures", "changed_at", "next_at")
    list_display_links = None
    list_filter = (StandsSo,)
    list_select_related = ("document__outlet__watch",)
    search_fields = ("document__title", "document__url", "document__outlet__name")
    ordering = ("-document",)
    fields = (
        *("document", "attention", "off_until", "set_by", "set_at", "checked_at", "came_to", "detail", "seen_at", "snapshot", "changed_at"),
        *("failures", "failing_since", "gone_since", "next_at"),
    )
    readonly_fields = ("came_to",)

    @admin.display(description=_("document"), ordering="document__title")
    def page(self, watch: Watch) -> str:
        """The way to it."""
        return format_html('<a href="{}">{}</a>', reverse("admin:sources_document_change", args=[watch.document_id]), str(watch.document))

    @admin.display(description=_("outlet"), ordering="document__outlet__name")
    def outlet(self, watch: Watch) -> str:
        """Whose page it is."""
        return str(watch.document.outlet or "–")
