"""A list says how many rows it has in words that fit the number: «47 تنبيهًا», not «47 تنبيهات»."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import translation

from claims.models import Claim, Flag
from config.templatetags.counted import NOUNS, counted
from sources.capturing.capture import capture
from tests import make


def test_every_list_of_the_admin_has_its_noun():
    assert {model._meta.label_lower for model in admin.site._registry} == NOUNS.keys()


@pytest.mark.parametrize(("number", "claims", "flags"), [
    (1, "ادعاء واحد", "تنبيه واحد"), (2, "ادعاءان", "تنبيهان"), (5, "5 ادعاءات", "5 تنبيهات"),
    (46, "46 ادعاءً", "46 تنبيهًا"), (47, "47 ادعاءً", "47 تنبيهًا"), (100, "100 ادعاء", "100 تنبيه"), (103, "103 ادعاءات", "103 تنبيهات"),
])  # fmt: skip
def test_the_noun_takes_its_form_from_the_number(number, claims, flags):
    with translation.override("ar"):
        assert (counted(number, Claim._meta), counted(number, Flag._meta)) == (claims, flags)
    with translation.override("en"):
        assert counted(number, Claim._meta) == f"{number} claim{'' if number == 1 else 's'}"


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "told"), [("en", "3 documents"), ("ar", "3 وثائق")])
def test_a_list_tells_its_number_in_words(admin_client, language, told):
    for number in range(3):
        capture(f"قال الوزير إن الميناء سيفتح {number} أرصفة.", by=make.REPORTER, outlet="جريدة الميناء")
    html = admin_client.get(reverse("admin:sources_document_changelist"), headers={"accept-language": language}).text
    assert told in html
