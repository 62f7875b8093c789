"""Make and revoke the tokens of the REST API: their words are shown once and kept as a digest."""

import hashlib
import secrets
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources import roles
from sources.errors import Category, Refusal
from sources.models import ApiToken, Scope
from sources.roles import GROUPS, Actor, Role


class WiderToken(Refusal):
    """A token may not be used to make one that may more, or lives longer."""

    sentence = _("A token makes none that may more than itself, or that expires later.")
    category, title = Category.FORBIDDEN, _("Not allowed")


class ExpiryPassed(Refusal):
    """A new token would have expired already."""

    sentence = _("This moment is past.")
    category, title, field = Category.INVALID, _("Not a date of expiry"), "expires_at"


_WIDTHS: list[str] = [Scope.READ, *GROUPS, Scope.WRITE]


def make(user: User, name: str = "", *, scope: str = Scope.WRITE) -> str:
    """The words of a new token of `user` that does not expire; only their digest is kept, so this is the one time they can be read."""
    return create(user, name, scope=scope, expires_at=None)[1]


def create(
    user: User, name: str = "", *, scope: str = Scope.WRITE, expires_at: datetime | None, through: ApiToken | None = None
) -> tuple[ApiToken, str]:
    """A new token of `user`, and its words; `through` is the token by which it is asked for. Raises WiderToken, ExpiryPassed."""
    if expires_at is not None and expires_at <= timezone.now():
        raise ExpiryPassed
    if through is not None and not _is_within(scope, expires_at, through):
        raise WiderToken
    words = f"isnad_{secrets.token_urlsafe(32)}"
    return ApiToken.objects.create(user=user, name=name[:100], digest=digest(words), scope=scope, expires_at=expires_at), words


def _is_within(scope: str, expires_at: datetime | None, token: ApiToken) -> bool:
    if token.expires_at is not None and (expires_at is None or expires_at > token.expires_at):
        return False
    return _width(scope) <= _width(token.scope)


def _width(scope: str) -> int:
    """A place in the order of scopes: only reading, the roles from the least on, all that the owner may."""
    return _WIDTHS.index(scope)


def highest_role(scope: str) -> Role | None:
    """The most that whoever comes with a token of this scope is; None where the token sets no bound."""
    if scope == Scope.WRITE:
        return None
    return Role.READER if scope == Scope.READ else Role(scope)


def visible_to(actor: Actor) -> QuerySet[ApiToken]:
    """The tokens that somebody may see and revoke: their own, an administrator everybody's."""
    tokens = ApiToken.objects.select_related("user")
    if roles.may(actor, "operate"):
        return tokens
    return tokens.filter(user=int(actor.id)) if actor.id.isdecimal() else tokens.none()


def digest(words: str) -> bytes:
    """What is kept of a token's words."""
    # Not a password: 256 random bits cannot be guessed, so a plain hash keeps them well and is quick to look up.
    return hashlib.sha256(words.encode(errors="replace")).digest()


def default_expiry() -> datetime:
    """When a token expires of which nothing else was said."""
    return timezone.now() + ApiToken.LIFETIME
