"""Which claims that were judged show a denial as its opposite, as the reader once wrote them, and how they should read."""

from typing import Any

from claims.domain import denials
from claims.domain.choices import Polarity, Status
from claims.domain.events import ClaimRecorded
from claims.domain.state import ClaimState
from sources.text.english_speech.verbs import VERBS
from sources.text.folding import fold

# Where a claim may stand that was judged: one that was reopened is shown to readers still, as under review.
STANDING = (Status.IN_REVIEW, Status.JUDGED, Status.PUBLISHED)
# What the reader takes for a denial where hearsay follows: "rejected claims that".
_DISMISSING = frozenset(["dismiss", "reject", "refute", "rebut", "rubbish", "dispute"])


def proposed_restatement(state: ClaimState) -> dict[str, Any] | None:
    """The changes (plain JSON values) that make such a claim say that it denies; None for all others.

    Taken are claims whose statement is their quote, drafted by the reader and marked as negated, where the verb that denies
    stands before the quote. What anybody has worded otherwise is left alone, and so is a quote that negates by its own words.
    """
    said = state.said
    if state.standing is None or state.status not in STANDING or not said.reader or said.denial or said.polarity is not Polarity.NEGATED:
        return None
    if not said.quote or said.statement != said.quote or not _denied_before(said):
        return None
    who, before = said.speaker, said.prefix or ""
    statement = denials.statement(
        said.quote, before=before, speaker_type=who.type, speaker=who.name, mention=_mention(said), cue=_cue(said)
    )
    changes: dict[str, Any] = {"statement": statement, "denial": True}
    return changes if denials.negated(said.quote) else changes | {"polarity": Polarity.AFFIRMED.value}


def _cue(said: ClaimRecorded) -> str:
    """The verb that the words hang on, as read."""
    return next((hop.cue for hop in said.attributions[-1:] if hop.role == "speaker"), "")


def _denied_before(said: ClaimRecorded) -> bool:
    """Does the verb deny, and does what it denies follow it? Behind a colon, or before the verb, stand the speaker's own words."""
    cue, before = _cue(said), (said.prefix or "").rstrip(" \t\n\"'“”„«»‘’")
    if not cue or before.endswith(":") or denials.CONTRAST.search(fold(before).text) or _holds(said.quote or "", cue):
        return False
    if _holds(said.suffix or "", cue) and not _holds(before, cue):
        return False
    if denials.sense_of(cue):
        return True
    verb = VERBS.get(cue.lower())
    return verb is not None and verb.lemma in _DISMISSING and before.lower().endswith(" that")


def _mention(said: ClaimRecorded) -> str:
    """The speaker with the article before it, where it stands near the quote: "The ministry"."""
    before, name = said.prefix or "", said.speaker.name
    at = before.find(name) if name else -1
    article = before[:at].split()[-1:] if at > 0 else []
    return f"{article[0]} {name}" if article and article[0].lower() in {"the", "a", "an"} else ""


def _holds(text: str, word: str) -> bool:
    return fold(word).text.lower() in [part.strip("\"'.,،؛:!?؟()").lower() for part in fold(text).text.split()]
