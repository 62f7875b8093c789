"""Claims that say nearly the same are found by their words, and told apart by what the words say."""

from claims.similarity.comparing import Why
from claims.similarity.finding import Match, like, similar

__all__ = ["Match", "Why", "like", "similar"]
