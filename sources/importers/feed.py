"""A feed (RSS, Atom, RDF) becomes its entries, each with the text that it carries."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from lxml import html as lxml_html

from sources.capturing.capture import Captured, EmptyText, TextTooLong, capture
from sources.errors import Category, Refusal
from sources.fetching import addresses
from sources.models import Outlet
from sources.registry import languages
from sources.roles import Actor

EXTRACTOR = f"feedparser {feedparser.__version__}"
MEDIA_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_BEFORE = rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]{0,500}>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]{0,200}>\s*)*"
_ROOT = re.compile(_BEFORE + rb"<(?:rss|feed|rdf:RDF)[\s/>]", re.DOTALL)
_BLOCKS = {"p", "div", "br", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "figure", "figcaption", "section"}
_NOT_TEXT = ("script", "style", "noscript", "iframe", "object", "embed", "svg", "figure", "form", "button")


class NoFeed(Refusal, ValueError):
    """This is no feed (RSS or Atom), or it has no entries."""

    sentence = _("This is no feed (RSS or Atom), or it has no entries.")
    category = Category.INVALID


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as the feed tells it; empty where it does not say."""

    id: str
    title: str
    url: str
    published: str | None  # EDTF: the day, in the entry's own time zone
    authors: list[str]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed and its entries, in its own order."""

    title: str
    language: str
    entries: list[Entry]


def looks_like_feed(data: bytes, media_type: str = "") -> bool:
    """Is it a feed? By how it begins, whatever its sender calls it."""
    return media_type in MEDIA_TYPES or bool(_ROOT.match(data[:4096]))


def read(data: bytes, *, url: str = "", media_type: str = "application/xml") -> Feed:
    """Reads a feed's bytes; broken ones as far as they go. Raises EmptyText, TextTooLong, NoFeed."""
    if not data.strip():
        raise EmptyText
    if len(data) > settings.MAX_TEXT_BYTES:
        raise TextTooLong(f"{len(data):,} > {settings.MAX_TEXT_BYTES:,}")
    # A stream, so that nothing in the bytes is taken for an address or a file's name.
    found = feedparser.parse(io.BytesIO(data), response_headers={"content-type": media_type, "content-location": url}, sanitize_html=True)
    if not found.entries:
        raise NoFeed
    return Feed(
        title=_line(found.feed.get("title", ""))[:300],
        language=_language(found.feed.get("language", "")),
        entries=[_entry(entry) for entry in found.entries],
    )


def capture_entries(
    data: bytes, *, by: Actor, url: str = "", outlet: str = "", language: str = ""
) -> Iterator[tuple[Entry, Captured | Refusal]]:
    """Captures each entry as a document of its own; one that cannot be kept is given with its error, and the others go on.

    What is given goes before what the feed says. Raises EmptyText, TextTooLong, NoFeed.
    """
    feed = read(data, url=url)
    for entry in feed.entries:
        try:
            yield entry, keep(entry, by=by, outlet=outlet or feed.title, language=language or feed.language)
        except Refusal as error:
            yield entry, error


def keep(entry: Entry, *, by: Actor, outlet: str | Outlet, language: str) -> Captured:
    """Captures the text that an entry carries. Raises what capture.capture raises."""
    return capture(
        entry.text,
        by=by,
        title=entry.title,
        url=entry.url,
        outlet=outlet,
        published=entry.published,
        language=language,
        authors=entry.authors,
        media_type="text/html",
        extractor=EXTRACTOR,
    )


def _entry(entry: Any) -> Entry:
    bodies = [part.get("value", "") for part in entry.get("content", [])] + [entry.get("summary", "")]
    texts = [text for body in bodies if (text := plain(body))]
    return Entry(
        id=_line(entry.get("id", "") or entry.get("link", "")),
        title=_line(entry.get("title", ""))[:1000],
        url=_address(entry.get("link", "")),
        published=_day(entry),
        authors=[name for author in entry.get("authors", []) if (name := _line(author.get("name", ""))[:300])],
        text=max(texts, key=len, default=""),  # the whole text where the feed carries it, else what it tells of it
    )


def plain(body: str) -> str:
    """The text of a piece of HTML: a line for each paragraph."""
    if "<" not in body and "&" not in body:
        return body.strip()
    try:
        tree = lxml_html.fragment_fromstring(body, create_parent="div")
    except (ValueError, lxml_html.etree.ParserError):
        return ""
    for element in list(tree.iter(*_NOT_TEXT)):
        element.drop_tree()
    for element in tree.iter(*_BLOCKS):
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split(" ")).strip() for line in str(tree.text_content()).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _line(text: str) -> str:
    return " ".join(plain(text).split())


def _day(entry: Any) -> str | None:
    """The day as the entry writes it, which is its own zone's; what feedparser makes of it is in UTC."""
    which = next((name for name in ("published", "updated") if dict.__contains__(entry, name)), None)
    if which is None:
        return None
    said, parsed = dict.__getitem__(entry, which), entry.get(f"{which}_parsed")
    if iso := re.match(r"\s*(\d{4}-\d\d-\d\d)", said):
        with suppress(ValueError):  # 0000-00-00 is no day, and no near one is meant
            return date.fromisoformat(iso[1]).isoformat()
        return None
    try:
        return parsedate_to_datetime(said).date().isoformat()
    except ValueError:
        return f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}" if parsed else None


def _address(said: str) -> str:
    try:
        return addresses.checked(said) if said else ""
    except addresses.NotAnAddress:
        return ""


def _language(said: str) -> str:
    try:
        return languages.tag(said)
    except languages.UnknownLanguage:
        return ""
