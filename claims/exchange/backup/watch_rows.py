"""What was watched where a copy was made is known where it arrives, and nothing is looked at before somebody there says so."""

from __future__ import annotations

from typing import Any

from claims.exchange.backup.row_types import FeedRow, OutletWatchRow, WatchRow

_DECIDED = "attention, off_until, set_by, set_at"
# Nothing has been looked at from here: no outcome, no failure, no time of the next look.
_UNSEEN = "outcome, detail, failures, pace, known_url, etag, modified"
_NOTHING = ("", "", 0, 0, "", "", "")


def values(row: WatchRow | OutletWatchRow | FeedRow) -> tuple[str, str, tuple[Any, ...]]:
    """The table of a row, its columns and its values."""
    decided = (row.attention, row.off_until, row.set_by, row.set_at)
    if isinstance(row, WatchRow):
        return "sources_watch", f"document_id, {_DECIDED}, {_UNSEEN}", (row.document, *decided, *_NOTHING)
    if isinstance(row, OutletWatchRow):
        return "sources_outletwatch", f"outlet_id, {_DECIDED}", (row.outlet, *decided)
    asked = (row.outlet, row.url, row.every, row.pages, row.created_at)
    return "sources_feed", f"outlet_id, url, every, pages, created_at, {_DECIDED}, {_UNSEEN}", (*asked, *decided, *_NOTHING)


# As far as is known here, a page shows what was captured of it last.
AS_CAPTURED = """
UPDATE sources_watch w SET snapshot_id = s.id
FROM (SELECT DISTINCT ON (document_id) document_id, id FROM sources_snapshot ORDER BY document_id, captured_at DESC, id DESC) s
WHERE s.document_id = w.document_id
"""
