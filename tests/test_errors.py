"""What every refusal of the program must have: a sentence, in Arabic too, and one status wherever it is refused."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from rest_framework.exceptions import APIException

import claims
import sources
from sources.api import problems
from sources.errors import Category, Refusal

# Exceptions that nobody reads: what they are for instead.
UNREAD = {
    "LeaseLost": "another worker has the work, and this one stops",
    "Denied": "the watch waits",
    "Unavailable": "the watch waits",
    "Busy": "the watch waits",
    "Wait": "the watch waits",
    "Torn": "says what is wrong with a record in the middle of a sentence",
    "_OneMember": "the file is read in another way",
    "_KeyRaced": "the answer of whoever was first is read",
    "Undelivered": "kept on the digest, and tried again",
    "NotEDTF": "the reader's own: whoever takes a date from a person says it in their words",
    "TooNew": "the program is older than its data: nothing but an upgrade helps",
    "NoWayUp": "a step of upcasting was forgotten",
    "Refused": "the program wrote what is never written: a mistake in it",
    "NeverChanged": "the program wrote what is never written: a mistake in it",
    "OnlyRead": "the program wrote what is never written: a mistake in it",
}


def exceptions() -> Iterator[type[BaseException]]:
    """Every class of exceptions that the two apps define."""
    for package in (sources, claims):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" in found.name:
                continue
            module = importlib.import_module(found.name)
            for value in vars(module).values():
                if isinstance(value, type) and issubclass(value, BaseException) and value.__module__ == module.__name__:
                    yield value


def refusals() -> list[type[Refusal]]:
    """Every class of refusals, by name."""
    return sorted({each for each in exceptions() if issubclass(each, Refusal)}, key=lambda each: (each.__module__, each.__qualname__))


def test_whatever_a_person_reads_is_a_refusal():
    strange = {e.__name__ for e in exceptions() if not issubclass(e, Refusal | APIException | ValidationError)}
    assert strange == set(UNREAD)


@pytest.mark.parametrize("refusal", refusals(), ids=lambda each: each.__name__)
def test_a_refusal_has_a_sentence_in_both_languages(refusal):
    with translation.override("en"):
        sentence, title = str(refusal.sentence), str(refusal.title)
    assert sentence.endswith((".", "%(why)s"))
    with translation.override("ar"):
        assert str(refusal.sentence) != sentence
        assert not title or str(refusal.title) != title
    assert refusal.category in problems.STATUS


def test_a_refusal_reads_in_the_language_of_whoever_reads_it():
    refusal = Refusal("example.org")
    with translation.override("en"):
        assert str(refusal) == "This cannot be done. (example.org)"
    with translation.override("ar"):
        assert str(refusal) == f"{Refusal.sentence} (example.org)"


def test_words_of_a_refusal_may_hold_per_cent():
    assert str(Refusal(sentence="All of 100% is gone.")) == "All of 100% is gone."
    assert str(Refusal("100%", sentence="%(share)s is gone.", share="5%")) == "5% is gone. (100%)"


def test_each_category_has_a_status_of_its_own():
    assert set(problems.STATUS) == set(Category)
    assert len(set(problems.STATUS.values())) == len(Category)
