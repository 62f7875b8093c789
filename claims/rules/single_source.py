"""One outlet alone carries it: a second one would make it surer."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.choices import Severity, Stance, Status
from claims.models import Claim
from claims.rules import Finding, rule
from claims.surroundings import Around
from sources import addresses

SENTENCES = {"single-source": (_("Only %(source)s carries it."), _("Find another source that does not lean on this one."))}
_WORKED_ON = (Status.ACCEPTED, Status.IN_REVIEW, Status.JUDGED)


@rule("single-source", SENTENCES)
def single_source(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Do its own document and the evidence that supports it come from one source only? Asked once it is worked on."""
    if claim.status not in _WORKED_ON:
        return
    sources = {_of_document(claim.document) or claim.source}
    sources |= {
        _of_document(piece.snapshot.document) if piece.snapshot else addresses.host(piece.url)
        for piece in claim.evidence.all()
        if piece.stance == Stance.SUPPORTS and not piece.withdrawn_at
    }
    known = sorted(source for source in sources if source)
    if len(known) == 1:
        yield Finding(code="single-source", key=known[0][:200], parameters={"source": known[0]}, severity=Severity.INFO)


def _of_document(document: Any) -> str:
    if document is None:
        return ""
    return document.outlet.name if document.outlet else addresses.host(document.url)
