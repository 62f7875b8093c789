"""The forms that put a claim right: what was written down wrongly, and what was written down twice."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from claims.admin.formatting import isolated
from claims.admin.forms import ImpreciseField, StepForm
from claims.domain.choices import Comparator, Kind, Polarity, Relation
from claims.domain.values import Figure, SpeakerAsRead
from sources.models import NAMED_TYPES, SpeakerType
from sources.registry import speakers

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


# What a figure tells.
FIGURE_ROLES = {
    "level": _("a level"),
    "change": _("a change"),
    "share": _("a share"),
    "rank": _("a rank"),
    "duration": _("a duration"),
}
MOST_FIGURES = 6  # that a form asks about


class ReviseForm(StepForm):
    """What should it say? Only what differs is sent on."""

    statement = forms.CharField(label=_("Statement"), widget=forms.Textarea)
    denial = forms.BooleanField(
        label=_("The speaker denies it"),
        required=False,
        help_text=_("The statement says so in words; the quote is what was denied."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    speaker_type = forms.ChoiceField(label=_("Kind of speaker"), choices=SpeakerType.choices)
    speaker_name = forms.CharField(label=_("Speaker, as read"), max_length=300, required=False)
    said_on = ImpreciseField(label=_("Said on"))
    source = forms.CharField(label=_("Source, as named"), max_length=500, required=False)
    scope = ImpreciseField(label=_("About when"))
    polarity = forms.ChoiceField(label=_("Polarity"), choices=Polarity.choices, required=False)
    superlative = forms.BooleanField(label=_("It claims a record"), required=False)
    criteria = forms.CharField(label=_("How it will be settled"), widget=forms.Textarea, required=False)
    tags = forms.CharField(label=_("Tags, with commas between"), required=False)
    notes = forms.CharField(label=_("Notes"), widget=forms.Textarea, required=False)
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = self.state.said
        self.initial |= {
            "statement": said.statement,
            "denial": said.denial,
            "kind": said.kind.value,
            "speaker_type": said.speaker.type,
            "speaker_name": said.speaker.name,
            "said_on": _edtf(said.said_on),
            "source": said.source,
            "scope": _edtf(said.scope),
            "polarity": said.polarity.value,
            "superlative": said.superlative,
            "criteria": said.criteria,
            "tags": ", ".join(said.tags),
            "notes": said.notes,
        }
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
        for name in ("statement", "kind", "source", "criteria", "notes"):
            if self._sent(name) and given[name].replace("\r\n", "\n") != getattr(said, name):
                changes[name] = given[name].replace("\r\n", "\n")
        if given["denial"] != said.denial:
            changes["denial"] = given["denial"]
        if (tags := _listed(given["tags"])) != list(said.tags):
            changes["tags"] = tags
        for name in ("said_on", "scope"):
            if self._sent(name) and _edtf(given[name]) != _edtf(getattr(said, name)):
                changes[name] = msgspec.to_builtins(given[name])
        for name in ("polarity", "superlative"):
            if given[name] not in ("", getattr(said, name)):
                changes[name] = given[name]
        if (figures := self._figures()) != said.quantities:
            changes["quantities"] = msgspec.to_builtins(figures)
        if (given["speaker_type"], given["speaker_name"]) != (said.speaker.type, said.speaker.name):
            changes["speaker"] = msgspec.to_builtins(self._speaker(given["speaker_type"], given["speaker_name"].strip()))
        return changes

    def _sent(self, name: str) -> bool:
        """Was there anything in this field, be it nothing? What a page of an older day did not ask stays as it is."""
        return self.add_prefix(name) in self.data

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


class MergeForm(StepForm):
    """Into which?"""

    into = OtherField(label=_("The claim that goes on for both"))
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea, required=False)


class LinkForm(StepForm):
    """What is it to which other?"""

    relation = forms.ChoiceField(label=_("This claim …"), choices=[("", "—"), *Relation.choices])
    other = OtherField(label=_("The other claim"))
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea, required=False)


def _listed(tags: str) -> list[str]:
    return [tag.strip() for tag in re.split("[,،]", tags) if tag.strip()]


def _edtf(when: Any) -> str:
    return (when.edtf or "") if when else ""
