"""The app of the other tools' tables; only a measurement installs it."""

from django.apps import AppConfig


class PeersConfig(AppConfig):
    """Tables without migrations: made when a measurement begins, gone with its database."""

    name = "tests.bench.peers"
    label = "peers"
    default_auto_field = "django.db.models.BigAutoField"
