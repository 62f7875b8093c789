"""The steps of a flag, a row each."""

from django.utils.translation import gettext_lazy as _

from claims.domain import events
from claims.domain.choices import FlagStatus
from claims.domain.steps import arguments as ask
from claims.domain.steps.step import ADMINISTRATORS, PROGRAM, REVIEWERS, Need, Section, Step

OPEN_FLAGS = (FlagStatus.OPEN, FlagStatus.SNOOZED)
RIGHT = "flag"  # whoever may take one of them may take all

ROWS = (
    Step(
        name="resolve",
        label=_("Resolve"),
        done=_("Flag resolved."),
        statuses=OPEN_FLAGS,
        roles=REVIEWERS,
        right=RIGHT,
        events=(events.FlagResolved,),
        room="claims.flagging.flag_steps.resolve",
        arguments=(ask.NOTE,),
        undo=True,
        section=Section.ROAD,
    ),
    Step(
        name="dismiss",
        label=_("Dismiss"),
        done=_("Flag dismissed."),
        statuses=OPEN_FLAGS,
        roles=REVIEWERS,
        right=RIGHT,
        events=(events.FlagDismissed,),
        room="claims.flagging.flag_steps.dismiss",
        arguments=(ask.REASON,),
        undo=True,
        grave=True,
        section=Section.END,
    ),
    Step(
        name="snooze",
        label=_("Snooze"),
        done=_("The flag sleeps."),
        statuses=OPEN_FLAGS,
        roles=REVIEWERS,
        right=RIGHT,
        events=(events.FlagSnoozed,),
        room="claims.flagging.flag_steps.snooze",
        arguments=(ask.UNTIL,),
        undo=True,
    ),
    Step(
        name="assign",
        label=_("Assign"),
        done=_("Assigned."),
        statuses=OPEN_FLAGS,
        roles=REVIEWERS,
        right=RIGHT,
        events=(events.FlagAssigned,),
        room="claims.flagging.flag_steps.assign",
        arguments=(ask.TO,),
        section=Section.ROAD,
    ),
    Step(
        name="unassign",
        label=_("Take from whoever has it"),
        done=_("It is nobody’s now."),
        statuses=OPEN_FLAGS,
        needs=(Need(met=lambda s: s.assignee, sentence=_("It is given to nobody.")),),
        roles=REVIEWERS,
        right=RIGHT,
        events=(events.FlagUnassigned,),
        room="claims.flagging.flag_steps.unassign",
    ),
    # The program does so by itself when the cause has ended.
    Step(name="clear", statuses=OPEN_FLAGS, roles=ADMINISTRATORS | PROGRAM, events=(events.FlagCleared,)),
)
