"""Language tags (BCP 47): which are taken, how they are written, what they are called."""

import re

from babel import Locale, UnknownLocaleError
from django.utils.translation import gettext_lazy as _

from sources.errors import Category, Refusal

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-[a-z]{3}){0,3}(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?",
    re.IGNORECASE,
)
_TWO_LETTERS = frozenset(code for code in map(str, Locale("en").languages) if len(code) == 2)


def name_of(tag: str, language: str) -> str:
    """What a language is called in another one (both tags); a tag that nobody there has a name for as it is written."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(language) or tag
    except (ValueError, UnknownLocaleError):
        return tag


class UnknownLanguage(Refusal, ValueError):
    """Not a language tag of BCP 47: write ar, en, ar-SA or zh-Hant."""

    sentence = _("Not a language tag of BCP 47: write ar, en, ar-SA or zh-Hant.")
    category, title, field = Category.INVALID, _("Unknown language"), "language"


def tag(language: str) -> str:
    """The tag as it is written by custom (ar-SA, zh-Hant); empty stays empty. Raises UnknownLanguage."""
    language = language.strip().replace("_", "-")
    if not language:
        return ""
    found = _TAG.fullmatch(language)
    # CLDR knows every two-letter code there is; of the thousands of three-letter ones, only the better known.
    if not found or len(language) > 35 or (len(found["language"]) == 2 and found["language"].lower() not in _TWO_LETTERS):
        raise UnknownLanguage(language[:50])
    written = [found["language"].lower()]
    for part in language.split("-")[1:]:
        if part == found["script"]:
            written.append(part.title())
        elif part == found["region"]:
            written.append(part.upper())
        else:
            written.append(part.lower())
    return "-".join(written)
