"""Child processes: tied to their parent, each in a group of its own, remembered so that a crash leaves no orphan."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

import psutil

_libc = ctypes.CDLL(None, use_errno=True)  # loaded before any fork: a forked child must not load libraries
_PR_SET_PDEATHSIG = 1


def start(
    argv: list[str],
    *,
    output: IO[bytes] | int | None = None,
    env: Mapping[str, str] | None = None,
    orphaned: signal.Signals = signal.SIGTERM,
    first: Callable[[], None] | None = None,
    cwd: Path | None = None,
    inherit: Iterable[int] = (),
) -> subprocess.Popen[bytes]:
    """Starts a child that gets the signal `orphaned` when we die. Call it from the main thread: Linux watches the thread."""
    parent = os.getpid()

    def before_exec() -> None:
        if first:
            first()
        # After `first`: a change of user clears it.
        if sys.platform == "linux":
            _libc.prctl(_PR_SET_PDEATHSIG, int(orphaned), 0, 0, 0)
            if os.getppid() != parent:  # it died between fork and here
                os._exit(1)

    return subprocess.Popen(  # noqa: S603 - our own words
        argv,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        env=dict(env) if env is not None else None,
        process_group=0,  # Ctrl-C in a terminal reaches only us; we stop them in order
        preexec_fn=before_exec,
        cwd=cwd,
        pass_fds=tuple(inherit),
    )


def stop(child: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM, *, within: float = 20) -> None:
    """Asks the child to end, waits, and kills what has not ended, with its own children."""
    with suppress(ProcessLookupError):
        child.send_signal(how)
    try:
        child.wait(within)
    except subprocess.TimeoutExpired:
        end_group(child.pid)
        child.wait()


def end_group(pid: int) -> None:
    """Kills a child with its own children, or those of them that it left."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def remember(file: Path, pids: Iterable[int]) -> None:
    """Writes down who our children are: the number and the moment it started, since numbers are used again."""
    seen = []
    for pid in pids:
        with suppress(psutil.NoSuchProcess):
            seen.append([pid, psutil.Process(pid).create_time()])
    new = file.with_suffix(f".{os.getpid()}-{threading.get_native_id()}.new")  # of two at once, neither takes the other's
    new.write_text(json.dumps(seen))
    new.replace(file)


def reap(file: Path, how: signal.Signals = signal.SIGTERM, *, within: float = 60) -> None:
    """Ends the children that a killed parent left behind (where the system does not tie them to it)."""
    with suppress(FileNotFoundError, ValueError):
        left = [process for pid, born in json.loads(file.read_text()) if (process := _same(pid, born))]
        for process in left:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(how)
        for process in psutil.wait_procs(left, timeout=within)[1]:
            end_group(process.pid)
        file.unlink()


def _same(pid: int, born: float) -> psutil.Process | None:
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        if abs(process.create_time() - born) < 1:
            return process
    return None
