"""API tokens in the admin: each person's own, an administrator everybody's, to be looked through and revoked."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sources import roles
from sources.admin.read_only import ReadOnly
from sources.api import tokens
from sources.models import ApiToken


class TokenStatusFilter(admin.SimpleListFilter):
    """Those that still open something, or those that do not."""

    title = _("state")
    parameter_name = "valid"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Two."""
        return [("yes", _("in force")), ("no", _("revoked or expired"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> QuerySet[ApiToken]:
        """The tokens of the one that was chosen."""
        if self.value() is None:
            return queryset
        valid = ApiToken.objects.valid(timezone.now()).values("pk")
        return queryset.filter(pk__in=valid) if self.value() == "yes" else queryset.exclude(pk__in=valid)


@admin.register(ApiToken)
class ApiTokens(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Made over REST and by command, revoked here too."""

    list_display = ("__str__", "user", "scope", "standing", "created_at", "expires_at", "used_at")
    list_select_related = ("user",)
    list_filter = (TokenStatusFilter, "scope")
    search_fields = ("name", "user__username")
    ordering = ("-id",)
    fields = ("user", "name", "scope", "standing", "created_at", "expires_at", "used_at", "revoked_at")
    readonly_fields = ("standing",)
    actions = ("revoke",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiToken]:
        """One's own, or all."""
        return tokens.visible_to(roles.actor_of_request(request))

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        """Whoever sees a token may revoke it."""
        return self.has_module_permission(request)

    @admin.display(description=_("state"))
    def standing(self, token: ApiToken) -> str:
        """In force, or why not; loud where somebody should do something."""
        if token.revoked_at:
            return str(_("revoked"))
        if not token.is_valid:
            return str(_("expired"))
        if token.warning:
            return format_html('<span class="severity severity-warning" title="{}">{}</span>', token.warning, _("never expires"))
        return str(_("in force"))

    @admin.action(description=_("Revoke"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        """The chosen ones open nothing any more."""
        count = ApiToken.objects.filter(pk__in=queryset.values("pk")).revoke()
        messages.success(request, ngettext("%(count)d token revoked.", "%(count)d tokens revoked.", count) % {"count": count})
