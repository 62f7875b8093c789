"""Whom a claim goes back to, as its page shows it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from claims.models import Claim
from claims.provenance import queries
from claims.provenance.graph import Lead, Origin

MOST = 12  # leads of one origin that the page lists


@dataclass(frozen=True, slots=True)
class Row:
    """An origin with what leads to it: the own account is marked, another claim's links to it."""

    origin: Origin
    leads: list[dict[str, Any]]
    more: int

    @property
    def name(self) -> str:
        """Its name; several where they carry one text."""
        return " / ".join(self.origin.names)


def origins_of(pk: UUID) -> dict[str, Any]:
    """The origins of a claim for its template."""
    claim = Claim.objects.for_rules().get(pk=pk)
    told = queries.origins_of([claim])[claim.pk]
    rows = [
        Row(origin, [_lead(lead, claim) for lead in origin.leads[:MOST]], max(0, len(origin.leads) - MOST)) for origin in told.independent
    ]
    return {"count": told.count, "origins": rows, "accounts": told.accounts, "returning": bool(told.returning)}


def _lead(lead: Lead, claim: Claim) -> dict[str, Any]:
    kind, _colon, pk = lead.account.partition(":")
    own = kind == "claim" and pk == str(claim.pk)
    return {"path": lead.path, "own": own, "evidence": kind == "evidence", "claim": UUID(pk) if kind == "claim" and not own else None}
