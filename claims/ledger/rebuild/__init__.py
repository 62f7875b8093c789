"""The tables made again from the events, and compared with what the events add up to."""

from claims.ledger.rebuild.comparison import differences
from claims.ledger.rebuild.rebuilding import LOCK, AlreadyRebuilding, Rebuilt, fill, fold_ranges, rebuild

__all__ = ["LOCK", "AlreadyRebuilding", "Rebuilt", "differences", "fill", "fold_ranges", "rebuild"]
