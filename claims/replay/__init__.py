"""The tables made again from the events, and compared with what the events add up to."""

from claims.replay.comparing import differences
from claims.replay.rebuilding import LOCK, AlreadyRebuilding, Rebuilt, fill, fold_ranges, rebuild

__all__ = ["LOCK", "AlreadyRebuilding", "Rebuilt", "differences", "fill", "fold_ranges", "rebuild"]
