"""Authenticate whoever sends a bearer token, within the token's scope."""

from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.postgres.expressions import ArraySubquery
from django.db import DatabaseError, connection, transaction
from django.db.models import OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from sources.api import tokens
from sources.models import ApiToken, Scope
from sources.outages import DISK_FULL, READ_ONLY, outage_of

REALM = 'Bearer realm="isnad"'


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer isnad_…`. The account that it gives is never more than the token's scope lets it be."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The token's user; None where the header says nothing of a bearer. Raises AuthenticationFailed, PermissionDenied."""
        scheme, _space, words = request.META.get("HTTP_AUTHORIZATION", "").strip().partition(" ")
        if scheme.lower() != "bearer":
            return None
        known = _known(tokens.digest(words.strip()))
        if known is None or not known.user.is_active:
            raise AuthenticationFailed(_("This token is not known here."))
        if not known.is_valid:
            raise AuthenticationFailed(_("This token was revoked.") if known.revoked_at else _("This token has expired."))
        _note_use(known)
        # Asked before any address is: there is none where it may send something.
        if known.scope == Scope.READ and request.method not in SAFE_METHODS:
            raise PermissionDenied(_("This token only reads."))
        user: Any = known.user
        user.highest_role = tokens.highest_role(known.scope)
        return user, known

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return REALM


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


def _note_use(token: ApiToken) -> None:
    """Keeps the minute of the last use. The row is written once a minute at most, whatever comes with it.

    Where nothing can be written just now, whoever only reads is answered all the same.
    """
    now = timezone.now().replace(second=0, microsecond=0)
    if not _is_before(token.used_at, now):
        return
    try:
        with transaction.atomic():
            # Of many at once the first writes; the others find it written.
            ApiToken.objects.filter(Q(used_at__isnull=True) | Q(used_at__lt=now), pk=token.pk).update(used_at=now)
    except DatabaseError as error:
        if outage_of(error) not in (READ_ONLY, DISK_FULL):
            raise


def _is_before(used: datetime | None, minute: datetime) -> bool:
    return used is None or used < minute


class BearerTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # its own __init_subclass__ says no types
    """How the schema names it."""

    target_class = BearerToken
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """OpenAPI's words."""
        return {"type": "http", "scheme": "bearer"}
