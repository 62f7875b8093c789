"""JSON out, by orjson; problems under their own media type."""

import json
from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.renderers import BaseRenderer

_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z


class JSON(BaseRenderer):
    """Renders to JSON in UTF-8."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        """The bytes; none for no data (204)."""
        return b"" if data is None else dumps(data)


def dumps(data: Any) -> bytes:
    """JSON bytes of what a view answers."""
    try:
        return orjson.dumps(data, default=_plain, option=_OPTIONS)
    except orjson.JSONEncodeError:  # half a surrogate pair, echoed from a request: it is no text, and not every reader takes its escape
        return json.dumps(data, default=_plain, ensure_ascii=False).encode(errors="replace")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal | Promise):
        return str(value)
    if isinstance(value, memoryview | bytes):
        return bytes(value).hex()
    if hasattr(value, "items"):
        return dict(value.items())
    if hasattr(value, "__iter__"):
        return list(value)
    return str(value)
