"""The admin's own door: it opens to accounts that have a role, and to nobody else."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest

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
