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

from sources.registry import speakers

# Of one claim, or of each in a list, by the name under which it is shown.
_OF_A_CLAIM: dict[str, tuple[str, Field[Any, Any]]] = {
    "open_flags": ("SELECT count(*) FROM claims_flag f WHERE f.claim_id = {claim} AND f.state = 'open'", IntegerField()),
    "cluster": ("SELECT c.cluster FROM claims_cluster c WHERE c.claim = {claim}", UUIDField()),
    "known_at": (
        "SELECT p.sealed_at FROM claims_position p JOIN claims_event e USING (number) WHERE e.stream = {claim} AND e.version = {version}",
        DateTimeField(),
    ),
}
FIGURE = ("text", "value", "value_max", "unit", "comparator", "role", "start", "end")
_FIGURES = f"""
SELECT claim_id, {", ".join(f'"{name}"' for name in FIGURE)} FROM claims_quantity WHERE claim_id = ANY(%s) ORDER BY claim_id, ordinal
"""  # noqa: S608 - our own words
_NOW = f"""
WITH RECURSIVE {speakers.ONWARD}
SELECT {", ".join(f"({sql.format(claim='%(claim)s', version='%(version)s')})" for sql, _field in _OF_A_CLAIM.values())},
       outlet.name, document.published, document.title, kept.id, kept.name
FROM (VALUES (1)) one
LEFT JOIN sources_document document ON document.id = %(document)s LEFT JOIN sources_outlet outlet ON outlet.id = document.outlet_id
LEFT JOIN LATERAL (SELECT s.id, s.name FROM onward o JOIN sources_speaker s USING (id) ORDER BY o.steps DESC LIMIT 1) kept ON true
"""  # noqa: S608 - our own words


def columns() -> dict[str, RawSQL]:
    """Open flags, cluster, and since when a claim is known so, to annotate a query of claims with."""
    columns = {"claim": "claims_claim.id", "version": "claims_claim.version"}
    return {name: RawSQL(sql.format(**columns), [], output_field=field) for name, (sql, field) in _OF_A_CLAIM.items()}  # noqa: S611 - ours


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
        named = [speaker] if speaker else []
        cursor.execute(_NOW, {"claim": claim, "version": version, "document": document, "speakers": named})
        flags, cluster, known_at, outlet, published, title, kept, name = cursor.fetchone()
    known_as = {"id": kept, "name": name} if kept else None
    return Overlay(flags, cluster, known_at, outlet, published and orjson.loads(published), title, known_as)
