"""The base class of what this program refuses to do: each refusal carries a sentence that a person reads, in their own language."""

from collections.abc import Mapping
from enum import Enum, auto
from typing import Any

from django.utils.translation import gettext_lazy as _


class Category(Enum):
    """What sort of refusal it is. A door says in its own terms what each comes to: an HTTP status, a form's error, an exit code."""

    INVALID = auto()  # what was given cannot be taken, now or later
    FORBIDDEN = auto()  # not by whoever asks
    MISSING = auto()  # there is nothing to do it with
    CONFLICT = auto()  # not as things stand now
    TOO_LARGE = auto()  # more than this install takes
    UPSTREAM = auto()  # another server is in the way
    UNAVAILABLE = auto()  # not yet: the same may be asked again in a moment


class Refusal(Exception):
    """Something was asked for and is not done; nothing was changed. `str()` gives the sentence in the active language.

    `sentence` is marked for translation and may have places for `words`, as in "… needs the role of %(role)s."; a class has its own,
    a single refusal may bring another. `about` is what was refused, in brackets after it. `title` is a headline of few words, `field`
    the name of the input that is wrong, where it is always the same one; `code` is what programs know it by.
    """

    sentence: Any = _("This cannot be done.")
    title: Any = ""
    field: str = ""
    category: Category = Category.CONFLICT
    code: str | None = None  # from the class's name where it is None; empty: nothing but its sentence tells it from others

    def __init__(self, about: object = "", /, *, sentence: Any = None, **words: object) -> None:
        super().__init__(about)
        if sentence is not None:
            self.sentence = sentence
        self.about, self.words = about, words

    def __str__(self) -> str:
        said = str(self.sentence) % self.words if self.words else str(self.sentence)
        about = str(self.about)
        return f"{said} ({about})" if about else said

    @property
    def errors(self) -> Mapping[str, object]:
        """What is wrong, by the name of the input."""
        return {self.field: str(self)} if self.field else {}
