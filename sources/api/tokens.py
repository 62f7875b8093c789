"""Bearer tokens: shown once, kept as a digest."""

import hashlib
import secrets
from functools import cache
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
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


def _known(digest: bytes) -> ApiToken | None:
    """The token with its account and the names of the account's roles. Every request asks for them: it is one query, made ready once."""
    sql, token_columns, user_columns = _lookup()
    with connection.cursor() as cursor:
        cursor.execute(sql, [digest])
        row = cursor.fetchone()
    if row is None:
        return None
    many = len(token_columns)
    token = ApiToken.from_db(connection.alias, token_columns, row[:many])
    token.user = User.from_db(connection.alias, user_columns, row[many:-1])
    token.user.role_names = row[-1]  # type: ignore[attr-defined]
    return token


@cache
def _lookup() -> tuple[str, list[str], list[str]]:
    """The query, the token's fields and the account's; to have the ORM write it each time took a fifth of a request."""
    groups = ArraySubquery(Group.objects.filter(user=OuterRef("user")).order_by().values("name"))
    token, user = ([field.attname for field in model._meta.concrete_fields] for model in (ApiToken, User))
    wanted = ApiToken.objects.filter(digest=b"").values_list(*token, *(f"user__{name}" for name in user), groups)
    sql, values = wanted.query.sql_with_params()
    assert len(values) == 1  # the digest
    return sql, token, user


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer isnad_…`."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The token's user; None where the header says nothing of a bearer."""
        scheme, _space, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        known = _known(_digest(token.strip()))
        if known is None or not known.user.is_active:
            raise AuthenticationFailed(_("This token is not known here."))
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
