"""The admin's own door: it opens to accounts that have a role, and to nobody else."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest
from django.urls import reverse

from config.password_form import OwnPasswordForm
from sources import roles

OWN = {"logout", "password_change", "password_change_done"}  # what every account may do about itself


class DeskSite(AdminSite):
    """Every page of the admin asks here first, those too that are added later."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff with a role; staff without one may sign out and change their password."""
        if not super().has_permission(request):
            return False
        return roles.may(roles.actor_of_request(request), "read") or (
            request.resolver_match is not None and request.resolver_match.url_name in OWN
        )

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Django's page for one's own password, with the offer to end one's API tokens."""
        request.current_app = self.name  # as Django's own does
        return PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse("admin:password_change_done", current_app=self.name),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )(request)
