"""Bodies that come in chunks (RFC 9112, 7.1) and say no length: Django reads as much as a request says, and so nothing of them."""

from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
IN_MEMORY = 1024 * 1024
AT_ONCE = 64 * 1024


def measured(application: Application) -> Application:
    """A WSGI application that is told the length of each body. One that is too long is cut behind the first byte too many.

    Whoever parses it refuses that as too large, as one that said its length.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        chunked = "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()
        if chunked and not environ.get("CONTENT_LENGTH"):
            body = _read(environ["wsgi.input"], settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
            environ |= {"CONTENT_LENGTH": str(body.tell()), "wsgi.input": body}
            body.seek(0)
        return application(environ, start_response)

    return answer


def _read(stream: Any, most: int) -> Any:
    body = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever reads it lets go of it
    while (left := most - body.tell()) and (part := stream.read(min(AT_ONCE, left))):
        body.write(part)
    return body
