"""Claims that say nearly the same are found by their words, and told apart by what the words say."""

from claims.similarity.comparing import Why
from claims.similarity.finding import SHARED, Match, Strength, like, similar

__all__ = ["SHARED", "Match", "Strength", "Why", "like", "similar"]
