"""Web addresses: which are taken, and when two are the same page."""

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from django.utils.translation import gettext_lazy as _

from sources.errors import Category, Refusal

LONGEST = 2000
# Put on links by those who share them; they change nothing of the page.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|twclid|ref_src|cmpid", re.IGNORECASE)


class NotAnAddress(Refusal, ValueError):
    """Not a web address: write it as https://example.org/page, in at most 2,000 characters."""

    sentence = _("Not a web address: write it as https://example.org/page, in at most 2,000 characters.")
    category, title, field = Category.INVALID, _("Not an address"), "url"


def checked(url: str) -> str:
    """The address, trimmed, if it is one of the web. Raises NotAnAddress."""
    url = url.strip()
    _parts(url)
    return url


def canonical(url: str) -> str:
    """What is the same for every way to write the address of one page. Raises NotAnAddress.

    http or https, the host's case, default ports, fragments, the order of parameters and those that only
    track who shared the link make no difference.
    """
    parts = _parts(url.strip())
    host = (parts.hostname or "").rstrip(".").encode("idna").decode().lower()
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = quote(unquote(parts.path or "/"), safe="/:@!$&'()*+,;=~-._")
    query = urlencode(sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)))
    return f"//{host}{port}{path}" + (f"?{query}" if query else "")


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is what checks it
        (parts.hostname or "").encode("idna")
    except ValueError as error:
        raise NotAnAddress(url[:200]) from error
    odd = len(url) > LONGEST or any(letter.isspace() or not letter.isprintable() for letter in url)
    if odd or parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise NotAnAddress(url[:200])
    return parts


def host(url: str) -> str:
    """The name of the site, without www.; empty where there is no address."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
