"""A web page becomes the text of its article, with what its metadata say of it."""

from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import regex
import trafilatura
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from lxml import html as lxml_html
from trafilatura.metadata import extract_metadata

from sources.capturing.capture import EmptyText, TextTooLong
from sources.errors import Category, Refusal
from sources.fetching import addresses
from sources.importers import charsets, page_dates
from sources.registry import languages

EXTRACTOR = f"trafilatura {version('trafilatura')}"
# Never part of a text, whatever the extractor thinks of them.
_NOT_TEXT = (
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "canvas",
    "form",
    "button",
    "figcaption",
)
# What sites call the boxes around and inside an article; AMP's own elements for them are amp-ad, amp-social-share and the like.
_BOXES = {
    "ad", "ads", "advert", "advertisement", "banner", "sponsor", "sponsored", "promo", "share", "sharing", "social", "related",
    "recommended", "newsletter", "subscribe", "comments", "comment", "breadcrumb", "breadcrumbs", "cookie", "paywall", "caption",
}  # fmt: skip
_AMP = regex.compile("amp-(ad|auto-ads|embed|social-share|sidebar|sticky-ad|consent|iframe|video|analytics|list)")


class NoArticle(Refusal, ValueError):
    """No article's text was found in this page."""

    sentence = _("No article's text was found in this page.")
    category, title, field = Category.INVALID, _("No article"), "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as read from its page; empty where the page does not say."""

    text: str
    title: str
    authors: list[str]
    outlet: str
    published: str | None  # EDTF, from metadata
    published_offered: str | None  # EDTF, guessed: for an editor to take or leave
    language: str
    url: str


def read(data: bytes, *, url: str = "", charset: str = "") -> Article:
    """Reads a page's bytes; `charset` is what the server said it is.

    Raises EmptyText, TextTooLong, BinaryText, NotUTF8, NoArticle.
    """
    if not data.strip():
        raise EmptyText
    if len(data) > settings.MAX_TEXT_BYTES:
        raise TextTooLong(f"{len(data):,} > {settings.MAX_TEXT_BYTES:,}")
    tree = _tree(charsets.decode(data, said=charset))
    said = extract_metadata(tree, default_url=url or None, extensive=False)
    published = page_dates.stated(tree)
    offered = None if published else page_dates.guessed(tree, url)
    language = _language(tree)
    address = url or _canonical(tree)
    _strip(tree)
    return Article(
        text=_article(tree),
        title=" ".join((said.title or "").split())[:1000],
        authors=[name.strip()[:300] for name in (said.author or "").split(";") if name.strip()],
        outlet=(said.sitename or addresses.host(address))[:300].strip(),
        published=published,
        published_offered=offered,
        language=language,
        url=address,
    )


def _tree(page: str) -> Any:
    # As bytes in a known charset: libxml2 then believes neither the page's own declaration nor an XML prologue.
    try:
        tree = lxml_html.document_fromstring(page.encode(errors="replace"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (ValueError, lxml_html.etree.ParserError) as error:
        raise NoArticle from error
    return tree


def _strip(tree: Any) -> None:
    for element in list(tree.iter(*_NOT_TEXT)):
        element.drop_tree()
    whole = len(tree.text_content())
    for element in [e for e in tree.iterdescendants() if isinstance(e.tag, str) and _is_box(e)]:
        # A box holds little, and never the article: some sites call the whole page `social`.
        if element.getparent() is not None and len(element.text_content()) * 3 < whole and not element.xpath(".//article|.//h1"):
            element.drop_tree()


def _is_box(element: Any) -> bool:
    if _AMP.fullmatch(element.tag):
        return True
    named = regex.split(r"[^a-z]+", f"{element.get('class', '')} {element.get('id', '')}".lower())
    return element.tag not in ("html", "body", "main", "article", "p") and not _BOXES.isdisjoint(named)


def _article(tree: Any) -> str:
    found = trafilatura.bare_extraction(tree, favor_recall=True, include_comments=False, with_metadata=False)
    text = found.text if found is not None and not isinstance(found, dict) else ""
    if not (text or "").strip():
        raise NoArticle
    return str(text)


def _language(tree: Any) -> str:
    try:
        return languages.tag(tree.get("lang") or "")
    except languages.UnknownLanguage:
        return ""


def _canonical(tree: Any) -> str:
    for address in tree.xpath("//link[@rel='canonical']/@href"):
        try:
            return addresses.checked(str(address))
        except addresses.NotAnAddress:
            continue
    return ""
