"""Webhooks on the desk: who is told, how far each has come, what fails and why."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims.admin.read_only import ReadOnlyAdmin
from claims.exchange.formats import cloudevents
from claims.models import Delivery, Webhook
from claims.notifications import secret_rotation, webhooks
from sources import roles
from sources.admin.read_only import may


class WebhookForm(forms.ModelForm):  # type: ignore[type-arg]
    """An address and what it is sent; the room checks both."""

    types = forms.MultipleChoiceField(
        label=_("events"),
        choices=[(name, name.removeprefix(cloudevents.PREFIX)) for name in cloudevents.TYPES],
        required=False,
        help_text=_("All of them where none is chosen."),
    )
    url = forms.CharField(label=_("address"), max_length=2000, widget=forms.URLInput(attrs={"size": 80, "dir": "ltr"}))

    class Meta:
        model = Webhook
        fields = ("url", "types", "active")

    def clean(self) -> dict[str, Any]:
        """What the room would refuse is told beside its field."""
        heard = super().clean() or {}
        try:
            webhooks.checked({name: heard[name] for name in ("url", "types") if name in heard})
        except webhooks.Untellable as error:
            for name, said in error.errors.items():
                self.add_error(name, str(said))
        return heard


class LastDeliveries(admin.TabularInline):  # type: ignore[type-arg]
    """The newest attempts."""

    model = Delivery
    fields = readonly_fields = ("at", "position", "event", "status", "milliseconds", "error")
    extra = max_num = 0
    can_delete = False
    verbose_name_plural = _("last deliveries")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may see the webhook."""
        return may(request, "subscribe")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    has_change_permission = has_add_permission


@admin.register(Webhook)
class Webhooks(ReadOnlyAdmin):
    """For editors and administrators: others see neither addresses nor errors."""

    form = WebhookForm
    list_display = ("url", "standing", "wanted", "position", "delivered_at", "failures", "error", "made_by")
    list_filter = ("active",)
    ordering = ("-created_at", "-id")
    actions = ("again", "switch_off", "rotate")
    inlines = (LastDeliveries,)
    fields = (
        "url",
        "types",
        "active",
        "standing",
        "position",
        "delivered_at",
        "failures",
        "failing_since",
        "disabled_at",
        "error",
        "made_by",
        "owner",
    )
    readonly_fields = ("standing", "position", "delivered_at", "failures", "failing_since", "disabled_at", "error", "made_by", "owner")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Those who may make one."""
        return may(request, "subscribe")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The same."""
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The same."""
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The same."""
        return self.has_module_permission(request)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """A new one has had nothing."""
        return self.inlines if obj else ()

    @admin.display(description=_("state"))
    def standing(self, webhook: Webhook) -> str:
        """In a word: works, fails, switched off by the program or by people."""
        if webhook.disabled_at:
            said = _("switched off: its receiver asked for that")
            if webhook.failures != 1:
                said = _("switched off after days of failure") if webhook.failures else _("switched off: its owner has no role any more")
            return format_html('<strong class="severity severity-high">{}</strong>', said)
        if not webhook.active:
            return str(_("switched off"))
        if webhook.failures:
            return format_html('<span class="severity severity-warning">{}</span>', _("fails, and is tried again"))
        return str(_("works"))

    @admin.display(description=_("events"))
    def wanted(self, webhook: Webhook) -> str:
        """All, or which."""
        return ", ".join(name.removeprefix(cloudevents.PREFIX) for name in webhook.types) or str(_("all"))

    def save_model(self, request: HttpRequest, obj: Webhook, form: Any, change: bool) -> None:
        """Through the room; a new one's secret is shown once."""
        by, heard = roles.actor_of(request.user), form.cleaned_data
        if change:
            webhooks.change(Webhook.objects.get(pk=obj.pk), by=by, url=heard["url"], types=heard["types"], active=heard["active"])
            return
        made, _new = webhooks.make(heard["url"], types=heard["types"], active=heard["active"], by=by)
        obj.pk = made.pk
        messages.warning(request, _("Its secret, shown this once: %s") % made.secret)

    def delete_model(self, request: HttpRequest, obj: Webhook) -> None:
        """Through the room."""
        webhooks.delete(obj, by=roles.actor_of(request.user))

    @admin.action(description=_("Try again now; switch on what was switched off"), permissions=["change"])
    def again(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        """Tries the chosen ones at once."""
        for webhook in queryset:
            webhooks.try_again(webhook, by=roles.actor_of(request.user))
        self._told(request, len(queryset))

    @admin.action(description=_("Switch off"), permissions=["change"])
    def switch_off(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        """Sends nothing there until somebody switches it on; it goes on from where it was."""
        for webhook in queryset:
            webhooks.change(webhook, by=roles.actor_of(request.user), active=False)
        self._told(request, len(queryset))

    @admin.action(description=_("Make a new secret; the one so far signs for another day"), permissions=["change"])
    def rotate(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        """The new secrets are shown once."""
        for webhook in queryset:
            rotated = secret_rotation.rotate(webhook, by=roles.actor_of(request.user))
            said = _("The new secret of %(url)s, shown this once: %(secret)s")
            messages.warning(request, said % {"url": rotated.url, "secret": rotated.secret})

    def _told(self, request: HttpRequest, count: int) -> None:
        messages.success(request, ngettext("%(count)d webhook changed.", "%(count)d webhooks changed.", count) % {"count": count})
