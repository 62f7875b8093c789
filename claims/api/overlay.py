"""What an answer shows of claims that stands in other tables: of their flags, their articles, their speakers, their figures.

Every answer about claims asks this, so it is written down: to have the ORM write it anew took longer than PostgreSQL does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import DateTimeField, Field, IntegerField, UUIDField
from django.db.models.expressions import RawSQL

# Of each claim in a list, by the name under which it is shown.
_FLAGS = "SELECT count(*) FROM claims_flag f WHERE f.claim_id = claims_claim.id AND f.state = 'open'"
_CLUSTER = "SELECT c.cluster FROM claims_cluster c WHERE c.claim = claims_claim.id"
_KNOWN = """
SELECT p.sealed_at FROM claims_position p JOIN claims_event e USING (number)
WHERE e.stream = claims_claim.id AND e.version = claims_claim.version"""
_COLUMNS: dict[str, tuple[str, Field[Any, Any]]] = {
    "open_flags": (_FLAGS, IntegerField()),
    "cluster": (_CLUSTER, UUIDField()),
    "known_at": (_KNOWN, DateTimeField()),
}
FIGURE = ("text", "value", "value_max", "unit", "comparator", "role", "start", "end")
_FIGURES = f"""
SELECT claim_id, {", ".join(f'"{name}"' for name in FIGURE)} FROM claims_quantity WHERE claim_id = ANY(%s) ORDER BY claim_id, ordinal
"""  # noqa: S608 - our own words
_NOW = """
WITH RECURSIVE onward(id, name, further, steps) AS (
    SELECT id, name, merged_into_id, 0 FROM sources_speaker WHERE id = %(speaker)s
    UNION ALL SELECT s.id, s.name, s.merged_into_id, o.steps + 1 FROM onward o JOIN sources_speaker s ON s.id = o.further
)
SELECT (SELECT count(*) FROM claims_flag WHERE claim_id = %(claim)s AND state = 'open'),
       (SELECT cluster FROM claims_cluster WHERE claim = %(claim)s),
       (SELECT p.sealed_at FROM claims_position p JOIN claims_event e USING (number)
        WHERE e.stream = %(claim)s AND e.version = %(version)s),
       outlet.name, document.published, document.title, kept.id, kept.name
FROM (VALUES (1)) one
LEFT JOIN sources_document document ON document.id = %(document)s LEFT JOIN sources_outlet outlet ON outlet.id = document.outlet_id
LEFT JOIN LATERAL (SELECT id, name FROM onward ORDER BY steps DESC LIMIT 1) kept ON true
"""


def columns() -> dict[str, RawSQL]:
    """Open flags, cluster, and since when a claim is known so, to annotate a query of claims with."""
    return {name: RawSQL(sql, [], output_field=field) for name, (sql, field) in _COLUMNS.items()}  # noqa: S611 - our own words


def figures_of(claims: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """The figures of each claim that has any, in order; in one query."""
    found = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, [list(claims)])
        for claim, *figure in cursor:
            found[claim].append(dict(zip(FIGURE, figure, strict=True)))
    return found


@dataclass(frozen=True, slots=True)
class Overlay:
    """Open flags, cluster, since when the claim is known so; its article's outlet, date and title; the speaker after merges."""

    open_flags: int
    cluster: UUID | None
    known_at: datetime | None
    outlet: str | None
    published: dict[str, Any] | None
    title: str | None
    known_as: dict[str, Any] | None


def overlay_of(claim: UUID, version: int, *, document: UUID | None, speaker: UUID | None) -> Overlay:
    """As it is now, of a claim of this version with this document and speaker."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW, {"claim": claim, "version": version, "document": document, "speaker": speaker})
        flags, cluster, known_at, outlet, published, title, kept, name = cursor.fetchone()
    known_as = {"id": kept, "name": name} if kept else None
    return Overlay(flags, cluster, known_at, outlet, published and orjson.loads(published), title, known_as)
