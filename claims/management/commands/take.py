"""Takes one step on a claim from the command line, through the same rooms as the admin and the API."""

import inspect
from argparse import RawDescriptionHelpFormatter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from claims.domain.choices import Relation, Scheme, Stance
from claims.domain.state import ClaimState
from claims.domain.values import Exhibit
from claims.ledger import Receipt
from claims.management import field_arguments
from claims.workflow import corrections, linking, publishing, recording, review, verdicts
from sources import roles
from sources.errors import Refusal
from sources.models import Snapshot

Room = Callable[..., Receipt]


def _schedule(claim: UUID, *, due: str, reason: str = "", by: roles.Actor) -> Receipt:
    return review.schedule(claim, due=field_arguments.date_of(due), reason=reason, by=by)


def _revise(claim: UUID, *, set: list[str], reason: str, by: roles.Actor) -> Receipt:  # noqa: A002 - what the option is called
    return recording.revise(claim, field_arguments.changes(set), reason=reason, by=by)


def _evidence(
    claim: UUID, *, stance: str, url: str = "", archived: str = "", snapshot: UUID | None = None, note: str = "", by: roles.Actor
) -> Receipt:
    if snapshot and not Snapshot.objects.filter(pk=snapshot).exists():
        raise CommandError(_("There is no such snapshot."))
    kept = str(snapshot) if snapshot else None
    return review.add_evidence(claim, Exhibit(stance=Stance(stance), note=note, snapshot=kept, url=url, archived=archived), by=by)


def _withdraw_evidence(claim: UUID, *, evidence: list[UUID], reason: str, by: roles.Actor) -> Receipt:
    if len(evidence) != 1:
        raise CommandError(_("One piece of evidence is withdrawn at a time."))
    return review.withdraw_evidence(claim, evidence=str(evidence[0]), reason=reason, by=by)


def _verdict(
    claim: UUID,
    *,
    rating: str,
    rationale: str,
    scheme: str = "",
    evidence: list[UUID] | None = None,
    known_since: date | None = None,
    by: roles.Actor,
) -> Receipt:
    rests_on = tuple(map(str, evidence or ()))
    return verdicts.reach(claim, rating=rating, rationale=rationale, scheme=scheme, evidence=rests_on, known_since=known_since, by=by)


def _merge(claim: UUID, *, other: UUID, reason: str = "", by: roles.Actor) -> Receipt:
    return linking.merge(claim, into=other, reason=reason, by=by)


# Each step's room. What it takes besides the claim and `by` are the options of the same names; what has no default must be given.
STEPS: dict[str, Room] = {
    "accept": review.accept,
    "reject": review.reject,
    "assign": review.assign,
    "schedule": _schedule,
    "revise": _revise,
    "register": review.register,
    "redate": recording.redate,
    "reread": recording.take_reading,
    "evidence": _evidence,
    "withdraw-evidence": _withdraw_evidence,
    "verdict": _verdict,
    "approve": verdicts.approve,
    "return": verdicts.send_back,
    "approve-correction": corrections.approve,
    "return-correction": corrections.send_back,
    "publish": publishing.publish,
    "withdraw": publishing.withdraw,
    "reopen": review.reopen,
    "merge": _merge,
    "unmerge": linking.unmerge,
    "link": linking.link,
    "unlink": linking.unlink,
}
OPTIONS: dict[str, dict[str, Any]] = {
    "reason": {"help": "why"},
    "to": {"metavar": "USER", "help": "who gets the claim, by user name"},
    "due": {"metavar": "EDTF", "help": "by when it can be judged: 2023-05-31, 2023-21 (spring 2023), or none where it has no date"},
    "set": {
        "action": "append",
        "metavar": "FIELD=VALUE",
        "help": "a field and what it should say; again for each further one: statement=…, said_on=2023-05, tags='[\"trade\"]'",
    },
    "criteria": {"help": "how it will be settled, where the claim does not say it"},
    "stance": {"choices": Stance.values, "help": "what the evidence does to the claim"},
    "url": {"help": "the address of the evidence"},
    "archived": {"metavar": "URL", "help": "the address of an archived copy of it"},
    "snapshot": {"type": UUID, "metavar": "ID", "help": "a captured text that is the evidence, instead of an address"},
    "note": {"help": "what the evidence shows"},
    "evidence": {
        "type": UUID,
        "action": "append",
        "metavar": "ID",
        "help": "a piece of evidence, by its id in the API's `evidence`: the one withdrawn, or each that a verdict rests on",
    },
    "known_since": {"type": date.fromisoformat, "metavar": "DATE", "help": "the day since when the outcome was known, such as 2024-02-01"},
    "correction": {"type": UUID, "metavar": "ID", "help": "the correction that was looked at; the one that waits when left out"},
    "rating": {"help": "came_true, did_not, kept, broken, true, false …"},
    "rationale": {"help": "why it is judged so"},
    "scheme": {"choices": Scheme.values, "help": "the scheme of the rating, where not the usual one of the claim's kind"},
    "other": {"type": UUID, "metavar": "CLAIM", "help": "the other claim; with merge the one that goes on for both"},
    "relation": {"choices": Relation.values, "help": "what this claim is to the other"},
}


