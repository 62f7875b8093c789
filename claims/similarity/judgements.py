"""Which claims people have compared already, and what they found: asked in bulk, so that no pair is proposed twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from claims.domain.choices import JOINING, Relation


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody judged a claim to be to another; `relation` is None where the one was merged into the other."""

    relation: Relation | None
    outward: bool  # it is read from the claim that was asked about

    @property
    def joining(self) -> bool:
        """Does it make one cluster of the two?"""
        return self.relation is None or self.relation in JOINING


_PAIRS = """
SELECT claim_id, other_id, relation, outward FROM claims_link WHERE claim_id = ANY(%(claims)s)
UNION ALL SELECT id, merged_into, NULL, true FROM claims_claim WHERE id = ANY(%(claims)s) AND merged_into IS NOT NULL
UNION ALL SELECT merged_into, id, NULL, false FROM claims_claim WHERE merged_into = ANY(%(claims)s)
"""


def pairs(claims: Collection[UUID]) -> Mapping[UUID, dict[UUID, Judgement]]:
    """For each of the claims, those it was compared with or merged with, *not the same* included; in one query.

    A pair that is in here is never proposed again, by a rule or by matching.
    """
    found: dict[UUID, dict[UUID, Judgement]] = {claim: {} for claim in claims}
    if not found:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, {"claims": list(found)})
        for claim, other, relation, outward in cursor.fetchall():
            found[claim][other] = Judgement(Relation(relation) if relation else None, outward)
    return found
