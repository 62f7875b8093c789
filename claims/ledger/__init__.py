"""The only writer: every change to a claim is appended here, and its copies are written with it."""

from claims.ledger.append import (
    NAMESPACE,
    Authored,
    Changes,
    Decide,
    Receipt,
    append,
    appended,
    begin,
    copy_again,
    happening,
    happenings,
    seal,
    state_of,
    take,
)
from claims.ledger.refusals import Conflict, KeyReused, LedgerRefuses, NoSuchClaim, StaleVersion, Unfit

__all__ = [
    "NAMESPACE",
    "Authored",
    "Changes",
    "Conflict",
    "Decide",
    "KeyReused",
    "LedgerRefuses",
    "NoSuchClaim",
    "Receipt",
    "StaleVersion",
    "Unfit",
    "append",
    "appended",
    "begin",
    "copy_again",
    "happening",
    "happenings",
    "seal",
    "state_of",
    "take",
]
