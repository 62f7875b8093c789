"""What the forms of steps are made of."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.domain.state import ClaimState, FlagState
from sources import roles
from sources.models import new_id
from sources.text.edtf import Basis, ImpreciseDate, NotEDTF, canonical

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


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
            edtf = canonical(written, timezone.get_default_timezone())
        except NotEDTF as error:
            raise forms.ValidationError(_("This is not a date as it is written here: see the examples.")) from error
        # Nothing in a text says it: an editor worked it out.
        return ImpreciseDate(edtf=edtf, basis=Basis.CONTEXT)


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


class ColleagueField(forms.ChoiceField):
    """Somebody who has a role at this desk; why not is told in a sentence, since they may have lost it while the form was open."""

    def validate(self, value: Any) -> None:
        """Asks as the rooms do."""
        forms.Field.validate(self, value)
        if why := roles.why_no_colleague(value):
            raise forms.ValidationError(why)

    def fit(self, state: ClaimState | FlagState) -> None:
        """Offers those that there are now."""
        colleagues = roles.colleagues("act").order_by("username").values_list("username", flat=True)
        self.choices = [("", "—"), *((name, name) for name in colleagues)]


class OtherField(forms.CharField):
    """Another claim, by its address or its id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text=_("Its address or its id."), widget=forms.TextInput(attrs={"dir": "ltr"}), **kwargs)

    def clean(self, value: Any) -> UUID:
        """The id in what was pasted."""
        found = _UUID.search(super().clean(value))
        if found is None:
            raise forms.ValidationError(_("There is no claim's id in this."))
        return UUID(found[0])


class BulkReasonForm(forms.Form):
    """Why are these turned down?"""

    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))
