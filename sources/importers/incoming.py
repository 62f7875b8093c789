"""Whatever comes in as bytes or as an address is read by its kind, then captured."""

import re
from typing import Any

from sources import fetching
from sources.capture import Captured, capture
from sources.importers import plain, web
from sources.roles import Actor, must

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml[^>]*>\s*<(?:!doctype\s+html|html))",
    re.IGNORECASE | re.DOTALL,
)


def looks_like_page(data: bytes, media_type: str = "") -> bool:
    """Is it HTML? By what its sender says, else by how it begins."""
    if media_type in ("text/html", "application/xhtml+xml"):
        return True
    return media_type in ("", "text/plain", "application/octet-stream") and bool(_PAGE.match(data[:2048]))


def take(data: bytes, *, by: Actor, media_type: str = "", charset: str = "", **given: Any) -> Captured:
    """Captures a text or an HTML page. What is `given` (title, url, outlet, published, language) goes before what the page says."""
    given = {word: value for word, value in given.items() if value}
    if not looks_like_page(data, media_type):
        return capture(plain.read(data), by=by, raw=data, media_type=media_type or "text/plain", **given)
    page = web.read(data, url=given.get("url", ""), charset=charset)
    said = {word: getattr(page, word) for word in ("title", "authors", "outlet", "published", "published_offered", "language", "url")}
    if given.get("published"):
        said["published_offered"] = None
    return capture(page.text, by=by, raw=data, media_type="text/html", extractor=web.EXTRACTOR, **(said | given))


def take_address(url: str, *, by: Actor, **given: Any) -> Captured:
    """Fetches a page and captures it. Raises NotFetched besides what `take` raises."""
    must(by, "capture")  # nobody makes us fetch who may not keep what comes
    found = fetching.fetch(url)
    return take(found.data, by=by, media_type=found.media_type, charset=found.charset, fetched=found.about, **{**given, "url": url})
