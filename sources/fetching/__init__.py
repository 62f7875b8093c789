"""Fetches pages of the public web: so much, so long, so far and no further. The one place that asks other people's servers for them."""

from sources.fetching.client import AGENT, Fetched, FetchOptions, Known, fetch
from sources.fetching.failures import NotFetched, Why
from sources.fetching.networks import is_public

__all__ = ["AGENT", "FetchOptions", "Fetched", "Known", "NotFetched", "Why", "fetch", "is_public"]
