"""What readers subscribe to, as Atom (RFC 4287)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0 has no way to say these


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that readers are told. `id` is a URN and stays; `paragraphs` are plain text."""

    id: str
    title: str
    link: str
    published_at: datetime
    updated_at: datetime
    paragraphs: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


def dump(entries: Iterable[Entry], *, title: str, id: str, link: str, language: str) -> bytes:  # noqa: A002
    """A feed; `id` is its own address, where it stays, and `link` what it is about."""
    feed = _Feed(title=_clean(title), link=link, description="", language=language, feed_url=id, feed_guid=id, author_name="Isnad")
    for entry in entries:
        feed.add_item(
            title=_clean(entry.title),
            link=entry.link,
            description="".join(f"<p>{escape(_clean(paragraph))}</p>" for paragraph in entry.paragraphs if paragraph),
            unique_id=entry.id,
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
            categories=[_clean(category) for category in entry.categories if category],
        )
    return feed.writeString("utf-8").encode()


class _Feed(Atom1Feed):
    """Django's, with a time that stays where there is nothing to tell yet: else an empty feed is new whenever it is asked for."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime(1970, 1, 1, tzinfo=UTC)


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("", text.encode("utf-8", "replace").decode())
