"""The steps of a claim and of a flag: from which statuses each is open, and what else it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import FlagStatus, Status
from claims.domain.state import ClaimState, FlagState
from sources.errors import Refusal

OPEN_FLAGS = (FlagStatus.OPEN, FlagStatus.SNOOZED)

# From which statuses each step is open, by the words of the contract.
STEPS: dict[str, tuple[Status, ...]] = {
    "accept": (Status.PROPOSED,),
    "reject": (Status.PROPOSED, Status.ACCEPTED),
    "assign": (Status.ACCEPTED, Status.IN_REVIEW),
    "schedule": (Status.PROPOSED, Status.ACCEPTED, Status.IN_REVIEW, Status.JUDGED, Status.PUBLISHED),
    "revise": (Status.PROPOSED, Status.ACCEPTED, Status.IN_REVIEW, Status.JUDGED, Status.PUBLISHED),
    "register": (Status.PROPOSED, Status.ACCEPTED, Status.IN_REVIEW),
    "redate": (Status.PROPOSED, Status.ACCEPTED, Status.IN_REVIEW, Status.JUDGED, Status.PUBLISHED),
    "reread": (Status.PROPOSED, Status.ACCEPTED, Status.IN_REVIEW),  # what was judged is corrected, not read anew
    "evidence": (Status.PROPOSED, Status.ACCEPTED, Status.IN_REVIEW, Status.JUDGED, Status.PUBLISHED),
    "withdraw-evidence": (Status.PROPOSED, Status.ACCEPTED, Status.IN_REVIEW, Status.JUDGED, Status.PUBLISHED),
    "verdict": (Status.ACCEPTED, Status.IN_REVIEW, Status.PUBLISHED),
    "approve": (Status.IN_REVIEW, Status.PUBLISHED),
    "return": (Status.IN_REVIEW, Status.PUBLISHED),
    "publish": (Status.JUDGED,),
    "withdraw": tuple(s for s in Status if s is not Status.WITHDRAWN),
    "reopen": (Status.JUDGED, Status.PUBLISHED, Status.REJECTED, Status.WITHDRAWN),
    "merge": tuple(s for s in Status if s is not Status.DUPLICATE),
    "unmerge": tuple(Status),
    "link": tuple(Status),
    "unlink": tuple(Status),
    "corrections": (Status.IN_REVIEW, Status.JUDGED, Status.PUBLISHED),
    "approve-correction": (Status.IN_REVIEW, Status.JUDGED, Status.PUBLISHED),
    "return-correction": (Status.IN_REVIEW, Status.JUDGED, Status.PUBLISHED),
}
FLAG_STEPS = ("resolve", "dismiss", "snooze", "assign", "clear")


class StepNotOpen(Refusal):
    """This step is not open in the claim's present status; `because` says what else stands in the way."""

    sentence = _("The step “%(step)s” is not open: the status is “%(status)s”.")
    title = _("This step is not open")

    def __init__(self, step: str, status: str, because: Any = None) -> None:
        self.step, self.status, self.because = step, status, because
        super().__init__(sentence=because, step=step, status=status)


CORRECTION_WAITS = _("A correction waits for approval: it is approved or sent back first.")


# What a step needs besides the status.
_CONDITIONS: dict[str, Callable[[ClaimState], bool]] = {
    "approve": lambda s: s.proposal is not None and s.correction is None,
    "return": lambda s: s.proposal is not None,
    "publish": lambda s: s.correction is None,
    # One that a source's change asks for gives way to a person's.
    "corrections": lambda s: s.standing is not None and not (s.correction and not s.correction.subject),
    "approve-correction": lambda s: s.correction is not None,
    "return-correction": lambda s: s.correction is not None,
    "withdraw-evidence": lambda s: bool(s.exhibits),
    "redate": lambda s: s.offered is not None,
    "reread": lambda s: s.offered_reading is not None,
    "verdict": lambda s: s.proposal is None,
    "register": lambda s: s.registered is None,
    "merge": lambda s: s.merged_into is None,
    "unmerge": lambda s: s.merged_into is not None,
    "unlink": lambda s: bool(s.links),
}


def _always(state: ClaimState) -> bool:
    return True


def is_open(state: ClaimState | FlagState, step: str) -> bool:
    """Can `step` be taken now?"""
    if isinstance(state, FlagState):
        return state.state in OPEN_FLAGS
    return state.status in STEPS[step] and _CONDITIONS.get(step, _always)(state)


def steps_of(state: ClaimState | FlagState) -> Iterable[str]:
    """The steps there are for a claim, or for a flag."""
    return FLAG_STEPS if isinstance(state, FlagState) else STEPS


def must_be_open(state: ClaimState | FlagState, step: str) -> None:
    """Raises StepNotOpen unless `step` can be taken now."""
    if is_open(state, step):
        return
    if isinstance(state, FlagState):
        raise StepNotOpen(step, state.state)
    waits = step in ("approve", "publish", "corrections") and state.status in STEPS[step] and state.correction
    raise StepNotOpen(step, state.status, CORRECTION_WAITS if waits else None)


def open_steps(state: ClaimState) -> list[str]:
    """The steps that can be taken now, in the order of the road."""
    return [step for step in STEPS if is_open(state, step)]
