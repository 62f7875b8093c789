"""Claims that need follow-up are flagged: once, escalated in time, cleared when the cause has ended, whatever broke in between."""

from claims import rules
from claims.flagging.dry_run import forgetful, tried
from claims.flagging.flag_steps import Unflaggable, assign, dismiss, resolve, snooze, unassign
from claims.flagging.raise_and_clear import Found, NoSuchRule, Outcome, chosen, findings, parameters_of
from claims.flagging.rule_runs import failing, look_again, run

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
