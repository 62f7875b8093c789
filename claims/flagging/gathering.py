"""The claims of a batch with all that the rules look at: one query for each table, and nothing made for each claim that has none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from claims.models import Attribution, Claim, Evidence, Part, Quantity


def gathered(ids: Sequence[UUID]) -> list[Claim]:
    """What `Claim.objects.for_rules()` gives, in order of id; four fifths of its time goes into a query set for each claim and table."""
    claims = list(Claim.objects.select_related("document__outlet").filter(pk__in=ids).order_by("pk"))
    by_id = {claim.pk: claim for claim in claims}
    _give(by_id, "quantities", Quantity, Quantity.objects.all())
    _give(by_id, "attributions", Attribution, Attribution.objects.all())
    _give(by_id, "evidence", Evidence, Evidence.objects.select_related("snapshot__document__outlet"))
    return claims


def _give(claims: dict[UUID, Claim], name: str, model: type[Part], rows: QuerySet[Any]) -> None:
    parts: dict[UUID, list[Part]] = defaultdict(list)
    for row in rows.filter(claim_id__in=list(claims)).order_by("claim_id", "ordinal"):
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
