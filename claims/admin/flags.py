"""The work list: open flags, most urgent first."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from claims.admin import formatting, sentences
from claims.admin.filters import StateFilter
from claims.admin.read_only import ReadOnlyAdmin
from claims.admin.searches import Searched
from claims.models import Flag


@admin.register(Flag)
class WorkList(Searched, ReadOnlyAdmin):
    """What the rules ask of people; whoever follows one up does so on the claim's own page."""

    list_display = ("how_urgent", "what", "about", "due_on", "raised_at", "assignee")
    list_display_links = None
    list_filter = (StateFilter, "severity")
    claim_field = "claim"
    ordering = ("urgency", "raised_at", "id")
    change_list_template = "admin/claims/flag/work_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Flag]:
        """Everything a row shows, in one query."""
        return super().get_queryset(request).select_related("claim")

    @admin.display(description=_("severity"))
    def how_urgent(self, flag: Flag) -> str:
        """How loudly it asks."""
        return format_html('<span class="severity severity-{}">{}</span>', flag.severity, flag.get_severity_display())

    @admin.display(description=_("finding"))
    def what(self, flag: Flag) -> str:
        """The reason, and what to do."""
        reason, hint = sentences.finding(flag.rule, flag.code, flag.parameters)
        return format_html('{}<br><span class="quiet">{}</span>', reason, hint)

    @admin.display(description=_("claim"))
    def about(self, flag: Flag) -> str:
        """The claim, a click away."""
        address = reverse("admin:claims_claim_change", args=[flag.claim_id])
        return format_html('<a href="{}#flag-{}">{}</a>', address, flag.pk, formatting.short(flag.claim.statement))

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A flag is seen on its claim's page."""
        flag = self.get_object(request, object_id)
        if flag is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return HttpResponseRedirect(f"{reverse('admin:claims_claim_change', args=[flag.claim_id])}#flag-{flag.pk}")
