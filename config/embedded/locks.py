"""Locks on files: the system lets go of them when their process dies, however it dies."""

import fcntl
import os
from pathlib import Path


class Lock:
    """One process's hold on one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.fd: int | None = None

    def take(self, *, shared: bool = False, wait: bool = False) -> bool:
        """Takes it; False when somebody else has it and we do not wait."""
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            os.close(fd)
            return False
        except BaseException:
            os.close(fd)
            raise
        self.fd = fd
        return True

    def release(self) -> None:
        """Lets go (unless a child that inherited it still holds it)."""
        if self.fd is not None:
            os.close(self.fd)
            self.fd = None

    def held(self) -> bool:
        """Whether anybody has it for themselves."""
        if not self.path.exists():
            return False
        probe = Lock(self.path)
        free = probe.take(shared=True)
        probe.release()
        return not free