def options_of(step: str) -> dict[str, bool]:
    """What a step takes, in the order of its room: the name of each option, and whether it must be given."""
    taken = inspect.signature(STEPS[step]).parameters.values()
    return {p.name: p.default is p.empty for p in taken if p.name in OPTIONS}


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _usage(step: str) -> str:
    parts = [_flag(name) if must else f"[{_flag(name)}]" for name, must in options_of(step).items()]
    return f"  {step:<18} {' '.join(parts)}".rstrip()


class Command(BaseCommand):
    """`manage.py take STEP CLAIM --by USER`."""

    help = "Takes one step on a claim as a user of the desk: their role decides whether they may, as everywhere else."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Says of each step what it takes."""
        lines = ["what each step takes (in brackets: may be left out):", *map(_usage, STEPS)]
        lines += ["", "the fields that revise may set: " + ", ".join(field_arguments.FIELDS)]
        epilog = "\n".join(lines)
        return super().create_parser(prog_name, subcommand, epilog=epilog, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """The step, the claim, who takes it, and what the step needs."""
        parser.add_argument("step", choices=STEPS, help="the step to take")
        parser.add_argument("claim", type=UUID, help="the claim's id, as the API and the admin's address show it")
        parser.add_argument("--by", required=True, metavar="USER", help="the user name of whoever takes it")
        for name, words in OPTIONS.items():
            parser.add_argument(_flag(name), **words)

    def handle(self, *, step: str, claim: UUID, by: str, **options: Any) -> None:
        """Takes the step, or says in one sentence why not and changes nothing."""
        user = get_user_model()._default_manager.filter(username=by, is_active=True).first()
        if user is None:
            raise CommandError(_("There is no active user named %(user)s.") % {"user": by})
        actor = roles.actor_of(user)
        if not roles.may(actor, "read"):
            raise CommandError(_("%(user)s has no role at this desk, and sees nothing of it.") % {"user": by})
        given = _given(step, options)
        try:
            done = STEPS[step](claim, **given, by=actor)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except (DataError, IntegrityError) as error:  # what was given as JSON is larger than its column, or names a row there is not
            raise CommandError(_("This cannot be kept: %(why)s") % {"why": str(error).splitlines()[0]}) from error
        assert isinstance(done.state, ClaimState)
        self.stdout.write(f"{step}: {done.state.status}, version {done.version}")


def _given(step: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that were given. Raises CommandError where the step takes one of them not, or needs another."""
    given = {name: options[name] for name in OPTIONS if options.get(name) is not None}
    takes = options_of(step)
    if strange := [_flag(name) for name in given if name not in takes]:
        raise CommandError(_("The step “%(step)s” does not take %(options)s.") % {"step": step, "options": ", ".join(strange)})
    if missing := [_flag(name) for name, must in takes.items() if must and name not in given]:
        raise CommandError(_("The step “%(step)s” needs %(options)s.") % {"step": step, "options": ", ".join(missing)})
    return given
