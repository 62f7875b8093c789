"""The rule `nobody-named`: somebody can be held to it."""

from datetime import date

import pytest

from claims import rules
from claims.domain.values import SpeakerAsRead
from claims.rules.context import ALONE
from claims.rules.nobody_named import nobody_named
from sources.models import SpeakerType
from tests import make

pytestmark = pytest.mark.django_db
TODAY = date(2023, 1, 1)


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (SpeakerType.PERSON, 0),
        (SpeakerType.ORGANISATION, 0),
        (SpeakerType.NARRATOR, 0),
        (SpeakerType.UNNAMED_ROLE, 1),
        (SpeakerType.UNNAMED_GROUP, 1),
        (SpeakerType.UNATTRIBUTED_PASSIVE, 1),
    ],
)
def test_only_the_unnamed_are_asked_about(kind, found):
    claim = make.claim(speaker=SpeakerAsRead(type=kind, name="مسؤول كبير"))
    assert len(list(nobody_named(claim, ALONE, TODAY, {}))) == found


def test_it_repeats_the_words_of_the_text():
    found = next(nobody_named(make.claim(speaker=SpeakerAsRead(type="unnamed_role", name="مسؤول كبير")), ALONE, TODAY, {}))
    assert "مسؤول كبير" in rules.sentence("nobody-named", found.code, found.parameters)[0]


def test_a_percent_sign_in_the_words_does_no_harm():
    found = next(nobody_named(make.claim(speaker=SpeakerAsRead(type="unnamed_role", name="100 % of %(them)s")), ALONE, TODAY, {}))
    assert "100 % of %(them)s" in rules.sentence("nobody-named", found.code, found.parameters)[0]
