"""The settings of a measurement: ours, on a database of its own, with the other tools installed that are there."""

from importlib.util import find_spec

from config.embedded import paths
from config.settings import *  # noqa: F403
from config.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE

DATABASES["default"]["NAME"] = f"{DATABASES['default']['NAME']}_bench"
PEERS = [app for app in ("simple_history", "reversion", "pgtrigger", "pghistory") if find_spec(app)]
INSTALLED_APPS += [*PEERS, "rest_framework.authtoken", "tests.bench.peers"]
if "simple_history" in PEERS:
    MIDDLEWARE.append("simple_history.middleware.HistoryRequestMiddleware")  # who changes something; it costs ours next to nothing
ROOT_URLCONF = "tests.bench.peers.urls"
CHECKPOINTS = paths.home() / "bench-checkpoints"  # never written: what is kept of the real log is no measure for this one
