"""Digests on the desk: what each person wants, what became of each one, and another try where that is doubtful."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims.admin.read_only import ReadOnlyAdmin
from claims.models import Digest, FeedKey, Wish
from claims.models.notifications import Sending
from claims.notifications import digests
from sources import roles
from sources.admin.read_only import may


def _operates(request: HttpRequest) -> bool:
    return may(request, "operate")


@admin.register(Wish)
class Wishes(ReadOnlyAdmin):
    """Everybody sets their own; an administrator everybody's."""

    list_display = ("user", "often", "weekday", "hour", "language")
    list_select_related = ("user",)
    ordering = ("user__username",)
    fields = ("user", "often", "weekday", "hour", "language")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Wish]:
        """One's own, or all."""
        wishes = super().get_queryset(request)
        return wishes if _operates(request) else wishes.filter(user=request.user.pk)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whose it is, where that is a question."""
        return self.fields if _operates(request) else self.fields[1:]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """It stays whose it is."""
        return ("user",) if obj and _operates(request) else ()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever has none yet."""
        return self.has_module_permission(request) and (_operates(request) or not Wish.objects.filter(user=request.user.pk).exists())

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One's own."""
        return self.has_module_permission(request) and (obj is None or obj.user_id == request.user.pk or _operates(request))

    has_delete_permission = has_change_permission

    def save_model(self, request: HttpRequest, obj: Wish, form: Any, change: bool) -> None:
        """From now on: a time that has passed today is tomorrow's."""
        if not change and not _operates(request):
            assert request.user.is_authenticated
            obj.user = request.user
        heard = {name: getattr(obj, name) for name in ("often", "weekday", "hour", "language")}
        obj.pk = digests.change_wish(obj.user, **heard).pk


@admin.register(Digest)
class Digests(ReadOnlyAdmin):
    """Who was told what, and what may not have arrived."""

    list_display = ("day", "user", "how", "address", "named", "until", "sent_at", "error")
    list_select_related = ("user",)
    list_filter = ("state",)
    ordering = ("-until", "-id")
    fields = ("user", "day", "since", "until", "state", "address", "named", "marked_at", "sent_at", "error")
    readonly_fields = ("named",)
    actions = ("again",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Administrators: who reads when is nobody else's business."""
        return _operates(request)

    def has_operate_permission(self, request: HttpRequest) -> bool:
        """Who may have one sent again."""
        return _operates(request)

    @admin.display(description=_("state"))
    def how(self, digest: Digest) -> str:
        """The state, loud where somebody has to look."""
        loud = {Sending.DOUBTFUL: "severity severity-warning", Sending.FAILED: "severity severity-high"}.get(Sending(digest.state), "")
        return format_html('<span class="{}">{}</span>', loud, digest.get_state_display())

    @admin.display(description=_("what it named"))
    def named(self, digest: Digest) -> str:
        """How many of each."""
        words = {"mine": _("Assigned to you"), "overdue": _("Overdue"), "due": _("Due"), "new": _("New")}
        return " · ".join(f"{words.get(name, name)}: {count}" for name, count in digest.counts.items()) or "–"

    @admin.action(description=_("Send again what failed or is doubtful"), permissions=["operate"])
    def again(self, request: HttpRequest, queryset: QuerySet[Digest]) -> None:
        """Somebody has looked, and wants it sent (once more)."""
        chosen = list(queryset.filter(state__in=(Sending.DOUBTFUL, Sending.FAILED)))
        for digest in chosen:
            digests.send_again(digest, by=roles.actor_of(request.user))
        count = {"count": len(chosen)}
        messages.success(request, ngettext("%(count)d will be tried again.", "%(count)d will be tried again.", len(chosen)) % count)


@admin.register(FeedKey)
class FeedKeys(ReadOnlyAdmin):
    """Keys of the feeds: made over REST, taken away here too."""

    list_display = ("name", "user", "created_at")
    list_select_related = ("user",)
    ordering = ("-id",)
    fields = ("user", "name", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[FeedKey]:
        """One's own, or all."""
        keys = super().get_queryset(request)
        return keys if _operates(request) else keys.filter(user=request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One's own."""
        return self.has_module_permission(request) and (obj is None or obj.user_id == request.user.pk or _operates(request))
