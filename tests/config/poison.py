"""The project's Celery with one task more, which kills whoever takes it: for workers of tests only."""

import os
import signal

from config.celery import app

KIND = "poison"


@app.task(name="tests.poison")
def take() -> int:
    """Leases what is owed of this kind, and dies of it."""
    from sources import jobs

    return jobs.carry_out(KIND, lambda owed: os.kill(os.getpid(), signal.SIGKILL), limit=1, seconds=300)
