"""The app of the wiring: commands, checks, templates, translations; and Celery, bound to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConfigConfig(AppConfig):
    """Everything that is neither sources nor claims."""

    name = "config"
    verbose_name = _("Isnad")

    def ready(self) -> None:
        """Registers the checks; binds `shared_task` to our Celery."""
        from config import celery, checks, setting_checks  # noqa: F401
