"""Takes one step on a claim from the command line, through the same rooms as the admin and the API."""

from argparse import RawDescriptionHelpFormatter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from claims.domain.state import ClaimState
from claims.domain.steps import STEPS as TABLE
from claims.domain.steps import Argument, Step, Type
from claims.management import field_arguments
from claims.workflow import room_of
from sources import roles
from sources.errors import Refusal
from sources.models import Snapshot

STEPS = {name: step for name, step in TABLE.items() if name != "corrections"}  # which `take revise` does to a claim that was judged


def _kept(snapshot: UUID) -> UUID:
    if not Snapshot.objects.filter(pk=snapshot).exists():
        raise CommandError(_("There is no such snapshot."))
    return snapshot


def _one_piece(evidence: list[UUID]) -> UUID:
    if len(evidence) != 1:
        raise CommandError(_("One piece of evidence is withdrawn at a time."))
    return evidence[0]


@dataclass(frozen=True, slots=True)
class Option:
    """How the command line takes a type of argument: what argparse is told, and what the room is given of what it has read."""

    words: Mapping[str, Any] = field(default_factory=dict)
    value: Callable[[Any], Any] = lambda given: given


_ID = {"type": UUID, "metavar": "ID"}
OPTIONS: dict[Type, Option] = {
    Type.LINE: Option(),
    Type.TEXT: Option(),
    Type.CHOICE: Option(),
    Type.ADDRESS: Option({"metavar": "URL"}),
    Type.DAY: Option({"type": field_arguments.day_of, "metavar": "DATE"}),
    Type.WHEN: Option({"metavar": "EDTF"}, field_arguments.date_of),
    Type.COLLEAGUE: Option({"metavar": "USER"}),
    Type.CLAIM: Option({"type": UUID, "metavar": "CLAIM"}),
    Type.SNAPSHOT: Option(_ID, _kept),
    Type.EVIDENCE: Option({**_ID, "action": "append"}, _one_piece),  # one option for the one withdrawn and for those rested on
    Type.CORRECTION: Option(_ID),
    Type.CHANGES: Option({"metavar": "FIELD=VALUE", "action": "append"}, field_arguments.changes),
}


def _option(argument: Argument) -> str:
    return argument.option or argument.name


def _arguments() -> dict[str, Argument]:
    """Every option there is, with the first argument that it stands for."""
    found: dict[str, Argument] = {}
    for step in STEPS.values():
        for argument in step.arguments:
            found.setdefault(_option(argument), argument)
    return found


def options_of(step: str) -> dict[str, bool]:
    """What a step takes, in its order: the name of each option, and whether it must be given."""
    return {_option(argument): argument.required for argument in STEPS[step].arguments}


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
        for name, argument in _arguments().items():
            choices: dict[str, Any] = {"choices": argument.choices.values} if argument.choices else {}
            parser.add_argument(_flag(name), help=argument.help, **OPTIONS[argument.type].words, **choices)

    def handle(self, *, step: str, claim: UUID, by: str, **options: Any) -> None:
        """Takes the step, or says in one sentence why not and changes nothing."""
        user = get_user_model()._default_manager.filter(username=by, is_active=True).first()
        if user is None:
            raise CommandError(_("There is no active user named %(user)s.") % {"user": by})
        actor = roles.actor_of(user)
        if not roles.may(actor, "read"):
            raise CommandError(_("%(user)s has no role at this desk, and sees nothing of it.") % {"user": by})
        row = STEPS[step]
        given = row.for_room(_given(row, options))
        try:
            done = room_of(row)(claim, **given, by=actor)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except (DataError, IntegrityError) as error:  # what was given as JSON is larger than its column, or names a row there is not
            raise CommandError(_("This cannot be kept: %(why)s") % {"why": str(error).splitlines()[0]}) from error
        assert isinstance(done.state, ClaimState)
        self.stdout.write(f"{step}: {done.state.status}, version {done.version}")


def _given(step: Step, options: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that were given, by name. Raises CommandError where the step takes one of them not, or needs another."""
    given = {name: options[name] for name in _arguments() if options.get(name) is not None}
    takes = options_of(step.name)
    if strange := [_flag(name) for name in given if name not in takes]:
        raise CommandError(_("The step “%(step)s” does not take %(options)s.") % {"step": step.name, "options": ", ".join(strange)})
    if missing := [_flag(name) for name, must in takes.items() if must and name not in given]:
        raise CommandError(_("The step “%(step)s” needs %(options)s.") % {"step": step.name, "options": ", ".join(missing)})
    asked = {each.name: (each, given[_option(each)]) for each in step.arguments if _option(each) in given}
    return {name: value if each.many else OPTIONS[each.type].value(value) for name, (each, value) in asked.items()}
