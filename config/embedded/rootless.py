"""PostgreSQL refuses to run as root: here is how a root's child stops being root."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

NOBODY = 65534
_CLONE_NEWUSER = 0x10000000
_libc = ctypes.CDLL(None, use_errno=True)


def _in_a_namespace() -> None:
    """A user namespace in which root is called nobody: files stay root's, folders only root may enter stay usable."""
    if _libc.unshare(_CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{NOBODY} 0 1")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} 0 1")


def _as_nobody() -> None:
    """Really nobody, where namespaces are forbidden (some containers)."""
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


@cache
def _namespaces_work() -> bool:
    if sys.platform != "linux":
        return False
    try:
        return subprocess.run(["true"], preexec_fn=_in_a_namespace, check=False).returncode == 0  # noqa: S607
    except (subprocess.SubprocessError, OSError):
        return False


def step_down() -> Callable[[], None] | None:
    """What the child does between fork and exec; nothing for an ordinary user."""
    if os.geteuid() != 0:
        return None
    return _in_a_namespace if _namespaces_work() else _as_nobody


def hand_over(*folders: Path) -> None:
    """Gives the folders to nobody, and the way to them, where the child will really be nobody."""
    if step_down() is not _as_nobody:
        return
    for folder in folders:
        home = folder.parent
        if home.stat().st_uid == 0 and home != home.parent:
            home.chmod(home.stat().st_mode | 0o011)  # may be passed, not read
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
