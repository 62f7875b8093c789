"""The page says something else than when the claim was read on it, or when it was named as evidence."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import CLOSED, Severity, Status
from claims.models import Claim
from claims.rules import Finding, rule
from claims.rules.context import Around, ChangedPage
from sources.text import changes, corrections
from sources.text.changes import Standing

_COMPARE = _("Compare the article's versions; then keep the claim as it was said, revise it, or withdraw it.")
_LEANT_ON = _("Compare the article's versions. Published verdicts lean on this page, too: %(leaning)s")
_EVIDENCE = _("Compare the article's versions: does the page still show what it was named for?")
_GONE = _("“%(quote)s” no longer stands on the page “%(page)s”.")
_GONE_CORRECTED = _("“%(quote)s” no longer stands on the page “%(page)s”, which says now: “%(notice)s”")
_CORRECTED = _("The quote still stands on the page “%(page)s”, which says now: “%(notice)s”")
SENTENCES = {
    "quote-gone": (_GONE, _COMPARE),
    "quote-gone-leant-on": (_GONE, _LEANT_ON),
    "quote-gone-corrected": (_GONE_CORRECTED, _COMPARE),
    "quote-gone-corrected-leant-on": (_GONE_CORRECTED, _LEANT_ON),
    "corrected": (_CORRECTED, _COMPARE),
    "corrected-leant-on": (_CORRECTED, _LEANT_ON),
    "evidence": (_("The page “%(page)s”, named as evidence, has changed: it no longer says “%(lost)s”."), _EVIDENCE),
    "evidence-corrected": (_("The page “%(page)s”, named as evidence, has changed and says now: “%(notice)s”"), _EVIDENCE),
}
LONGEST = 300  # characters of a quote, a notice, a list of verdicts


@rule("source-changed", SENTENCES, needs=("pages",))
def source_changed(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Does its quote still stand, word for word, in what its page shows now; and do the pages named as evidence still say the same?

    A quote that stands elsewhere in the new text, once, has moved and is not asked about; one that could be several is gone from
    where it stood. Nothing is anchored anew. Additions alone to a page that is evidence are not asked about. A correction notice
    is named. Loud once a published verdict leans on the page.
    """
    if claim.status in CLOSED:
        return
    for page in around.pages:
        if page.changed and page.text:
            yield from _own(claim, page) if page.own else _evidence(claim, page)


def _own(claim: Claim, page: ChangedPage) -> Iterator[Finding]:
    stands = _stands(claim, page.text)
    notice = corrections.notice(page.before, page.text)
    if stands and not notice:
        return
    code = ("corrected" if stands else "quote-gone-corrected" if notice else "quote-gone") + ("-leant-on" if page.leaning else "")
    told = {
        "quote": _cut(claim.quote or ""),
        "page": _cut(page.name),
        "notice": notice,
        "leaning": _cut("; ".join(f"“{statement}”" for statement in page.leaning)),
    }
    yield Finding(code=code, key=f"{page.shows}", parameters=told, severity=_severity(claim, page))


def _evidence(claim: Claim, page: ChangedPage) -> Iterator[Finding]:
    notice = corrections.notice(page.before, page.text)
    lost = next((words for words in _lost(page) if words), "")
    if notice or lost:
        told = {"page": _cut(page.name), "lost": _cut(lost), "notice": notice}
        code = "evidence-corrected" if notice else "evidence"
        yield Finding(code=code, key=f"evidence:{page.shows}", parameters=told, severity=_severity(claim, page))


def _stands(claim: Claim, text: str) -> bool:
    if not claim.quote:
        return True
    place = changes.stands(claim.quote, claim.prefix or "", claim.suffix or "", text, start=claim.start)
    return place.standing is not Standing.GONE


def _lost(page: ChangedPage) -> Iterator[str]:
    for change in changes.changes(page.before, page.text):
        yield " ".join(page.before[change.start_old : change.end_old].split())


def _severity(claim: Claim, page: ChangedPage) -> Severity:
    return Severity.HIGH if claim.status == Status.PUBLISHED or (page.own and page.leaning) else Severity.WARNING


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
