"""What happens to a source, and to words that must be forgotten."""

from dataclasses import field

from claims.domain.events.base import Event, event


@event
class SourceRevised(Event):
    """An outlet, a speaker or a document changed; the digest vouches for its revision, as do why and when (RFC 3339, UTC)."""

    subject_type: str
    number: int
    digest: str
    reason: str = ""
    at: str = ""


@event
class Erased(Event):
    """Words were made unreadable wherever they stood. Only what is named here may differ from what was written.

    Each map gives SHA-256 (hex) of what stands there now: `bodies` by event id (of salt and body), `texts` by the digest
    of the text as it was captured, `revisions` by `SUBJECT/NUMBER`.
    """

    reason: str
    bodies: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    revisions: dict[str, str] = field(default_factory=dict)
