"""When a page says it was published; and when it may have been, which is a guess and kept apart."""

import json
import re
from collections.abc import Iterator
from typing import Any

import htmldate

from sources.text.edtf import NotEDTF, span

_META = {
    "article:published_time", "og:published_time", "og:article:published_time", "article:published", "datepublished", "pubdate",
    "publishdate", "publish_date", "publish-date", "publication_date", "date", "dc.date", "dc.date.issued", "dcterms.date",
    "dcterms.issued", "dcterms.created", "citation_publication_date", "parsely-pub-date", "sailthru.date", "rnews:datepublished",
}  # fmt: skip
_ISO = re.compile(r"\s*(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:[T ]\d\d.*)?\s*")
_ARTICLES = re.compile("Article|Posting|Report|WebPage")


def stated(tree: Any) -> str | None:
    """The publication date of the page's metadata (JSON-LD, meta, time), as EDTF."""
    for read in (_json_ld, _meta, _time):
        for said in read(tree):
            if when := _edtf(said):
                return when
    return None


def guessed(tree: Any, url: str = "") -> str | None:
    """A date found in the page's text or address: seen to be wrong at times, so never taken unasked."""
    try:
        found = htmldate.find_date(tree, original_date=True, url=url or None)
    except (ValueError, TypeError, AttributeError):  # of pages it does not expect
        return None
    return _edtf(found or "")


def _edtf(said: str) -> str | None:
    if not (found := _ISO.fullmatch(said)):
        return None
    try:
        span(found[1])
    except NotEDTF:
        return None
    return found[1]


def _json_ld(tree: Any) -> Iterator[str]:
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            data = json.loads(script.text_content())
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            when = thing.get("datePublished")
            if isinstance(when, str) and _ARTICLES.search(str(thing.get("@type"))):
                yield when


def _things(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for one in data:
            yield from _things(one)
    elif isinstance(data, dict):
        yield data
        yield from _things(data.get("@graph", []))
        yield from _things(data.get("mainEntity", []))


def _meta(tree: Any) -> Iterator[str]:
    for meta in tree.iter("meta"):
        names = {(meta.get(attribute) or "").lower() for attribute in ("property", "name", "itemprop")}
        if names & _META:
            yield meta.get("content") or ""


def _time(tree: Any) -> Iterator[str]:
    times = [time for time in tree.iter("time") if time.get("datetime")]
    marked = [time.get("datetime") for time in times if time.get("pubdate") is not None or time.get("itemprop") == "datePublished"]
    if marked:
        yield marked[0]
    elif len({(time.get("datetime") or "")[:10] for time in times}) == 1:
        # Of several days, one may be that of another article on the page: those are left to guessing.
        yield times[0].get("datetime")
