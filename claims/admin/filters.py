"""How the queue and the work list are narrowed."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.domain.choices import Clock, FlagStatus
from claims.models import Claim, Flag
from claims.models.claims import ClaimQuerySet


def overdue_after() -> int:
    """Days after which what is due is overdue, as the rule has it."""
    return int(settings.RULE_PARAMETERS["due"]["overdue_after"])


class ClockFilter(SimpleListFilter):
    """What the due date says today."""

    title = _("clock")
    parameter_name = "clock"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        """The clock's words; what is closed has a status for it."""
        return [(c.value, c.label) for c in Clock if c is not Clock.CLOSED]

    def queryset(self, request: Any, queryset: Any) -> QuerySet[Claim]:
        """Waiting claims whose clock says so."""
        return narrowed(queryset, self.value())


def narrowed(claims: ClaimQuerySet, clock: str | None) -> QuerySet[Claim]:
    """The waiting claims among `claims` whose clock says so today; all of them without a clock."""
    today = timezone.localdate()
    late = today - timedelta(days=overdue_after())
    match clock:
        case Clock.UNSCHEDULED:
            return claims.waiting().filter(due_last=None)
        case Clock.UPCOMING:
            return claims.waiting().filter(due_last__gte=today).exclude(due_first__lte=today)
        case Clock.WATCH:
            return claims.waiting().filter(due_last__gte=today, due_first__lte=today)
        case Clock.DUE:
            return claims.due(today).filter(due_last__gte=late)
        case Clock.OVERDUE:
            return claims.due(late)
    return claims


class FlaggedFilter(SimpleListFilter):
    """Does a flag ask for somebody?"""

    title = _("flagged")
    parameter_name = "flagged"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        """Yes or no."""
        return [("yes", _("with open flags")), ("no", _("without"))]

    def queryset(self, request: Any, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        """Claims with an open flag, or without."""
        if self.value() not in ("yes", "no"):
            return queryset
        flagged = Exists(Flag.objects.filter(claim=OuterRef("pk"), state=FlagStatus.OPEN))
        return queryset.filter(flagged if self.value() == "yes" else ~flagged)


class LanguageFilter(SimpleListFilter):
    """The language of the claim; asking the table which there are would read all of it."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        """The languages that the desk reads."""
        return list(settings.LANGUAGES)

    def queryset(self, request: Any, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        """Claims in that language, whatever the region."""
        chosen = self.value()
        return queryset.filter(language__startswith=chosen) if chosen else queryset


class StateFilter(SimpleListFilter):
    """Open flags unless another state is asked for: the list is work, not history."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        """Every state but the usual one, which is the first choice."""
        return [(s.value, s.label) for s in FlagStatus if s is not FlagStatus.OPEN]

    def choices(self, changelist: Any) -> Any:
        """The same, with “open” where Django says “all”."""
        first, *others = super().choices(changelist)
        yield first | {"display": FlagStatus.OPEN.label}
        yield from others

    def queryset(self, request: Any, queryset: QuerySet[Flag]) -> QuerySet[Flag]:
        """Flags in that state."""
        return queryset.filter(state=self.value() or FlagStatus.OPEN)
