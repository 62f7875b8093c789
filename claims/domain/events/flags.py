"""What happens to a flag."""

from dataclasses import field
from datetime import date

from claims.domain.choices import Severity
from claims.domain.events.base import Event, event


@event
class FlagRaised(Event):
    """A rule found something about a claim that needs a person."""

    claim: str
    rule: str
    key: str
    code: str
    parameters: dict[str, str] = field(default_factory=dict)
    severity: Severity = Severity.WARNING
    due_on: date | None = None


@event
class FlagResolved(Event):
    """Somebody did what the flag asked."""

    reason: str = ""


@event
class FlagDismissed(Event):
    """Somebody found the flag beside the point."""

    reason: str


@event
class FlagSnoozed(Event):
    """A flag sleeps until a day."""

    until: date


@event
class FlagAssigned(Event):
    """A flag was given to somebody (a user name)."""

    assignee: str


@event
class FlagUnassigned(Event):
    """A flag was taken from whoever had it (a user name), and is nobody's now."""

    assignee: str


@event
class FlagCleared(Event):
    """What the flag was about has ended."""
