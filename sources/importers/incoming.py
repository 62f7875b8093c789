"""Whatever comes in as bytes or as an address is read by its kind, then captured."""

import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from sources import fetching
from sources.capturing.capture import Captured, capture
from sources.fetching import Fetched
from sources.importers import plain, web
from sources.models import Snapshot
from sources.roles import Actor, must
from sources.signals import page_fetched

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml[^>]*>\s*<(?:!doctype\s+html|html))",
    re.IGNORECASE | re.DOTALL,
)


def looks_like_page(data: bytes, media_type: str = "") -> bool:
    """Is it HTML? By what its sender says, else by how it begins."""
    if media_type in ("text/html", "application/xhtml+xml"):
        return True
    return media_type in ("", "text/plain", "application/octet-stream") and bool(_PAGE.match(data[:2048]))


@dataclass(frozen=True, slots=True)
class Read:
    """What came, read by its kind: the text, what made it of the bytes, and what a page says of itself."""

    text: str
    media_type: str
    extractor: str
    said: dict[str, Any]


def read(data: bytes, *, media_type: str = "", charset: str = "", url: str = "") -> Read:
    """Reads a text or an HTML page. Raises what plain.read and web.read raise."""
    if not looks_like_page(data, media_type):
        return Read(plain.read(data), media_type or "text/plain", "", {})
    page = web.read(data, url=url, charset=charset)
    said = {word: getattr(page, word) for word in ("title", "authors", "outlet", "published", "published_offered", "language", "url")}
    return Read(page.text, "text/html", web.EXTRACTOR, said)


def capture_bytes(data: bytes, *, by: Actor, media_type: str = "", charset: str = "", fetched: Any = None, **given: Any) -> Captured:
    """Captures a text or an HTML page. What is `given` (title, url, outlet, published, language) goes before what the page says."""
    given = {word: value for word, value in given.items() if value}
    page = read(data, media_type=media_type, charset=charset, url=given.get("url", ""))
    said = page.said | ({"published_offered": None} if page.said and given.get("published") else {})
    return capture(page.text, by=by, raw=data, media_type=page.media_type, extractor=page.extractor, fetched=fetched, **(said | given))


def capture_address(url: str, *, by: Actor, **given: Any) -> Captured:
    """Fetches a page and captures it. Raises NotFetched besides what `take` raises."""
    must(by, "capture")  # nobody makes us fetch who may not keep what comes
    return capture_fetched(fetching.fetch(url), by=by, **{**given, "url": url})


@transaction.atomic
def capture_fetched(found: Fetched, *, by: Actor, **given: Any) -> Captured:
    """Captures a page that was fetched, and tells of it; `url` is the address that was asked for."""
    captured = capture_bytes(found.data, by=by, media_type=found.media_type, charset=found.charset, fetched=found.about, **given)
    page_fetched.send(Snapshot, snapshot=captured.snapshot, found=found)
    return captured
