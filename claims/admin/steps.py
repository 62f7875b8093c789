"""The steps of a claim and a flag as buttons: what each is called, what it asks, which room takes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims import flagging, ledger
from claims.admin import corrections, forms
from claims.admin.forms import StepForm
from claims.domain.choices import FlagStatus, Status
from claims.domain.state import ClaimState, FlagState
from claims.domain.steps import StepNotOpen, is_open
from claims.ledger import Receipt
from claims.workflow import corrections as rooms
from claims.workflow import linking, publishing, recording, review, verdicts
from sources import roles
from sources.errors import Refusal
from sources.roles import Actor


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its button, its form, its room, and what is said when it is done."""

    name: str
    label: Any
    form: type[StepForm]
    take: Callable[..., Receipt]
    done: Any
    grave: bool = False  # shown apart: it ends something


def _listed(*steps: Step) -> dict[str, Step]:
    return {step.name: step for step in steps}


CLAIM = _listed(
    Step("accept", _("Accept"), StepForm, review.accept, _("Accepted.")),
    Step("assign", _("Assign"), forms.AssignForm, review.assign, _("Assigned.")),
    Step("verdict", _("Propose a verdict"), forms.VerdictForm, verdicts.reach, _("The verdict waits for a colleague's approval.")),
    Step("approve", _("Approve the verdict"), StepForm, verdicts.approve, _("The verdict stands.")),
    Step("return", _("Send the verdict back"), forms.ReasonForm, verdicts.send_back, _("The verdict was sent back."), grave=True),
    Step("approve-correction", _("Approve the correction"), forms.ApproveCorrectionForm, rooms.approve, _("The correction was made.")),
    Step(
        "return-correction",
        _("Send the correction back"),
        forms.ReturnCorrectionForm,
        rooms.send_back,
        _("The correction was sent back."),
        grave=True,
    ),
    Step("publish", _("Publish"), StepForm, publishing.publish, _("Published.")),
    Step("evidence", _("Add evidence"), forms.EvidenceForm, review.add_evidence, _("Evidence added.")),
    Step(
        "withdraw-evidence",
        _("Withdraw evidence"),
        forms.WithdrawEvidenceForm,
        review.withdraw_evidence,
        _("Evidence withdrawn."),
        grave=True,
    ),
    Step("schedule", _("Set the due date"), forms.ScheduleForm, review.schedule, _("Due date set.")),
    Step("register", _("Register how it will be settled"), forms.RegisterForm, review.register, _("Registered.")),
    Step("revise", _("Correct the claim"), corrections.ReviseForm, recording.revise, _("Corrected.")),
    Step("redate", _("Take the new dates"), forms.MaybeReasonForm, recording.redate, _("The dates were changed.")),
    Step("reread", _("Take the new reading"), forms.RereadForm, recording.take_reading, _("The new reading was taken over.")),
    Step("link", _("Judge what it is to another"), corrections.LinkForm, linking.link, _("Judged.")),
    Step("reopen", _("Reopen"), forms.ReasonForm, review.reopen, _("Reopened."), grave=True),
    Step("reject", _("Reject"), forms.ReasonForm, review.reject, _("Rejected."), grave=True),
    Step("merge", _("Merge into another"), corrections.MergeForm, linking.merge, _("Merged."), grave=True),
    Step("unmerge", _("Part from the other again"), forms.ReasonForm, linking.unmerge, _("Parted."), grave=True),
    Step("withdraw", _("Withdraw"), forms.ReasonForm, publishing.withdraw, _("Withdrawn."), grave=True),
)
FLAG = _listed(
    Step("resolve", _("Resolve"), forms.MaybeReasonForm, flagging.resolve, _("Flag resolved.")),
    Step("assign", _("Assign"), forms.AssignForm, flagging.assign, _("Assigned.")),
    Step("snooze", _("Snooze"), forms.SnoozeForm, flagging.snooze, _("The flag sleeps.")),
    Step("dismiss", _("Dismiss"), forms.ReasonForm, flagging.dismiss, _("Flag dismissed."), grave=True),
)


def open_to(state: ClaimState | FlagState, by: Actor) -> list[Step]:
    """The steps that can be taken now, by this person."""
    known, role_of = (FLAG, "flag") if isinstance(state, FlagState) else (CLAIM, "")
    return [step for step in known.values() if is_open(state, step.name) and roles.may(by, role_of or step.name)]


def done(step: Step, receipt: Receipt) -> Any:
    """What is said when a step is taken: done, proposed as a correction of what was judged, or that all reads so already."""
    state = receipt.state
    if receipt.unchanged:
        return _("It reads so already: nothing was changed.")
    if isinstance(state, ClaimState) and state.correction and state.correction.proposed_at == state.changed_at:
        return _("This was judged: the change waits for a colleague's approval, as a correction.")
    return step.done


def submit(step: Step, form: StepForm, by: Actor) -> Receipt | None:
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
