"""The app of claims."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    """What is asserted, and what became of it."""

    name = "claims"
    verbose_name = _("Claims")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hears the sources' signals and of accounts, says which task does which work and who knows the past."""
        from claims import consumers, history, usernames
        from sources import revisions, waking

        consumers.listen()
        usernames.listen()
        waking.WAKERS.update(consumers.WOKEN)
        revisions.THEN[:] = [history.sources_as_of]
