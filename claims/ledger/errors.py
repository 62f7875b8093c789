"""The exceptions of the ledger: what it refuses, each with a sentence for who asked."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from sources.errors import Category, Refusal


class LedgerRefuses(Refusal):
    """What the ledger will not do."""

    sentence = _("The ledger refuses this.")


class NoSuchClaim(LedgerRefuses):
    """There are no events of this claim or flag."""

    sentence = _("There is no such claim.")
    category, title = Category.MISSING, _("Not found")


class NoSuchFlag(LedgerRefuses):
    """There is no flag of this id."""

    sentence = _("There is no such flag.")
    category, title = Category.MISSING, _("Not found")


class Conflict(LedgerRefuses):
    """Another append came first."""

    title = _("Changed in the meantime")

    sentence = _("Somebody else changed this in the meantime: load it again and repeat what you meant.")


class StaleVersion(Conflict):
    """The caller expected an older version."""

    sentence = _("You saw an older version of this: load it again and repeat what you meant.")


class KeyReused(LedgerRefuses):
    """The same action key came with other content."""

    sentence = _("This key was used before for something else: take a new one.")
    title = _("This key was used before")


class Unfit(Refusal, ValueError):
    """What was given does not fit the step. `errors` says why, by field; each room has its own kind."""

    category, code = Category.INVALID, ""

    def __init__(self, **errors: object) -> None:
        super().__init__()
        self._errors = errors

    def __str__(self) -> str:
        return "; ".join(str(error) for error in self._errors.values())

    @property
    def errors(self) -> Mapping[str, object]:
        """Why, by field."""
        return self._errors
