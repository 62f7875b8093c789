"""Bearer tokens: shown once, kept as a digest."""

import hashlib
import secrets
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from sources.models import ApiToken


def make(user: User, name: str = "") -> str:
    """A new token of `user`; only its digest is kept, so this is the one time it can be read."""
    token = f"isnad_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(user=user, name=name[:100], digest=_digest(token))
    return token


def _digest(token: str) -> bytes:
    # Not a password: 256 random bits cannot be guessed, so a plain hash keeps them well and is quick to look up.
    return hashlib.sha256(token.encode(errors="replace")).digest()


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer isnad_…`."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The token's user; None where the header says nothing of a bearer."""
        scheme, _space, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        groups = ArraySubquery(Group.objects.filter(user=OuterRef("user")).order_by().values("name"))
        known = ApiToken.objects.select_related("user").annotate(groups=groups).filter(digest=_digest(token.strip())).first()
        if known is None or not known.user.is_active:
            raise AuthenticationFailed(_("This token is not known here."))
        known.user.role_names = known.groups  # every request asks for them: together with the account they cost no trip of their own
        return known.user, known

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return 'Bearer realm="isnad"'


class BearerTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # its own __init_subclass__ says no types
    """How the schema names it."""

    target_class = BearerToken
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """OpenAPI's words."""
        return {"type": "http", "scheme": "bearer"}
