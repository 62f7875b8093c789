"""The steps of a claim and a flag as buttons, made from the table of steps: what each is called, what it asks, which room takes it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims import ledger
from claims.admin.forms import StepForm
from claims.admin.step_forms import form_of
from claims.domain.choices import FlagStatus, Status
from claims.domain.state import ClaimState, FlagState
from claims.domain.steps import FLAG_STEPS, STEPS, Section, Step, StepNotOpen, is_open, right_of
from claims.ledger import Receipt
from claims.workflow import room_of
from sources import roles
from sources.errors import Refusal
from sources.roles import Actor


@dataclass(frozen=True, slots=True)
class Button:
    """One step as the desk offers it: its button, its form, its room, and what is said when it is done."""

    name: str
    label: Any
    form: type[StepForm]
    take: Callable[..., Receipt]
    done: Any
    grave: bool = False  # shown apart: it ends something


def _buttons(rows: Iterable[Step]) -> dict[str, Button]:
    """A button for each step that has one, those first that lead on."""
    shown = sorted((row for row in rows if row.label), key=lambda row: list(Section).index(row.section))
    return {row.name: Button(row.name, row.label, form_of(row), room_of(row), row.done, row.grave) for row in shown}


CLAIM = _buttons(STEPS.values())
FLAG = _buttons(FLAG_STEPS.values())


def open_to(state: ClaimState | FlagState, by: Actor) -> list[Button]:
    """The steps that can be taken now, by this person."""
    known = FLAG if isinstance(state, FlagState) else CLAIM
    return [button for button in known.values() if is_open(state, button.name) and roles.may(by, right_of(state, button.name))]


def done(step: Button, receipt: Receipt) -> Any:
    """What is said when a step is taken: done, proposed as a correction of what was judged, or that all reads so already."""
    state = receipt.state
    if receipt.unchanged:
        return _("It reads so already: nothing was changed.")
    if isinstance(state, ClaimState) and state.correction and state.correction.proposed_at == state.changed_at:
        return _("This was judged: the change waits for a colleague's approval, as a correction.")
    return step.done


def submit(step: Button, form: StepForm, by: Actor) -> Receipt | None:
    """Takes a step with what a valid form holds. Where it is refused, the form says why, and None comes back."""
    given = form.cleaned_data
    try:
        return step.take(form.state.id, **form.said, by=by, after=given["after"], key=f"desk:{given['key']}")
    except ledger.Unfit as error:
        for field, message in error.errors.items():
            form.add_error(field if field in form.fields else None, str(message))
    except Refusal as error:
        form.add_error(None, refusal(error))
    return None


def refusal(error: Refusal) -> str:
    """Why a step was refused, in the desk's own words."""
    if isinstance(error, StepNotOpen) and not error.because:
        return str(_("This step is not open: it is “%(status)s” now.") % {"status": _status(error.status)})
    return str(error)


def _status(value: str) -> str:
    return str(dict([*Status.choices, *FlagStatus.choices]).get(value, value))
