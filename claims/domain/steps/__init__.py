"""The steps of a claim and of a flag: from which statuses each is open, and what else it needs.

The table is `of_claims` and `of_flags`; what its columns mean is in `step`. The doors derive from it: addresses, bodies and schema of
the API, buttons and forms of the desk, the words of `take`, and the tables of the documentation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.state import ClaimState, FlagState
from claims.domain.steps import of_claims, of_flags
from claims.domain.steps.of_claims import CORRECTION_WAITS
from claims.domain.steps.of_flags import OPEN_FLAGS
from claims.domain.steps.step import Argument, Need, Section, Step, Type
from sources.errors import Refusal

__all__ = [
    "CORRECTION_WAITS",
    "FLAG_STEPS",
    "OPEN_FLAGS",
    "STEPS",
    "Argument",
    "Need",
    "Section",
    "Step",
    "StepNotOpen",
    "Type",
    "every_step",
    "is_open",
    "must_be_open",
    "open_steps",
    "right_of",
    "steps_of",
]

STEPS: dict[str, Step] = {row.name: row for row in of_claims.ROWS}
FLAG_STEPS: dict[str, Step] = {row.name: row for row in of_flags.ROWS}


class StepNotOpen(Refusal):
    """This step is not open in the claim's present status; `because` says what else stands in the way."""

    sentence = _("The step “%(step)s” is not open: the status is “%(status)s”.")
    title = _("This step is not open")

    def __init__(self, step: str, status: str, because: Any = None) -> None:
        self.step, self.status, self.because = step, status, because
        super().__init__(sentence=because, step=step, status=status)


def every_step() -> Iterator[Step]:
    """All rows: those of claims, then those of flags."""
    return chain(STEPS.values(), FLAG_STEPS.values())


def steps_of(state: object) -> Mapping[str, Step]:
    """The steps there are for a claim, or for a flag; none for anything else."""
    return STEPS if isinstance(state, ClaimState) else FLAG_STEPS if isinstance(state, FlagState) else {}


def right_of(state: object, step: str) -> str:
    """The name under which `sources.roles` is asked whether somebody may take a step."""
    if row := steps_of(state).get(step):
        return row.asked_as
    return of_flags.RIGHT if isinstance(state, FlagState) else step


def is_open(state: ClaimState | FlagState, step: str) -> bool:
    """Can `step` be taken now?"""
    row = steps_of(state)[step]
    return _status(state) in row.statuses and all(need.met(state) for need in row.needs)


def must_be_open(state: ClaimState | FlagState, step: str) -> None:
    """Raises StepNotOpen unless `step` can be taken now."""
    if is_open(state, step):
        return
    row, status = steps_of(state)[step], _status(state)
    unmet = [need.sentence for need in row.needs if not need.met(state)] if status in row.statuses else []
    raise StepNotOpen(step, status, next(filter(None, unmet), None))


def open_steps(state: ClaimState) -> list[str]:
    """The steps that can be taken now, in the order of the road."""
    return [step for step in STEPS if is_open(state, step)]


def _status(state: ClaimState | FlagState) -> str:
    return state.state if isinstance(state, FlagState) else state.status
