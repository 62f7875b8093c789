"""The only writer: every change to a claim is appended here, and its copies are written with it."""

from claims.ledger.errors import Conflict, KeyReused, LedgerRefuses, NoSuchClaim, NoSuchFlag, StaleVersion, Unfit
from claims.ledger.writer import (
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
    take_step,
)

__all__ = [
    "NAMESPACE",
    "Authored",
    "Changes",
    "Conflict",
    "Decide",
    "KeyReused",
    "LedgerRefuses",
    "NoSuchClaim",
    "NoSuchFlag",
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
    "take_step",
]
