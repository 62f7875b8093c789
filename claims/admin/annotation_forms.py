"""What marking words of an article asks: where they stand, and whose they are."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.admin.forms import StepForm
from claims.admin.steps import Button
from claims.intake import annotation
from sources.models import new_id


def _place(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, required=False, widget=forms.NumberInput(attrs={"dir": "ltr", "inputmode": "numeric"})
    )


class PlaceForm(StepForm):
    """Where do the words stand? `words` is what the reader of the page chose, so that a slip is noticed."""

    start = _place(_("From character"))
    end = _place(_("To character"))
    words = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= {"start": self.state.said.start, "end": self.state.said.end}
        self.fields["start"].required = self.fields["end"].required = True


class SpeakerForm(PlaceForm):
    """Who is it: a name that the article has, or the words where one stands?"""

    like = forms.UUIDField(label=_("Who speaks"), required=False, widget=forms.Select)
    field_order = ("like", "start", "end")

    def __init__(self, *args: Any, names: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speaker = self.state.said.speaker
        self.initial |= {"start": speaker.mention_start, "end": speaker.mention_end}
        self.fields["start"].required = self.fields["end"].required = False
        self.fields["like"].widget.choices = [("", _("the name that stands at this place:")), *names]


class ProposeForm(forms.Form):
    """A claim that the reader has missed: where does it stand?"""

    key = forms.UUIDField(widget=forms.HiddenInput)
    start = _place(_("From character"))
    end = _place(_("To character"))
    words = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="propose", initial={"key": new_id()})
        self.fields["start"].required = self.fields["end"].required = True


MARKS = {
    "quote": Button("quote", _("Make this the quote"), PlaceForm, annotation.quote, _("The quote was changed.")),
    "speaker": Button("speaker", _("This is the speaker"), SpeakerForm, annotation.speaker, _("The speaker was changed.")),
}
