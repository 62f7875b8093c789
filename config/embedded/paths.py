"""Where the embedded servers keep their data and their sockets: pure paths, nothing is started here."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

from config import env

BASE = Path(__file__).resolve().parent.parent.parent
DATABASE_NAME = DATABASE_USER = "isnad"
PORT = "5432"  # only part of the socket's name: PostgreSQL listens on no address


def home() -> Path:
    """The folder of everything this install keeps: ISNAD_HOME, or `.local` beside manage.py."""
    return Path(env.text("ISNAD_HOME") or BASE / ".local").absolute()


def sockets() -> Path:
    """A short folder for sockets, ours alone (0700): a socket's path holds 107 bytes at most, a data folder may be deeper."""
    name = hashlib.sha256(os.fsencode(home())).hexdigest()[:12]
    return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"isnad-{os.getuid()}-{name}"


def database() -> dict[str, str]:
    """Django's words for the embedded PostgreSQL."""
    return {"NAME": DATABASE_NAME, "USER": DATABASE_USER, "HOST": str(sockets()), "PORT": PORT}


def redis_socket() -> Path:
    """The embedded Redis listens here."""
    return sockets() / "redis.sock"


def users_lock(server: str) -> Path:
    """Held, shared, by each process that uses the server."""
    return home() / f"{server}.users"


def keeper_lock(server: str) -> Path:
    """Held by the process that keeps the server."""
    return home() / f"{server}.keeper"


def log(name: str) -> Path:
    """What an embedded server says."""
    return home() / "log" / f"{name}.log"


def make_folders() -> None:
    """Makes the folders, ours alone."""
    try:
        for folder in (home(), home() / "log", home() / "static", sockets()):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (home() / "log" / ".writable").touch()
    except OSError as error:
        raise _unwritable(error) from error
    # Root hands it over to nobody where PostgreSQL has to run as nobody (rootless.py).
    owners = {os.getuid()} if os.getuid() else {0, 65534}
    if sockets().is_symlink() or sockets().stat().st_uid not in owners:
        raise env.Nonsense(f"The folder {sockets()} belongs to somebody else: remove it, or set XDG_RUNTIME_DIR.")


def _unwritable(error: OSError) -> env.Nonsense:
    return env.Nonsense(f"The folder {home()} cannot be written ({error.strerror}): set ISNAD_HOME to one that can.")


def secret_key() -> str:
    """A key of this install's own, made at first need and kept beside the data."""
    try:
        return _secret_key()
    except OSError as error:
        raise _unwritable(error) from error


def _secret_key() -> str:
    file = home() / "secret_key"
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(secrets.token_urlsafe(50))
        except FileExistsError:  # another process was first
            pass
    return file.read_text()
