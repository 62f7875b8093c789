"""Keys of the feeds: what stands in an address that a calendar or a feed reader asks, since they send no headers."""

import hashlib
import secrets

from django.contrib.auth.models import User

from claims.models import FeedKey
from sources import roles

PREFIX = "feed_"


def new_words() -> str:
    """The words of a new key, at random."""
    return PREFIX + secrets.token_urlsafe(32)


def make(user: User, words: str, name: str = "") -> FeedKey:
    """A new key of `user`. Its words can be shown this once: only their digest is kept."""
    return FeedKey.objects.create(user=user, name=name[:100], digest=_digest(words))


def owner(words: str) -> User | None:
    """Whose key it is; None where it is nobody's, or theirs who may no longer sign in or read the desk."""
    known = FeedKey.objects.select_related("user").filter(digest=_digest(words), user__in=roles.colleagues()).first()
    return known.user if known else None


def _digest(words: str) -> bytes:
    # 256 random bits cannot be guessed, so a plain hash keeps them well.
    return hashlib.sha256(words.encode(errors="replace")).digest()
