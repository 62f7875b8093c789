"""Answers are compressed for whoever asks for it (gzip, RFC 9110, 8.4 and 12.5.3).

Compression lets somebody who watches the line guess what an answer hides, where they can have words of their own put beside it again
and again (BREACH). So: an answer with a secret goes out as it is (a view names the methods that give one: `secret = ("POST",)`), as do
the pages of the desk with their forms; cookies are `SameSite=Lax`, so that another site's page cannot ask in a reader's name unseen; and
all that is compressed is made longer by up to a hundred bytes that hang on the whole answer and this install's key, which hides what one
byte more or less would tell.
"""

import hashlib
import re
import zlib
from collections.abc import Callable, Collection

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.utils.cache import patch_vary_headers

LEAST = 1000  # bytes: what is shorter fits into one packet as it is
LEVEL = 3  # of zlib: a page of 50 claims is an eighth of its size, and 6, which takes twice as long, makes it a ninth
TAG = "-gzip"  # a strong ETag is that of one coding (RFC 9110, 8.8.3.3)
TYPES = re.compile(r"(application/([\w.]+\+)?json|application/([\w.]+\+)?xml|application/vnd\.oai\.openapi|text/calendar)(;|$)")
_TAGGED = re.compile(rf'{TAG}"')
_CONDITIONS = ("HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH")
Next = Callable[[HttpRequest], HttpResponse]


class Compression:
    """Middleware: compresses JSON, feeds and calendars; views know the ETags of what is not compressed, and no others."""

    def __init__(self, get_response: Next) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, compressed where that is wanted and worth it."""
        known = request.META.get("HTTP_IF_NONE_MATCH", "")
        for name in _CONDITIONS:
            if name in request.META:
                request.META[name] = _TAGGED.sub('"', request.META[name])
        response = self._get_response(request)
        if response.status_code == 304:
            patch_vary_headers(response, ["Accept-Encoding"])
            if _tagged(response.get("ETag", "")) in known:
                _tag(response)
        elif _compressible(response) and request.method not in _secret(response):
            patch_vary_headers(response, ["Accept-Encoding"])
            if accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):
                response.content = compressed(response.content)
                response["Content-Length"] = str(len(response.content))
                response["Content-Encoding"] = "gzip"
                _tag(response)
        return response


def _compressible(response: HttpResponse) -> bool:
    if response.streaming or response.has_header("Content-Encoding") or not TYPES.match(response.get("Content-Type", "")):
        return False
    return len(response.content) >= LEAST


def _secret(response: HttpResponse) -> Collection[str]:
    view = getattr(response, "renderer_context", {}).get("view")
    return getattr(view, "secret", ())


def _tagged(etag: str) -> str:
    return f'{etag[:-1]}{TAG}"' if etag else ""


def _tag(response: HttpResponse) -> None:
    if response.has_header("ETag"):
        response["ETag"] = _tagged(response["ETag"])


def accepts_gzip(header: str) -> bool:
    """Does an `Accept-Encoding` want gzip? Named, or by `*`, and with a weight that is not nought."""
    weights = {}
    for part in header.lower().split(","):
        name, *parameters = (word.strip() for word in part.split(";"))
        weights[name] = next((word[2:].strip() for word in parameters if word.startswith("q=")), "1")
    weight = weights.get("gzip", weights.get("*", "0"))
    return weight.strip("0.") != ""


def compressed(body: bytes) -> bytes:
    """One member of gzip (RFC 1952), the same for the same body, with a file name of up to a hundred letters that nobody needs."""
    digest = hashlib.blake2b(body, key=settings.SECRET_KEY.encode()[:64], person=b"isnad.gzip").hexdigest()
    name = digest[: int(digest[-4:], 16) % 101]
    head = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" + name.encode() + b"\0"
    packing = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    tail = zlib.crc32(body).to_bytes(4, "little") + (len(body) & 0xFFFFFFFF).to_bytes(4, "little")
    return head + packing.compress(body) + packing.flush() + tail
