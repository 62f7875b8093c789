"""Keys of the feeds: what stands in an address that a calendar or a feed reader asks, since they send no headers."""

import hashlib
import secrets

from django.contrib.auth.models import User

from claims.models import FeedKey

PREFIX = "feed_"


def make(user: User, name: str = "") -> tuple[FeedKey, str]:
    """A new key of `user`, and its words, which can be read this once: only their digest is kept."""
    words = PREFIX + secrets.token_urlsafe(32)
    return FeedKey.objects.create(user=user, name=name[:100], digest=_digest(words)), words


def owner(words: str) -> User | None:
    """Whose key it is; None where it is nobody's, or theirs who may no longer sign in."""
    known = FeedKey.objects.select_related("user").filter(digest=_digest(words), user__is_active=True).first()
    return known.user if known else None


def _digest(words: str) -> bytes:
    # 256 random bits cannot be guessed, so a plain hash keeps them well.
    return hashlib.sha256(words.encode(errors="replace")).digest()
