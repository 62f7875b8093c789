"""The form of each step, made from its row in the table of steps; what the desk asks otherwise than the row says stands here by name."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from claims.admin import sentences
from claims.admin.corrections import ReviseForm
from claims.admin.forms import ColleagueField, ImpreciseField, OtherField, StepForm
from claims.domain.choices import RATINGS, Rating, Stance, scheme_for
from claims.domain.state import ClaimState
from claims.domain.steps import STEPS, Argument, Step, Type
from sources.models import Snapshot
from sources.text.edtf import ImpreciseDate


class SnapshotField(forms.UUIDField):
    """A snapshot that is there."""

    def clean(self, value: Any) -> UUID | None:
        """Its id."""
        snapshot: UUID | None = super().clean(value)
        if snapshot and not Snapshot.objects.filter(pk=snapshot).exists():
            raise forms.ValidationError(_("There is no such snapshot."))
        return snapshot


class EvidenceField(forms.ChoiceField):
    """One of the pieces of evidence that stand beside the claim."""

    def fit(self, state: ClaimState) -> None:
        """Offers those that there are."""
        self.choices = [("", "—"), *_exhibits(state)]


class CorrectionField(forms.UUIDField):
    """The correction that was looked at: hidden, so that another that waits by then is not approved unseen."""

    widget = forms.HiddenInput

    def fit(self, state: ClaimState) -> None:
        """Names the one that waits now."""
        self.initial = state.correction.id if state.correction else None


def _exhibits(state: ClaimState) -> list[tuple[str, str]]:
    """The evidence that stands, by its id."""
    return [(piece.id, piece.exhibit.note or piece.exhibit.url or str(piece.exhibit.snapshot)) for piece in state.exhibits]


def _day(argument: Argument) -> forms.Field:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=argument.label, required=argument.required, widget=widget)


def _choice(argument: Argument) -> forms.Field:
    assert argument.choices is not None
    return forms.ChoiceField(label=argument.label, required=argument.required, choices=[("", "—"), *argument.choices.choices])


FIELDS: dict[Type, Callable[[Argument], forms.Field]] = {
    Type.LINE: lambda a: forms.CharField(label=a.label, required=a.required),
    Type.TEXT: lambda a: forms.CharField(label=a.label, required=a.required, widget=forms.Textarea),
    Type.CHOICE: _choice,
    Type.ADDRESS: lambda a: forms.URLField(label=a.label, required=a.required, assume_scheme="https", max_length=a.longest),
    Type.DAY: _day,
    Type.WHEN: lambda a: ImpreciseField(label=a.label),
    Type.COLLEAGUE: lambda a: ColleagueField(label=a.label),
    Type.CLAIM: lambda a: OtherField(label=a.label),
    Type.SNAPSHOT: lambda a: SnapshotField(label=a.label, required=a.required),
    Type.EVIDENCE: lambda a: EvidenceField(label=a.label),
    Type.CORRECTION: lambda a: CorrectionField(),
}


class RowForm(StepForm):
    """What the row of a step asks for."""

    row: ClassVar[Step]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for argument in self.row.arguments:
            if argument.prefilled:
                self.initial[argument.name] = _as_typed(getattr(self.state.said, argument.name))
        for field in self.fields.values():
            if hasattr(field, "fit"):
                field.fit(self.state)

    @property
    def said(self) -> dict[str, Any]:
        """What the room is given."""
        return dict(self.row.for_room(super().said))


def _as_typed(value: Any) -> str:
    """What a claim has, as a person would type it."""
    if isinstance(value, ImpreciseDate):
        return value.edtf or ""
    return value or ""


class RegisterForm(RowForm):
    """It begins with what the claim says; whoever empties it has to say something else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criteria"].required = True
        self.fields["criteria"].widget.attrs["aria-required"] = "true"


class RereadForm(RowForm):
    """With what would be taken over, field by field: what stands there and what is read now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer = getattr(self.state, "offered_reading", None)
        if offer is not None:
            lines = [(line,) for line in sentences.offered(self.state.said, offer.changes)]
            self.fields["reason"].help_text = format_html_join("", "{}<br>", lines)


class EvidenceForm(RowForm):
    """Most evidence supports what it stands beside: that is chosen to begin with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stance"].choices = Stance.choices


class SnoozeForm(RowForm):
    """No earlier than tomorrow."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].widget.attrs["min"] = (timezone.localdate() + timedelta(days=1)).isoformat()


class VerdictForm(RowForm):
    """The ratings of the claim's kind, and the evidence that it has."""

    row = STEPS["verdict"]

    rating = forms.ChoiceField(
        label=_("Rating"), help_text=_("It judges the statement as it reads: where somebody denies something, whether the denial is right.")
    )
    rationale = forms.CharField(label=_("Rationale"), widget=forms.Textarea)
    known_since = forms.DateField(
        label=_("Known since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day since when the outcome was known, if you know it."),
    )
    evidence = forms.MultipleChoiceField(label=_("Resting on"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ratings = RATINGS[scheme_for(self.state.said.kind)]
        self.fields["rating"].choices = [("", "—"), *((r.value, Rating(r).label) for r in ratings)]
        exhibits = _exhibits(self.state)
        self.fields["evidence"].choices = exhibits
        if not exhibits:
            del self.fields["evidence"]


# Forms of the desk's own, and what is added to those that a row makes.
WHOLE: dict[str, type[StepForm]] = {"revise": ReviseForm, "verdict": VerdictForm}
ADDED: dict[str, type[RowForm]] = {"register": RegisterForm, "reread": RereadForm, "evidence": EvidenceForm, "snooze": SnoozeForm}


def form_of(step: Step) -> type[StepForm]:
    """The form of a step."""
    if step.name in WHOLE:
        return WHOLE[step.name]
    fields = {each.name: FIELDS[each.type](each) for each in step.arguments}
    made: type[StepForm] = type(f"{step.name}-form", (ADDED.get(step.name, RowForm),), {"row": step, "__module__": __name__, **fields})
    return made
