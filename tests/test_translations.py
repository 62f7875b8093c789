"""What the Arabic catalogue must hold: every sentence, compiled, with nothing left to fill in."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import ngettext
from django.utils.translation.template import templatize

from config.embedded import paths
from tests.completeness import told

FOLDER = paths.BASE / "config" / "locale" / "ar" / "LC_MESSAGES"
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]")
# Functions that take a msgid, and which argument is it; "c" is a context.
WORDS = {
    name + lazy: spec
    for lazy in ("", "_lazy")
    for name, spec in {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
} | {"_": None, "gettext_noop": None}


def catalogue() -> Catalog:
    """The catalogue as translators write it."""
    with (FOLDER / "django.po").open("rb") as file:
        return read_po(file)


def sentences(messages: Catalog) -> dict[tuple[str | None, str], tuple[str, ...]]:
    """Context and msgid, and what stands for them."""
    # Babel leaves a compiled context as bytes.
    contexts = ((m.context.decode() if isinstance(m.context, bytes) else m.context, m) for m in messages if m.id)
    return {(context, _ids(m)[0]): _strings(m) for context, m in contexts}


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.mark.parametrize("message", [m for m in catalogue() if m.id], ids=lambda m: _ids(m)[0][:50])
def test_every_sentence_has_its_arabic(message):
    assert all(_strings(message)), "nothing stands for it"
    assert not message.fuzzy
    for form, translated in enumerate(_strings(message)):
        places = set(PLACE.findall(translated))
        # Arabic says one and two of a thing without the number.
        named = {"%(number)s"} if form in (1, 2) else set()
        assert any(places | named == set(PLACE.findall(original)) | named for original in _ids(message))


def test_the_compiled_catalogue_is_the_written_one():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = read_mo(file)
    assert sentences(compiled) == sentences(catalogue()), "run (cd config && ../.venv/bin/python ../manage.py compilemessages -l ar)"


def marked() -> Iterator[tuple[Path, str | None, str]]:
    """Every sentence that the code and the templates mark for translation."""
    for app in ("sources", "claims", "config"):
        for file in sorted([*(paths.BASE / app).rglob("*.py"), *(paths.BASE / app).rglob("*.html")]):
            source = file.read_text(encoding="utf-8")
            if file.suffix == ".html":
                source = templatize(source, origin=str(file))
            for _line, ids, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=WORDS):
                yield file, context, ids if isinstance(ids, str) else ids[0]


def test_no_sentence_of_the_code_is_missing():
    known = sentences(catalogue())
    missing = {f"{file.relative_to(paths.BASE)}: {text}" for file, context, text in marked() if text and (context, text) not in known}
    assert not missing, told(
        [f"django.po has no Arabic of what {each}: add it by hand, beside those of its module." for each in sorted(missing)]
    )


def test_no_sentence_stands_in_the_catalogue_that_no_code_uses_any_more():
    used = {(context, text) for _file, context, text in marked()}
    found = [
        f"“{text}” is marked nowhere: take it out of django.po." for _context, text in sorted(sentences(catalogue()).keys() - used, key=str)
    ]
    assert not found, told(found)


def test_every_file_that_the_catalogue_names_is_there():
    named = {file for message in catalogue() for file, _line in message.locations}
    found = [f"django.po names {file}, which is not there." for file in sorted(named) if not (paths.BASE / file).exists()]
    assert not found, told(found)


# ── a number and its noun

# In Arabic a noun takes another form beside 1, 2, 3 to 10, 11 to 99 and 100. These have none, so that some forms are the same.
WITHOUT_NOUN = {
    "%d for you": "what there is so many of is left to the heading",
    "%d due": "a verb and a pronoun, and no noun",
    "and %(number)s more": "an adjective, which is the same beside every number above two",
    "%(count)d is seen to.": "what there is so many of is left to the page",
    "due this week": "a verb and a pronoun, and no noun",
    "due": "a verb and a pronoun, and no noun",
    "%(number)s cleared": "what there is so many of was named before it",
}
PLURALS = [m for m in catalogue() if m.id and not isinstance(m.id, str)]


@pytest.mark.parametrize("message", PLURALS, ids=lambda m: _ids(m)[0][:50])
def test_every_counted_noun_has_its_six_arabic_forms(message):
    forms = _strings(message)
    assert len(forms) == 6
    assert all(form.strip() for form in forms)
    if message.id[0] in WITHOUT_NOUN:
        return
    _none, one, two, few, many, hundred = (PLACE.sub("", form) for form in forms)
    assert len({one, two}) == 2, "two of a thing is the dual"
    assert two not in (few, many, hundred)
    assert few != hundred, "3 to 10 of a thing are its plural, 100 its singular"


def test_what_is_excused_is_still_there():
    assert set(WITHOUT_NOUN) <= {message.id[0] for message in PLURALS}
    assert set(UNCOUNTED) <= {message.id for message in catalogue() if isinstance(message.id, str)}


# Sentences with a number in which nothing is counted, so that no noun takes a form from it.
UNCOUNTED = {
    "A number from 1 to %d.": "the number itself",
    "Public record number %(number)s issued: this is what readers are shown.": "which number it has",
    "Line %(line)d: %(why)s": "which line it is",
    "this program does not know format %d.": "which format it is",
    "%(name)s stopped after position %(position)d: %(error)s": "which position it is",
    "position %(expected)d was to come, and here is %(found)d.": "which position it is",
    "The log does not reach position %(position)d.": "which position it is",
    "The receiver answered %d; redirections are not followed.": "an HTTP status",
    "The receiver answered %d.": "an HTTP status",
    "The server answered %(status)d.": "an HTTP status",
    "Pages are not fetched from port %(port)d.": "which port it is",
    "%d min": "an abbreviation, the same beside every number",
    "%d h": "an abbreviation, the same beside every number",
    "Revision %(number)s of this %(subject_type)s was vouched for.": "which revision it is",
    "Revision %(number)s of the %(type)s %(id)s is missing.": "which revision it is",
    "Revision %(number)s of the %(type)s %(id)s is not the one that was vouched for.": "which revision it is",
    "Revision %(number)s of the %(type)s %(id)s was changed: its digest is another.": "which revision it is",
    "Who made revision %(number)s of the %(type)s %(id)s, why or when is not what was vouched for.": "which revision it is",
    "Claim %(number)s: %(kind)s, %(who)s": "which claim it is on the page",
    "Claim %(number)s in the text": "which claim it is on the page",
    "Quote %(number)s in the text": "which quote it is on the page",
    "Quote %(n)s": "which quote it is on the page",
    "Claims that people marked in texts themselves: %(n)s": "a label with its number behind a colon",
    "Claims that people marked in texts themselves: %(by_people)s": "a label with its number behind a colon",
    "Claims that say the same, this one included: %(size)s": "a label with its number behind a colon",
    "Others not shown here: %(number)s": "a label with its number behind a colon",
    "cannot be true beside this one: %(n)s": "a label with its number behind a colon",
    "Only the first %(cap)s are listed: filter or search to see the others.": "no noun beside it",
    "Characters are counted from 0; the text has %(length)s.": "no noun beside it",
}
NUMBER = re.compile(
    r"%(?:\((?:count|number|n|size|length|cap|newest|total|events|lines|records|limit|accounts|seconds|by_people)\)s|(?:\(\w+\))?d)"
)
# "%s claims", "%(raised)s open flags": a plural right behind what is filled in.
BESIDE = re.compile(
    r"%(?:\(\w+\))?s (?:[a-z]+ )?(?:claims|flags|events|texts|lines|records|pages|articles|documents|sources|accounts|figures|rows|tasks"
    r"|webhooks|bytes|characters|letters|words|seconds|minutes|hours|days|weeks|months|years|times|proposals|findings|revisions|changes)\b"
)


@pytest.mark.parametrize("text", [m.id for m in catalogue() if m.id and isinstance(m.id, str)])
def test_no_number_meets_a_noun_without_its_forms(text):
    assert text in UNCOUNTED or not (NUMBER.search(text) or BESIDE.search(text)), "count it with ngettext, or say here what it is"


def test_the_forms_are_those_of_the_number():
    with translation.override("ar"):
        told = [ngettext("%(number)s claim", "%(number)s claims", number) % {"number": number} for number in (1, 2, 3, 10, 11, 46, 99, 100)]
    assert told == ["ادعاء واحد", "ادعاءان", "3 ادعاءات", "10 ادعاءات", "11 ادعاءً", "46 ادعاءً", "99 ادعاءً", "100 ادعاء"]
