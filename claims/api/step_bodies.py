"""What the body of each step holds, made from its row in the table of steps and checked before its room is asked."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from claims.api.dates import DateHeard
from claims.api.field_serializers import AnyField
from claims.domain.steps import Argument, Step, Type, every_step
from claims.models import Claim
from sources.api import fields
from sources.api.openapi.auto_schema import any_of
from sources.api.strict import StrictSerializer
from sources.models import Snapshot

MANY = 200  # ids in one list at most


class Named(NamedTuple):
    """What the schema calls a body, in which order it lists the fields where that is not the row's, and what is asked beyond each."""

    name: str
    description: str
    order: tuple[str, ...] = ()
    conditions: tuple[dict[str, Any], ...] = ()


# By a step that has it. Integrators have generated clients from these names; the body of any other step is called after the step.
NAMES = {
    "reject": Named("Why", "A step with its reason."),
    "redate": Named("PerhapsWhy", "A step that may say its reason."),
    "assign": Named("Colleague", "Who gets it."),
    "schedule": Named("Schedule", "When a claim is due; null where it is not.", ("reason", "due")),
    "register": Named("Register", "How a prediction will be settled."),
    "evidence": Named(
        "EvidenceHeard",
        "A snapshot or an address, and what it does to the claim.",
        ("stance", "note", "snapshot", "url", "archived"),
        (any_of("snapshot", "url"),),
    ),
    "withdraw-evidence": Named("EvidenceBack", "Which piece of evidence is withdrawn, and why.", ("reason", "evidence")),
    "verdict": Named(
        "VerdictHeard",
        "A verdict; the scheme follows from the claim's kind unless it is named.",
        ("rating", "rationale", "scheme", "evidence", "known_since"),
    ),
    "merge": Named("Merge", "The claim that goes on for both.", ("reason", "into")),
    "link": Named("Link", "What this claim is to another.", ("reason", "other", "relation")),
    "unlink": Named("Unlink", "The other claim of a judgement that is taken back.", ("reason", "other")),
    "approve-correction": Named("Decision", "Which correction was looked at."),
    "return-correction": Named("DecisionWhy", "Which correction is sent back, and why.", ("correction", "reason")),
    "snooze": Named("Snooze", "Until when a flag sleeps."),
}


def _claim_exists(claim: UUID) -> None:
    if not Claim.objects.filter(pk=claim).exists():
        raise serializers.ValidationError(_("There is no such claim."))


def _snapshot_exists(snapshot: UUID) -> None:
    if not Snapshot.objects.filter(pk=snapshot).exists():
        raise serializers.ValidationError(_("There is no such snapshot."))


def _words(argument: Argument, field: Any = serializers.CharField, **given: Any) -> Any:
    optional: dict[str, Any] = {} if argument.required else {"required": False, "allow_blank": True, "default": ""}
    return field(max_length=argument.longest, **optional, **given)


def _value(argument: Argument, field: Any, **given: Any) -> Any:
    if argument.many:
        return serializers.ListField(child=field(), required=argument.required, default=list, max_length=MANY, **given)
    optional: dict[str, Any] = {} if argument.required else {"required": False, "allow_null": True, "default": None}
    return field(**optional, **given)


def _choice(argument: Argument, **given: Any) -> Any:
    assert argument.choices is not None
    optional: dict[str, Any] = (
        {} if argument.required else {"required": False, "default": str}
    )  # "", which is no choice: unlike a value, it is not described
    return serializers.ChoiceField(argument.choices.choices, **optional, **given)


def _when(argument: Argument, **given: Any) -> Any:
    return DateHeard(allow_null=True, required=argument.required, **given)


FIELDS: dict[Type, Callable[..., AnyField]] = {
    Type.LINE: _words,
    Type.TEXT: _words,
    Type.COLLEAGUE: _words,
    Type.ADDRESS: partial(_words, field=serializers.URLField),
    Type.CHOICE: _choice,
    Type.DAY: partial(_value, field=fields.DayField),
    Type.WHEN: _when,
    Type.CLAIM: partial(_value, field=serializers.UUIDField, validators=[_claim_exists]),
    Type.SNAPSHOT: partial(_value, field=serializers.UUIDField, validators=[_snapshot_exists]),
    Type.EVIDENCE: partial(_value, field=serializers.UUIDField),
    Type.CORRECTION: partial(_value, field=serializers.UUIDField),
}

Body = type[StrictSerializer]


def _made(step: Step, named: Named) -> Body:
    order = named.order or tuple(each.name for each in step.arguments)
    asked = sorted(step.arguments, key=lambda each: order.index(each.name))
    helps = {each.name: {"help_text": each.schema_help} if each.schema_help else {} for each in asked}
    fields = {each.name: FIELDS[each.type](each, **helps[each.name]) for each in asked}
    about = {"__doc__": named.description, "__module__": __name__, "conditions": named.conditions}
    body: Body = type(named.name, (StrictSerializer,), about | fields)
    return body


def _alike(step: Step) -> Any:
    """What steps with one body have in common: all of their arguments that the API knows of."""
    return tuple((e.name, e.type, e.required, e.many, e.choices, e.longest, e.schema_help) for e in step.arguments)


def _all() -> dict[Any, Body]:
    made: dict[Any, Body] = {}
    named = sorted(every_step(), key=lambda step: step.name not in NAMES)  # a name that is known goes to all that are alike
    for step in named:
        if _alike(step) not in made and all(each.type in FIELDS for each in step.arguments):
            camel = step.name.replace("-", " ").title().replace(" ", "")
            made[_alike(step)] = _made(step, NAMES.get(step.name) or Named(camel, f"What the step “{step.name}” takes."))
    return made


_BODIES = _all()


def body_of(step: Step) -> Body:
    """The serializer of a step's body. Raises KeyError for one that has an address with a body of its own."""
    return _BODIES[_alike(step)]
