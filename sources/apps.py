"""The app of sources."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def make_groups(sender: Any, using: str, **rest: Any) -> None:
    """Sees to it that each role has its group."""
    from django.contrib.auth.models import Group

    from sources import roles

    for role in roles.GROUPS:
        Group.objects.using(using).get_or_create(name=role.value)


class SourcesConfig(AppConfig):
    """Outlets, speakers, documents and their texts."""

    name = "sources"
    verbose_name = _("Sources")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listens for the end of migrations and for pages that come from the web; says which task watches them."""
        from sources import watching
        from sources.jobs import notify

        watching.listen()
        notify.WAKERS.update(dict.fromkeys((watching.WATCH, watching.POLL, watching.ENTRY), "sources.tasks.watch_pages"))
        post_migrate.connect(make_groups, sender=self, dispatch_uid="sources.make_groups")
