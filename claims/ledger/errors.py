"""The exceptions of the ledger: what it refuses, each with a sentence for who asked."""

from django.utils.translation import gettext_lazy as _


class LedgerRefuses(Exception):
    """What the ledger will not do; `sentence` says why, in the reader's language."""

    sentence = _("The ledger refuses this.")

    def __init__(self) -> None:
        super().__init__(self.sentence)


class NoSuchClaim(LedgerRefuses):
    """There are no events of this claim or flag."""

    sentence = _("There is no such claim.")


class NoSuchFlag(LedgerRefuses):
    """There is no flag of this id."""

    sentence = _("There is no such flag.")


class Conflict(LedgerRefuses):
    """Another append came first."""

    sentence = _("Somebody else changed this in the meantime: load it again and repeat what you meant.")


class StaleVersion(Conflict):
    """The caller expected an older version."""

    sentence = _("You saw an older version of this: load it again and repeat what you meant.")


class KeyReused(LedgerRefuses):
    """The same action key came with other content."""

    sentence = _("This key was used before for something else: take a new one.")


class Unfit(ValueError):
    """What was given does not fit the step. `errors` says why, by field; each room has its own kind."""

    def __init__(self, **errors: object) -> None:
        self.errors = errors
        super().__init__("; ".join(str(error) for error in errors.values()))
