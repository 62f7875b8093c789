"""Who may keep an answer of the API, and which other sites' pages may read it."""

import pytest

from sources.roles import Role
from tests import make
from tests.config import test_doors
from tests.config.test_doors import ADDRESSES, SECRET, address, client

pytestmark = pytest.mark.django_db
desk = test_doors.desk
PRIVATE = {"private, no-store", "private, no-cache"}  # the second for programs that ask again with the tag of what they have
PUBLIC = "public, max-age=0, must-revalidate"
READER = "https://reader.example"
OF_THE_PROGRAM = {"schema"}
API = [(name, route) for name, route in ADDRESSES if name != "docs"]  # which are pages, for browsers


def words(header: str) -> set[str]:
    return {word.strip().lower() for word in header.split(",")}


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.PROGRAM)])
def test_no_cache_gives_one_persons_answer_to_another(desk, settings, role):
    settings.PUBLIC_READ = True
    own = client(make.user(role))
    for name, route in API:
        for at in (address(route, desk), f"{address(route, desk)}?zuqaq=1"):
            for method in ("get", "post", "options"):
                answer = getattr(own, method)(at)
                public = name.startswith("public-") and answer.status_code == 200
                if role is None or public:  # who has no role is a reader outside
                    assert answer["Cache-Control"] in PRIVATE | {PUBLIC}, (name, method)
                else:
                    assert answer["Cache-Control"] in PRIVATE, (name, method)
                assert words(answer["Vary"]) >= {"authorization", "cookie"}, (name, method)


def test_readers_outside_get_what_may_be_kept_and_asked_about_by_its_tag(desk, settings):
    settings.PUBLIC_READ = True
    own, seen = client(None), set()
    for name, route in API:
        at = address(route, desk)
        answer = own.get(at)
        if answer.status_code != 200 or name in OF_THE_PROGRAM:
            assert answer.status_code in (200, 301, 400, 401, 404, 405, 503), name
            assert answer["Cache-Control"] == "private, no-store", name
            assert SECRET not in answer.content.decode(), name
            continue
        seen.add(name)
        assert (answer["Cache-Control"], answer.headers.get("ETag", "")[:1]) == (PUBLIC, '"'), name
        again = own.get(at, HTTP_IF_NONE_MATCH=answer["ETag"])
        assert (again.status_code, again.content, again["ETag"], again["Cache-Control"]) == (304, b"", answer["ETag"], PUBLIC), name
        assert own.get(at, HTTP_IF_NONE_MATCH='"other"').status_code == 200, name
    assert seen >= {"claims", "claim", "document-claims", "public-published", "checkpoint", "tile"}


def test_an_operator_may_let_public_answers_be_kept_for_a_while(desk, settings):
    settings.PUBLIC_READ, settings.PUBLIC_MAX_AGE = True, 60
    assert client(None).get("/api/v1/claims/")["Cache-Control"] == "public, max-age=60, must-revalidate"


def test_addresses_that_there_are_not_are_kept_by_nobody():
    assert client(None).get("/api/v1/zuqaq/")["Cache-Control"] == "private, no-store"


def preflight(origin: str, method: str = "GET"):
    return client(None).options("/api/v1/claims/", HTTP_ORIGIN=origin, HTTP_ACCESS_CONTROL_REQUEST_METHOD=method)


def test_no_other_site_may_read_unless_it_is_named(settings):
    settings.PUBLIC_READ = True
    for answer in (client(None).get("/api/v1/claims/", HTTP_ORIGIN=READER), preflight(READER)):
        assert not [name for name in answer.headers if name.startswith("Access-Control")]
    assert preflight(READER).status_code == 204


def test_a_site_that_is_named_may_read_and_nothing_else(settings):
    settings.PUBLIC_READ, settings.CORS_ORIGINS = True, [READER]
    asked = preflight(READER, "POST")
    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, READER)
    assert words(asked["Access-Control-Allow-Methods"]) == {"get", "head", "options"}
    assert "authorization" not in words(asked["Access-Control-Allow-Headers"])
    read = client(None).get("/api/v1/claims/", HTTP_ORIGIN=READER)
    assert (read.status_code, read["Access-Control-Allow-Origin"]) == (200, READER)
    assert "origin" in words(read["Vary"])
    refused = client(None).get("/api/v1/claims/?zuqaq=1", HTTP_ORIGIN=READER)
    assert (refused.status_code, refused["Access-Control-Allow-Origin"]) == (400, READER)  # so that a page can show why
    for other in ("https://reader.example.evil", "http://reader.example", "null", ""):
        assert "Access-Control-Allow-Origin" not in preflight(other)


def test_credentials_are_allowed_to_nobody(desk, settings):
    settings.PUBLIC_READ, settings.CORS_ORIGINS = True, ["*"]
    own = client(make.user(Role.EDITOR))
    for name, route in API:
        for answer in (own.get(address(route, desk), HTTP_ORIGIN=READER), preflight(READER)):
            assert answer["Access-Control-Allow-Origin"] == "*", name
            assert "Access-Control-Allow-Credentials" not in answer, name


def test_the_desks_own_pages_are_read_by_no_other_site(settings, client):
    settings.CORS_ORIGINS = ["*"]
    assert "Access-Control-Allow-Origin" not in client.get("/admin/login/", HTTP_ORIGIN=READER)
