"""Claims that say nearly the same are found by their words, and told apart by what the words say."""

from claims.matching.comparing import Why
from claims.matching.finding import Match, like, similar

__all__ = ["Match", "Why", "like", "similar"]
