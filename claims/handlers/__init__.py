"""What hears the sources and the ledger: handlers of signals, subscribers of the feed, and the work that they owe."""

from claims.handlers.signal_handlers import listen
from claims.handlers.subscribers import CONSUMERS
from claims.handlers.work_kinds import (
    DELIVER,
    FLAG,
    INDEX,
    NEAR,
    OFFER,
    PROVE,
    READ,
    RECORDS,
    REDATE,
    VERIFY,
    VERIFY_WHOLE,
    WOKEN,
)
from claims.handlers.work_owed import index_from, owe_after_loading, owe_first_records, owe_flagging, owe_neighbours

__all__ = [
    "CONSUMERS", "DELIVER", "FLAG", "INDEX", "NEAR", "OFFER", "PROVE", "READ", "RECORDS", "REDATE", "VERIFY", "VERIFY_WHOLE", "WOKEN",
    "index_from", "listen", "owe_after_loading", "owe_first_records", "owe_flagging", "owe_neighbours",
]  # fmt: skip
