"""What the checks of the ledger found, newest first."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from claims.admin.read_only import ReadOnlyAdmin
from claims.models import Verification


@admin.register(Verification)
class Verifications(ReadOnlyAdmin):
    """Did the ledger hold what it says?"""

    list_display = ("finished_at", "sound", "reach", "through", "fault")
    ordering = ("-finished_at",)
    fields = ("started_at", "finished_at", "whole", "through", "ok", "fault", "position")

    @admin.display(description=_("sound"), boolean=True)
    def sound(self, run: Verification) -> bool:
        """The answer, as an icon."""
        return run.ok

    @admin.display(description=_("checked"))
    def reach(self, run: Verification) -> str:
        """All of the ledger, or what was new."""
        return str(_("the whole ledger")) if run.whole else str(_("what was new"))
