"""Who may ask an address: readers may read, those who may act may send, and nobody else, unless the address says otherwise."""

from typing import Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from sources import roles

NO_ROLE = _("You have no role at this desk: an administrator gives one.")
ONLY_READS = _("Your role reads the desk and changes nothing.")


class ByRole(BasePermission):
    """The rule of every address that states no other: reading takes the role of a reader, whatever may change something more.

    A view's `reading` names methods that are not safe by HTTP and yet change nothing of the desk: a search, one's own settings.
    The rooms ask for each step's own role besides.
    """

    message: Any = NO_ROLE

    def has_permission(self, request: Request, view: Any) -> bool:
        """May whoever asks use this method here?"""
        actor = roles.actor_of_request(request)
        if not roles.may(actor, "read"):
            return False
        self.message = ONLY_READS
        return request.method in (*SAFE_METHODS, *getattr(view, "reading", ())) or roles.may(actor, "act")


class ByRoleOrPublic(ByRole):
    """The same, and with PUBLIC_READ everybody may read: the address then shows outsiders what is published."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Reading may be open to all, writing never is."""
        return super().has_permission(request, view) or bool(settings.PUBLIC_READ and request.method in SAFE_METHODS)


def is_outside(request: Request) -> bool:
    """Does somebody ask who is no reader of the desk: not signed in, or without a role?"""
    return not roles.may(roles.actor_of_request(request), "read")


def refuse(request: Request) -> NoReturn:
    """What the desk keeps for itself is refused: 401 to whoever is not signed in, 403 to others."""
    if request.user.is_authenticated:
        raise PermissionDenied(NO_ROLE)
    raise NotAuthenticated
