"""In which form an answer goes out: by the `Accept` header, or by `?format=` where an address has more forms than one."""

from collections.abc import Iterable
from typing import Any

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation


class Negotiation(DefaultContentNegotiation):
    """A form that there is not is 406, whichever way it was asked for: the address itself is there."""

    def filter_renderers(self, renderers: Iterable[Any], format: str) -> list[Any]:  # noqa: A002 - the framework's name
        """Those of this form. Raises NotAcceptable."""
        found = [renderer for renderer in renderers if renderer.format == format]
        if not found:
            raise NotAcceptable
        return found
