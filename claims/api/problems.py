"""How what the rooms refuse reads over HTTP."""

from django.utils.translation import gettext_lazy as _

from claims import ledger
from claims.domain.steps import StepNotOpen
from claims.ledger import history
from claims.transparency import checkpoints, keys
from claims.workflow import corrections, verdicts
from sources import roles
from sources.api import problems


def register() -> None:
    """Tells the shared handler every refusal of this app."""
    problems.register(ledger.NoSuchClaim, 404, _("Not found"))
    problems.register(ledger.NoSuchFlag, 404, _("Not found"))
    problems.register(ledger.StaleVersion, 409, _("Changed in the meantime"))
    problems.register(ledger.Conflict, 409, _("Changed in the meantime"))
    problems.register(ledger.KeyReused, 409, _("This key was used before"))
    problems.register(StepNotOpen, 409, _("This step is not open"))
    problems.register(roles.NotAllowed, 403, _("Not allowed"))
    problems.register(verdicts.OwnVerdict, 403, _("Not allowed"))
    problems.register(corrections.OwnCorrection, 403, _("Not allowed"))
    problems.register(history.NotYet, 400, _("A moment to come"))
    problems.register(history.NoSuchVersion, 400, _("No such version"))
    problems.register(checkpoints.Contradicted, 503, _("Not signed"))
    problems.register(keys.NoKey, 503, _("Not signed"))
