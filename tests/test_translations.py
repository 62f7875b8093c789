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
from django.utils.translation.template import templatize

from config.local import places

FOLDER = places.BASE / "config" / "locale" / "ar" / "LC_MESSAGES"
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
    assert sentences(compiled) == sentences(catalogue()), "run manage.py compilemessages"


def marked() -> Iterator[tuple[Path, str | None, str]]:
    """Every sentence that the code and the templates mark for translation."""
    for app in ("sources", "claims", "config"):
        for file in sorted([*(places.BASE / app).rglob("*.py"), *(places.BASE / app).rglob("*.html")]):
            source = file.read_text(encoding="utf-8")
            if file.suffix == ".html":
                source = templatize(source, origin=str(file))
            for _line, ids, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=WORDS):
                yield file, context, ids if isinstance(ids, str) else ids[0]


def test_no_sentence_of_the_code_is_missing():
    known = sentences(catalogue())
    missing = {f"{file.relative_to(places.BASE)}: {text}" for file, context, text in marked() if text and (context, text) not in known}
    assert not missing, "run manage.py makemessages -l ar, and translate"
