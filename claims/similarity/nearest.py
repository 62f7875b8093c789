"""The nearest few of each claim that people work on, kept as rows: found once, so that whoever asks later searches nothing."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from claims.domain.choices import Status
from claims.models import Claim, Near
from claims.similarity.finding import SHARED, proposition_of
from claims.similarity.quoted_posts import unsigned
from claims.similarity.ranking import Ranked, ranked

FOUND = 8  # how many a search keeps
KEPT = 16  # how many a claim has at most, with those whose own search found it
_AMONG = 50
WORKED_ON = (Status.ACCEPTED, Status.IN_REVIEW, Status.JUDGED, Status.PUBLISHED)

# Both directions at once. Either search may have found more in common; a row says the most.
_PUT = """
WITH found AS (SELECT * FROM unnest(%(others)s::uuid[], %(scores)s::float8[], %(shares)s::float8[]) AS g(other, score, shared))
INSERT INTO claims_near AS n (claim, other, score, shared)
SELECT %(claim)s::uuid, other, score, shared FROM found UNION ALL SELECT other, %(claim)s::uuid, score, shared FROM found ORDER BY 1, 2
ON CONFLICT (claim, other) DO UPDATE SET score = greatest(n.score, excluded.score), shared = greatest(n.shared, excluded.shared)
"""
# What was judged is what one wants to be reminded of: of many that say the same, it is kept first.
_TRIM = """
DELETE FROM claims_near n USING (
    SELECT n.id, row_number() OVER (
        PARTITION BY n.claim ORDER BY n.shared >= 0.5 AND c.rating <> '' DESC NULLS LAST, n.shared DESC, n.score DESC, n.other
    ) AS place
    FROM claims_near n LEFT JOIN claims_claim c ON c.id = n.other WHERE n.claim = ANY(%s)
) far WHERE n.id = far.id AND far.place > %s
"""


def renew(claim: UUID) -> set[UUID]:
    """Searches what is near a claim that is worked on, and keeps it; the claims that have another neighbour now, itself among them."""
    found = Claim.objects.only("statement", "quote", "denial", "speaker_name").filter(pk=claim, status__in=WORKED_ON).first()
    if found is None or not (near := _few(claim, proposition_of(found))):
        return set()
    others = [one.claim for one in near]
    with connection.cursor() as cursor:
        cursor.execute(
            _PUT, {"claim": claim, "others": others, "scores": [one.score for one in near], "shares": [one.shared for one in near]}
        )
        cursor.execute(_TRIM, [[claim, *others], KEPT])
    return {claim, *others}


def forget(claims: Collection[UUID]) -> set[UUID]:
    """Nothing is near these claims any more, since they say something else or are closed; what was near them."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_near WHERE claim = ANY(%(c)s) OR other = ANY(%(c)s) RETURNING claim, other", {"c": list(claims)})
        return {one for pair in cursor.fetchall() for one in pair}


def nearest_of(claims: Collection[UUID]) -> dict[UUID, list[Near]]:
    """What is near each of these claims, nearest first, in one query."""
    found: dict[UUID, list[Near]] = {}
    for row in Near.objects.filter(claim__in=claims).order_by("claim", "-shared", "-score", "other"):
        found.setdefault(row.claim, []).append(row)
    return found


def _few(claim: UUID, proposition: str) -> list[Ranked]:
    near = [one for one in ranked(unsigned(proposition), _AMONG) if one.claim != claim and one.shared >= SHARED]
    rated = set(Claim.objects.filter(pk__in=[one.claim for one in near]).exclude(rating="").values_list("pk", flat=True))
    return sorted(near, key=lambda one: not (one.shared >= 0.5 and one.claim in rated))[:FOUND]
