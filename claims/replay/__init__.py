"""The tables made again from the events, and compared with what the events add up to."""

from claims.replay.comparing import differences
from claims.replay.rebuilding import AlreadyRebuilding, Rebuilt, fill, fold_ranges, rebuild

__all__ = ["AlreadyRebuilding", "Rebuilt", "differences", "fill", "fold_ranges", "rebuild"]
