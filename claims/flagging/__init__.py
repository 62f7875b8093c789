"""Claims that need follow-up are flagged: once, escalated in time, cleared when the cause has ended, whatever broke in between."""

from claims import rules
from claims.flagging.looking import again, failing, run
from claims.flagging.people import Unflaggable, assign, dismiss, resolve, snooze
from claims.flagging.settling import Found, NoSuchRule, Outcome, chosen, findings, parameters_of
from claims.flagging.trying import forgetful, tried

__all__ = [
    "Found",
    "NoSuchRule",
    "Outcome",
    "Unflaggable",
    "again",
    "assign",
    "chosen",
    "dismiss",
    "failing",
    "findings",
    "forgetful",
    "parameters_of",
    "resolve",
    "rules",
    "run",
    "snooze",
    "tried",
]
