"""The form that puts a claim right: what was written down wrongly."""

from dataclasses import replace
from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from claims.admin import field_forms
from claims.admin.formatting import isolated
from claims.admin.forms import StepForm
from claims.domain.choices import Comparator
from claims.domain.fields import Door, shown_in
from claims.domain.values import Figure, SpeakerAsRead
from sources.models import NAMED_TYPES, SpeakerType
from sources.registry import speakers

# What a figure tells.
FIGURE_ROLES = {
    "level": _("a level"),
    "change": _("a change"),
    "share": _("a share"),
    "rank": _("a rank"),
    "duration": _("a duration"),
}
MOST_FIGURES = 6  # that a form asks about


# What the table of fields does not say of the form: words of its own, and what it asks in several questions.
_WORDED: dict[str, dict[str, Any]] = {
    "denial": {"label": _("The speaker denies it"), "help_text": _("The statement says so in words; the quote is what was denied.")},
    "said_on": {"label": _("Said on")},
    "source": {"label": _("Source, as named")},
    "superlative": {"label": _("It claims a record")},
    "tags": {"label": _("Tags, with commas between")},
}
_OWN = ("speaker", "quantities")  # who it is, and how each figure is meant
_FIRST = ("statement", "denial", "kind", "speaker", "said_on", "source")  # in the form; the others as in the table
_PLAIN = tuple(field for field in shown_in(Door.FORM) if field.name not in _OWN)


class ReviseForm(StepForm):
    """What should it say? Only what differs is sent on."""

    reason = forms.CharField(label=_("Why"), widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = self.state.said
        self.initial |= {field.name: field_forms.initial(field, getattr(said, field.name)) for field in _PLAIN}
        self.initial |= {"speaker_type": said.speaker.type, "speaker_name": said.speaker.name}
        reason = self.fields.pop("reason")
        for n, figure in enumerate(said.quantities[:MOST_FIGURES]):
            self._ask_how_meant(n, figure)
        self.fields["reason"] = reason

    def _ask_how_meant(self, n: int, figure: Figure) -> None:
        """Two readings of one wording are told apart here: "reach 200" may be at least that much, "rose 5 %" a change."""
        words = {"words": isolated(figure.text)}
        compared = [each for each in Comparator.choices if each[0] != Comparator.BETWEEN or figure.value_max is not None]
        roles = list(({figure.role: figure.role} | FIGURE_ROLES).items())
        for name, label, choices in (
            ("comparator", _("“%(words)s” is meant as") % words, compared),
            ("role", _("“%(words)s” tells") % words, roles),
        ):
            self.fields[f"figure_{n}_{name}"] = forms.ChoiceField(label=label, choices=choices, required=False)
            self.initial[f"figure_{n}_{name}"] = getattr(figure, name)

    def _figures(self) -> tuple[Figure, ...]:
        given, figures = self.cleaned_data, list(self.state.said.quantities)
        for n, figure in enumerate(figures[:MOST_FIGURES]):
            comparator, role = given.get(f"figure_{n}_comparator"), given.get(f"figure_{n}_role")
            figures[n] = replace(figure, comparator=Comparator(comparator or figure.comparator), role=role or figure.role)
        return tuple(figures)

    def clean(self) -> dict[str, Any] | None:
        """Something must differ."""
        given = super().clean()
        if not self.errors and not self.changes:
            raise forms.ValidationError(_("Nothing was changed."))
        return given

    @property
    def changes(self) -> dict[str, Any]:
        """The fields that differ from what the claim says, as plain values."""
        given, said, changes = self.cleaned_data, self.state.said, {}
        for field in _PLAIN:
            sent = self.add_prefix(field.name) in self.data
            value = field_forms.changed(field, given[field.name], getattr(said, field.name), sent=sent)
            if value is not field_forms.UNCHANGED:
                changes[field.name] = value
        if (figures := self._figures()) != said.quantities:
            changes["quantities"] = msgspec.to_builtins(figures)
        if (given["speaker_type"], given["speaker_name"]) != (said.speaker.type, said.speaker.name):
            changes["speaker"] = msgspec.to_builtins(self._speaker(given["speaker_type"], given["speaker_name"].strip()))
        return changes

    def _speaker(self, type: str, name: str) -> SpeakerAsRead:  # noqa: A002 - the newsroom's word
        """Another name is somebody else: the title and the place of the mention go with the old one."""
        known = speakers.find(name, type=type) if name and type in NAMED_TYPES else None
        before = self.state.said.speaker
        title = before.title if before.name == name else ""
        return SpeakerAsRead(type=type, name=name, title=title, id=str(known.pk) if known else None)

    @property
    def said(self) -> dict[str, Any]:
        """The correction and its reason."""
        return {"changes": self.changes, "reason": self.cleaned_data["reason"]}


def _questions() -> dict[str, forms.Field]:
    """What the form asks of the fields of the table, in its order."""
    speaker: dict[str, forms.Field] = {
        "speaker_type": forms.ChoiceField(label=_("Kind of speaker"), choices=SpeakerType.choices),
        "speaker_name": forms.CharField(label=_("Speaker, as read"), max_length=300, required=False),
    }
    asked: dict[str, forms.Field] = {}
    for field in shown_in(Door.FORM, first=_FIRST):
        if field.name == "speaker":
            asked |= speaker
        elif field.name not in _OWN:
            asked[field.name] = field_forms.form_field(field, _WORDED.get(field.name, {}))
    return asked


ReviseForm.base_fields |= _questions()
