"""Fetches pages of the public web: so much, so long, so far and no further. The one place that asks other people's servers for them."""

from sources.fetching.failures import NotFetched, Why
from sources.fetching.networks import is_public
from sources.fetching.pages import AGENT, Asking, Fetched, Known, fetch

__all__ = ["AGENT", "Asking", "Fetched", "Known", "NotFetched", "Why", "fetch", "is_public"]
