"""Claims that need follow-up are flagged: once, escalated in time, cleared when the cause has ended, whatever broke in between."""

from claims import rules
from claims.flagging.people import Unflaggable, assign, dismiss, resolve, snooze, unassign
from claims.flagging.rule_runs import failing, look_again, run
from claims.flagging.settling import Found, NoSuchRule, Outcome, chosen, findings, parameters_of
from claims.flagging.trying import forgetful, tried

__all__ = [
    "Found",
    "NoSuchRule",
    "Outcome",
    "Unflaggable",
    "assign",
    "chosen",
    "dismiss",
    "failing",
    "findings",
    "forgetful",
    "look_again",
    "parameters_of",
    "resolve",
    "rules",
    "run",
    "snooze",
    "tried",
    "unassign",
]
