"""The form through which a person captures a text, a file or a page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sources.capturing import capture
from sources.errors import Refusal
from sources.importers import incoming
from sources.registry.names import NoName
from sources.roles import Actor


class CaptureForm(forms.Form):
    """One of text, file or address; the rest where it is known."""

    text = forms.CharField(
        label=_("Text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 16, "cols": 90, "dir": "auto"})
    )
    file = forms.FileField(label=_("File"), required=False, allow_empty_file=True, help_text=_("A plain text or an HTML page."))
    url = forms.CharField(label=_("Address"), required=False, help_text=_("Alone, the page is fetched."))
    title = forms.CharField(label=_("Title"), required=False, widget=forms.TextInput(attrs={"size": 80, "dir": "auto"}))
    outlet = forms.CharField(label=_("Outlet"), required=False, widget=forms.TextInput(attrs={"dir": "auto"}))
    published = forms.CharField(label=_("Published"), required=False, help_text=_("2022-12-31, 2022-12, 2023-21 (spring) …"))
    language = forms.CharField(label=_("Language"), required=False, help_text=_("ar, en …"))

    def capture(self, *, by: Actor) -> capture.Captured | None:
        """Captures what was filled in; None with the form's errors told where it is refused."""
        said = self.cleaned_data
        given = {word: said[word] for word in ("title", "outlet", "published", "language")}
        try:
            if said["file"] is not None:
                return incoming.capture_bytes(said["file"].read(), by=by, url=said["url"], **given)
            if said["text"].strip() or not said["url"].strip():
                return capture.capture(said["text"], by=by, url=said["url"], **given)
            return incoming.capture_address(said["url"], by=by, **given)
        except Refusal as refusal:
            self.add_error(self._field_of(refusal), str(refusal))
            return None

    def _field_of(self, refusal: Refusal) -> str | None:
        """The field that a refusal is about; None for the form as a whole."""
        name = "outlet" if isinstance(refusal, NoName) else refusal.field
        in_file = name == "text" and self.cleaned_data["file"] is not None
        return name if name in self.fields and not in_file else None
