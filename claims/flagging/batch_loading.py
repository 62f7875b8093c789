"""The claims of a batch with what the rules look at: one query for each table, and nothing made for each claim that has none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import DateTimeField, Field, JSONField, QuerySet
from django.db.models.base import ModelState

from claims.ledger import text_format
from claims.models import Attribution, Claim, Evidence, Part, Quantity


def gathered(ids: Sequence[UUID]) -> list[Claim]:
    """What `Claim.objects.for_rules()` gives, in order of id; four fifths of its time goes into a query set for each claim and table."""
    claims = list(Claim.objects.select_related("document__outlet").filter(pk__in=ids).order_by("pk"))
    by_id = {claim.pk: claim for claim in claims}
    _give(by_id, "quantities", Quantity, Quantity.objects.all())
    _give(by_id, "attributions", Attribution, Attribution.objects.all())
    _give(
        by_id,
        "evidence",
        Evidence,
        Evidence.objects.select_related("snapshot__document__outlet").defer("snapshot__raw", "snapshot__fetched"),
    )
    return claims


def measured(ids: Sequence[UUID]) -> list[Claim]:
    """Claims with their documents and quantities, in order of id: what the rules look at of other claims."""
    claims = list(Claim.objects.select_related("document").filter(pk__in=ids).order_by("pk"))
    _give({claim.pk: claim for claim in claims}, "quantities", Quantity, Quantity.objects.all())
    return claims


def glanced(ids: Sequence[UUID], names: Sequence[str]) -> list[Claim]:
    """The same claims with these fields of their own row alone, in order of id. Asked for another, a claim fetches it by itself."""
    fields = [field for name in ("id", *names) if isinstance(field := Claim._meta.get_field(name), Field)]
    sql = f"SELECT {', '.join(map(_asked, fields))} FROM claims_claim WHERE id = ANY(%s::uuid[]) ORDER BY id"  # noqa: S608 - our own columns
    with connection.cursor() as cursor:
        cursor.execute(sql, [text_format.array(id.hex for id in ids)])
        found = cursor.fetchall()
    reads = [(field.attname, read) for field in fields if (read := _read(field))]
    columns, alias = [field.attname for field in fields], connection.alias
    return [_partly(dict(zip(columns, row, strict=True)), reads, alias) for row in found]


def _asked(field: Field[Any, Any]) -> str:
    # A moment as text: the driver looks its time zone up anew for each.
    return f'"{field.column}"::text' if isinstance(field, DateTimeField) else f'"{field.column}"'


def _read(field: Field[Any, Any]) -> Callable[[str], Any] | None:
    if isinstance(field, DateTimeField):
        return datetime.fromisoformat
    return orjson.loads if isinstance(field, JSONField) else None


def _partly(values: dict[str, Any], reads: Iterable[tuple[str, Callable[[str], Any]]], alias: str) -> Claim:
    """What `only()` gives, whose way takes ten times as long: it asks after every field that is not there."""
    for name, read in reads:
        if (value := values[name]) is not None:
            values[name] = read(value)
    claim = Claim.__new__(Claim)
    claim.__dict__ = values
    claim._state = state = ModelState()
    state.adding, state.db = False, alias
    return claim


def _give(claims: dict[UUID, Claim], name: str, model: type[Part], found: QuerySet[Any]) -> None:
    parts: dict[UUID, list[Part]] = defaultdict(list)
    for row in found.filter(claim_id__in=list(claims)).order_by("claim_id", "ordinal"):
        row._state.fields_cache["claim"] = claims[row.claim_id]
        parts[row.claim_id].append(row)
    none = _fetched(model, [])
    for id, claim in claims.items():
        # where prefetch_related() keeps what it found, and related managers look first
        cache: dict[str, QuerySet[Any]] = claim.__dict__.setdefault("_prefetched_objects_cache", {})
        cache[name] = _fetched(model, parts[id]) if id in parts else none


def _fetched(model: type[Part], rows: list[Part]) -> QuerySet[Any]:
    found: QuerySet[Any] = QuerySet(model)
    found.__dict__ |= {"_result_cache": rows, "_prefetch_done": True}
    return found
