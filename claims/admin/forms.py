"""What each step asks of a person."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from claims.admin import sentences
from claims.domain.choices import RATINGS, Rating, Stance, scheme_for
from claims.domain.state import ClaimState, FlagState
from claims.domain.values import Exhibit
from sources import roles
from sources.models import Snapshot, new_id
from sources.text.edtf import Basis, ImpreciseDate, NotEDTF, span


class ImpreciseField(forms.CharField):
    """A date in EDTF, as precisely as it is known."""

    def __init__(self, **kwargs: Any) -> None:
        examples = _("2023, 2023-05, 2023-05-31, 2023-21 (spring), 2023-33 (first quarter) or 2022/2023. Empty: it has no date.")
        super().__init__(required=False, help_text=examples, widget=forms.TextInput(attrs={"dir": "ltr"}), **kwargs)

    def clean(self, value: Any) -> ImpreciseDate | None:
        """The date, as a span of days that it may mean."""
        written = super().clean(value).strip()
        if not written:
            return None
        try:
            span(written)
        except NotEDTF as error:
            raise forms.ValidationError(_("This is not a date as it is written here: see the examples.")) from error
        # Nothing in a text says it: an editor worked it out.
        return ImpreciseDate(edtf=written, basis=Basis.CONTEXT)


class StepForm(forms.Form):
    """A step that asks nothing. Hidden: the version its reader saw, and a key that makes a second click harmless."""

    after = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    state: Any  # a claim's or a flag's, as the form is for
    data: Any
    initial: dict[str, Any]
    fields: dict[str, Any]

    def __init__(self, data: Any = None, *, state: ClaimState | FlagState, step: str, **kwargs: Any) -> None:
        super().__init__(data, prefix=step, auto_id=f"id_{state.id}_%s", **kwargs)
        self.state = state
        self.initial |= {"after": state.version, "key": new_id()}
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs |= {"rows": 3, "dir": "auto"}
            elif isinstance(field, forms.CharField) and not isinstance(field, forms.URLField):
                field.widget.attrs.setdefault("dir", "auto")
            if field.required and name not in ("after", "key"):
                field.widget.attrs["aria-required"] = "true"

    def again(self) -> None:
        """Makes the form ready to be sent again as it was filled in, by somebody who now sees the present version."""
        self.data = self.data.copy()
        self.data[self.add_prefix("after")] = str(self.state.version)
        self.data[self.add_prefix("key")] = str(new_id())

    @property
    def said(self) -> dict[str, Any]:
        """What the step itself was given."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("after", "key")}


class ReasonForm(StepForm):
    """Why?"""

    reason = forms.CharField(label=_("Why"), widget=forms.Textarea)


class MaybeReasonForm(StepForm):
    """Why, if there is something to say?"""

    reason = forms.CharField(label=_("Note"), widget=forms.Textarea, required=False)


class ColleagueField(forms.ChoiceField):
    """Somebody who has a role at this desk; why not is told in a sentence, since they may have lost it while the form was open."""

    def validate(self, value: Any) -> None:
        """Asks as the rooms do."""
        forms.Field.validate(self, value)
        if why := roles.why_no_colleague(value):
            raise forms.ValidationError(why)


class RereadForm(MaybeReasonForm):
    """Why? With what would be taken over, field by field: what stands there and what is read now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer = getattr(self.state, "offered_reading", None)
        if offer is not None:
            lines = [(line,) for line in sentences.offered(self.state.said, offer.changes)]
            self.fields["reason"].help_text = format_html_join("", "{}<br>", lines)


class AssignForm(StepForm):
    """To whom?"""

    to = ColleagueField(label=_("To"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = roles.colleagues("act").order_by("username").values_list("username", flat=True)
        self.fields["to"].choices = [("", "—"), *((name, name) for name in colleagues)]


class ScheduleForm(StepForm):
    """When will it be due?"""

    due = ImpreciseField(label=_("Due"))
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due = self.state.said.due
        self.initial["due"] = (due.edtf or "") if due else ""


class RegisterForm(StepForm):
    """By what will it be settled?"""

    criteria = forms.CharField(label=_("How it will be settled"), widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["criteria"] = self.state.said.criteria


class EvidenceForm(StepForm):
    """What speaks for the claim or against it?"""

    stance = forms.ChoiceField(label=_("What it does to the claim"), choices=Stance.choices)
    url = forms.URLField(label=_("Address"), required=False, assume_scheme="https", max_length=2000)
    archived = forms.URLField(label=_("Archived copy"), required=False, assume_scheme="https", max_length=2000)
    snapshot = forms.UUIDField(label=_("Snapshot (its id)"), required=False)
    note = forms.CharField(label=_("Note"), widget=forms.Textarea, required=False)

    def clean_snapshot(self) -> UUID | None:
        """A snapshot that is there."""
        snapshot: UUID | None = self.cleaned_data["snapshot"]
        if snapshot and not Snapshot.objects.filter(pk=snapshot).exists():
            raise forms.ValidationError(_("There is no such snapshot."))
        return snapshot

    @property
    def said(self) -> dict[str, Any]:
        """The exhibit."""
        given = super().said
        snapshot = str(given["snapshot"]) if given["snapshot"] else None
        return {"exhibit": Exhibit(**given | {"stance": Stance(given["stance"]), "snapshot": snapshot})}


class WithdrawEvidenceForm(StepForm):
    """Which piece, and why?"""

    evidence = forms.ChoiceField(label=_("Which"))
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].choices = [("", "—"), *_exhibits(self.state)]


def _exhibits(state: ClaimState) -> list[tuple[str, str]]:
    """The evidence that stands, by its id."""
    return [(piece.id, piece.exhibit.note or piece.exhibit.url or str(piece.exhibit.snapshot)) for piece in state.exhibits]


class VerdictForm(StepForm):
    """How is it judged?"""

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

    @property
    def said(self) -> dict[str, Any]:
        """The verdict."""
        given = super().said
        return given | {"evidence": tuple(given.get("evidence", ()))}


class ApproveCorrectionForm(StepForm):
    """Which one was looked at: hidden, so that another that waits by then is not approved unseen."""

    correction = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = self.state.correction
        self.initial["correction"] = waiting.id if waiting else None


class ReturnCorrectionForm(ApproveCorrectionForm):
    """Why is it sent back?"""

    reason = forms.CharField(label=_("Why"), widget=forms.Textarea)


class SnoozeForm(StepForm):
    """Until when?"""

    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].widget.attrs["min"] = (timezone.localdate() + timedelta(days=1)).isoformat()


class BulkReasonForm(forms.Form):
    """Why are these turned down?"""

    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))
