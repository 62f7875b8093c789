"""At every address, whatever a request says that the address does not know is refused by name."""

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from claims.models import Flag
from sources.api import strict
from sources.roles import Role
from tests import make
from tests.config import test_doors
from tests.config.test_doors import ADDRESSES, address, client

pytestmark = pytest.mark.django_db
desk = test_doors.desk
PAGES = {"docs"}  # HTML, for browsers
READ = [(name, route) for name, route in ADDRESSES if name not in PAGES]
DELETED_ONLY = {"feed-token"}
SEEN_VERSION = {"HTTP_IF_MATCH": '"1"'}  # steps that vouch for what was read ask for it first


@pytest.fixture
def chief(desk) -> APIClient:
    return client(make.user(Role.ADMINISTRATOR))


def errors(answer: Any) -> dict[str, list[str]]:
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json"), answer.content
    return answer.json()["errors"]


def test_every_address_refuses_a_parameter_that_it_does_not_know(desk, chief):
    for name, route in READ:
        answer = chief.get(f"{address(route, desk)}?zuqaq=1")
        if answer.status_code != 405:
            assert list(errors(answer)) == ["zuqaq"], name
        for method in ("post", "patch", "delete"):
            answer = getattr(chief, method)(f"{address(route, desk)}?zuqaq=1", {}, **SEEN_VERSION)
            if answer.status_code != 405:
                assert list(errors(answer)) == ["zuqaq"], (name, method)


def test_every_address_refuses_a_parameter_that_comes_twice_or_says_nothing(desk, chief):
    tried = 0
    for name, route in READ:
        at = address(route, desk)
        view = test_doors.get_resolver().resolve(at).func.view_class
        for known in strict.parameters_of(view, "GET") if hasattr(view, "get") else ():
            assert errors(chief.get(f"{at}?{known}=1&{known}=1"))[known] == ["It is given more than once."], (name, known)
            assert errors(chief.get(f"{at}?{known}="))[known] == ["It is given without a value: leave it out, or say one."], (name, known)
            tried += 1
    assert tried > 60


def test_every_address_refuses_a_field_that_it_does_not_know(desk, chief):
    tried = 0
    for name, route in READ:
        for method in ("post", "patch"):
            answer = getattr(chief, method)(address(route, desk), {"zuqaq": 1}, **SEEN_VERSION)
            if answer.status_code != 405:
                assert "zuqaq" in errors(answer), (name, method)
                tried += 1
    assert tried > 40


FIELDS_WITHIN = [
    ({"quantities": [{"text": "3", "value": 3, "unti": "km"}]}, "quantities.0.unti", "unit"),
    ({"attributions": [{"agent": "a", "role": "agency", "cue_": "x", "cue": "x"}]}, "attributions.0.cue_", "cue"),
    ({"said_on": {"edtf": "2023", "textt": "x"}}, "said_on.textt", "text"),
    ({"due": {"edft": "2023"}}, "due.edft", "edtf"),
    ({"statment": "x"}, "statment", "statement"),
]


@pytest.mark.parametrize(("body", "name", "meant"), FIELDS_WITHIN)
def test_a_field_within_a_field_is_refused_too_and_the_one_that_was_meant_is_named(chief, body, name, meant):
    assert errors(chief.post("/api/v1/claims/", body))[name] == [f"There is no such field. Did you mean “{meant}”?"]


def test_a_parameter_that_was_misspelt_is_told_the_right_one(chief):
    assert errors(chief.get("/api/v1/claims/?statsu=proposed")) == {"statsu": ["There is no such parameter here. Did you mean “status”?"]}


def test_what_else_is_wrong_is_told_in_the_same_answer(chief):
    told = errors(chief.post("/api/v1/outlets/", {"nmae": "x"}))
    assert set(told) == {"nmae", "name"}


def test_documented_parameters_are_known(desk, chief):
    moment = f"as_of={timezone.now():%Y-%m-%dT%H:%M:%S.%fZ}"
    paged = (
        "claims",
        "flags",
        "webhooks",
        "documents",
        "outlets",
        "speakers",
        "watches",
        "feeds/incoming",
        f"claims/{desk['claims']}/events",
    )
    then = (f"claims/?{moment}&page_size=1", f"claims/{desk['claims']}/?{moment}", f"outlets/{desk['outlets']}/?{moment}")
    for at in (*(f"{kind}/?page_size=1" for kind in paged), *then, "schema/?lang=ar"):
        answer = chief.get(f"/api/v1/{at}")
        assert answer.status_code == 200, (at, answer.content)
    onward = chief.get("/api/v1/claims/?page_size=1").json()["next"]
    assert "cursor=" in onward
    assert chief.get(onward).status_code == 200


def test_who_may_not_ask_is_not_told_what_could_be_asked(desk):
    assert client(None).get("/api/v1/claims/?zuqaq=1").status_code == 401


WORDLESS = ["…", "!!!", "«»", '""', "-", "%E2%80%8F"]


@pytest.mark.parametrize("query", WORDLESS)
def test_what_holds_no_word_is_not_searched_for(desk, chief, query, settings):
    settings.PUBLIC_READ = True
    for own in (chief, client(None)):
        assert list(errors(own.get(f"/api/v1/claims/?q={query}"))) == ["q"]
    assert chief.get("/api/v1/claims/?q=-zuqaq").status_code == 200  # what it refuses is a word, too


def test_a_rule_that_there_is_not_is_refused_by_name(desk, chief):
    for kind in ("claims", "flags"):
        assert errors(chief.get(f"/api/v1/{kind}/?rule=no-horizn")) == {"rule": ["There is no such rule. Did you mean “no-horizon”?"]}
        assert chief.get(f"/api/v1/{kind}/?rule=no-horizon").status_code == 200
    retired = Flag.objects.all()[0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('isnad.writing', 'on', true)")
        cursor.execute("UPDATE claims_flag SET rule = 'retired-rule' WHERE id = %s", [retired.pk])
    assert [one["id"] for one in chief.get("/api/v1/flags/?rule=retired-rule").json()["results"]] == [str(retired.pk)]


@pytest.mark.parametrize("value", [0, 1.5, True])
def test_a_number_is_no_text_and_no_id(chief, value):
    assert set(errors(chief.post("/api/v1/outlets/", {"name": value}))) == {"name"}
    asked = {"corrections": [{"claim": value, "correction": value}]}
    assert set(errors(chief.post("/api/v1/corrections/approve/", asked))) == {"corrections.0.claim", "corrections.0.correction"}


@pytest.mark.parametrize(("every", "pages"), [("60", 0), (True, "true"), ("", 1.0)])
def test_what_is_no_number_is_none_and_what_is_no_boolean_is_none(chief, every, pages):
    feed = {"url": "https://example.org/feed.xml", "outlet": "الميناء", "every": every, "pages": pages}
    assert set(errors(chief.post("/api/v1/feeds/incoming/", feed))) == {"every", "pages"}
