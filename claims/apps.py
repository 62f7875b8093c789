"""The app of claims."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    """What is asserted, and what became of it."""

    name = "claims"
    verbose_name = _("Claims")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hears the sources' signals and of accounts, says who may take which step, which task does which work and who knows the past."""
        from claims import handlers
        from claims.domain.steps import every_step
        from claims.ledger import history, usernames
        from sources import roles
        from sources.jobs import notify
        from sources.registry import revisions

        for step in every_step():
            roles.declare(step.asked_as, step.roles)
        handlers.listen()
        post_migrate.connect(handlers.owe_first_records, sender=self, dispatch_uid="claims.owe_first_records")
        usernames.listen()
        notify.WAKERS.update(handlers.WOKEN)
        revisions.THEN[:] = [history.sources_as_of]
