"""Whoever has a role may look; rows are neither added nor changed nor deleted by hand."""

from typing import Any

from django.http import HttpRequest

from sources import roles


def may(request: HttpRequest, step: str) -> bool:
    """May whoever asks take this step, having access to the desk at all?"""
    return bool(request.user.is_active and request.user.is_staff and roles.may(roles.actor_of_request(request), step))


class ReadOnly:
    """Whoever has a role may look; nobody adds, changes or deletes a row here."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Readers, and so every role."""
        return may(request, "read")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The same."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: a room does it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: a room does it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, ever."""
        return False
