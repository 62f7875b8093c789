"""How long to wait before a process that died is started again."""

import time

_SHORT, _LONG = 1.0, 30.0
_STEADY = 10.0  # who lived this long did not die of its start


class Backoff:
    """One second after a first death, twice as long after each early one, half a minute at most."""

    def __init__(self) -> None:
        self._born = self._not_before = 0.0
        self._delay = _SHORT

    def started(self) -> None:
        """It has just been started."""
        self._born, self._not_before = time.monotonic(), 0.0

    def may_start(self) -> bool:
        """It is dead: may it be started now?"""
        now = time.monotonic()
        if not self._not_before:
            lived = now - self._born
            self._delay = _SHORT if lived > _STEADY else min(self._delay * 2, _LONG)
            self._not_before = now + self._delay
        return now >= self._not_before
