"""How many claims there are, by where they stand and what they are."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from claims.choices import FlagStatus, Kind, Status
from claims.models import Claim, Flag


class Command(BaseCommand):
    """`manage.py stats`."""

    help = "Counts the claims by status and kind, and the open flags by rule."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the tables."""
        counted = Claim.objects.order_by().values_list("status", "kind").annotate(n=Count("pk"))
        numbers = {(status, kind): n for status, kind, n in counted}
        table = Table(_("status"), *(str(kind.label) for kind in Kind), _("all"))
        for status in Status:
            row = [numbers.get((status.value, kind.value), 0) for kind in Kind]
            table.add_row(str(status.label), *(f"{n:,}" if n else "" for n in row), f"{sum(row):,}")
        console = Console(file=self.stdout)  # type: ignore[arg-type]
        console.print(table)
        flags = Flag.objects.filter(state=FlagStatus.OPEN).order_by("rule").values_list("rule").annotate(n=Count("pk"))
        rules = Table(_("rule"), _("open flags"))
        for rule, n in flags:
            rules.add_row(rule, f"{n:,}")
        if rules.row_count:
            console.print(rules)
