"""The form through which a person captures a text, a file or a page."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sources import fetching
from sources.capturing import capture
from sources.fetching import addresses
from sources.importers import incoming, web
from sources.registry import languages, names
from sources.roles import Actor, NotAllowed
from sources.text.edtf import NotEDTF

# Which field of the form an exception is about.
_FIELDS: dict[type[Exception], str | None] = {
    addresses.NotAnAddress: "url",
    fetching.NotFetched: "url",
    languages.UnknownLanguage: "language",
    names.NoName: "outlet",
    capture.TitleTooLong: "title",
    NotEDTF: "published",
    capture.EmptyText: "text",
    capture.BinaryText: None,
    capture.NotUTF8: None,
    capture.TextTooLong: None,
    web.NoArticle: None,
    NotAllowed: None,
}


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
        except tuple(_FIELDS) as error:
            own, plain = str(error), " ".join((type(error).__doc__ or "").split())
            self.add_error(_FIELDS[type(error)], own if own.startswith(plain) or " " in own else gettext(plain))
            return None
