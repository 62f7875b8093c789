"""Claims that say nearly the same are found by their words, and told apart by what the words say."""

from claims.matching.comparing import Why
from claims.matching.finding import Match, similar

__all__ = ["Match", "Why", "similar"]
