"""Tokens of the API: named, scoped, expiring, listed and revoked; whoever loses their role loses what their tokens may."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from sources.api import tokens
from sources.models import ApiToken
from sources.roles import Role
from tests import make

pytestmark = pytest.mark.django_db
AT = "/api/v1/tokens/"
OUTLETS = "/api/v1/outlets/"


def bearing(words: str) -> APIClient:
    own = APIClient()
    own.credentials(HTTP_AUTHORIZATION=f"Bearer {words}")
    return own


def signed_in(user: User) -> APIClient:
    own = APIClient()
    own.force_authenticate(user)
    return own


def command(*words: str, **options: Any) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("token", *words, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


# ── who comes with a token that opens nothing


def nothing(_user: User) -> str:
    return ""


def expired(user: User) -> str:
    words = tokens.make(user)
    ApiToken.objects.update(expires_at=timezone.now())
    return f"Bearer {words}"


def revoked(user: User) -> str:
    words = tokens.make(user)
    ApiToken.objects.all().revoke()
    return f"Bearer {words}"


def of_nobody(user: User) -> str:
    words = tokens.make(user)
    user.delete()
    return f"Bearer {words}"


def of_the_inactive(user: User) -> str:
    words = tokens.make(user)
    User.objects.update(is_active=False)
    return f"Bearer {words}"


def spoiled(form: str) -> Any:
    def header(user: User) -> str:
        return form % tokens.make(user)

    return header


WRONG = {
    "none": nothing,
    "expired": expired,
    "revoked": revoked,
    "deleted": of_nobody,
    "inactive": of_the_inactive,
    "empty": lambda _user: "Bearer ",
    "scheme alone": lambda _user: "Bearer",
    "blanks": lambda _user: "Bearer    ",
    "another scheme": spoiled("Basic %s"),
    "no scheme": spoiled("%s"),
    "NUL": spoiled("Bearer %s\0"),
    "NUL within": spoiled("Bearer isnad_\0%s"),
    "cut": lambda user: f"Bearer {tokens.make(user)[:-1]}",
    "longer": spoiled("Bearer %sA"),
    "other letters": lambda user: f"Bearer {tokens.make(user).swapcase()}",
    "two": spoiled("Bearer %s, isnad_x"),
    "blank within": lambda user: f"Bearer {tokens.make(user).replace('isnad_', 'isnad_ ')}",
    "quoted": spoiled('Bearer "%s"'),
    "latin-1": spoiled("Bearer %s\xe9"),
    "Arabic": spoiled("Bearer %s رمز"),
    "lone surrogate": spoiled("Bearer %s\ud800"),
    "huge": lambda _user: "Bearer " + "a" * 60_000,
    "digest": lambda user: f"Bearer {tokens.digest(tokens.make(user)).hex()}",
}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("wrong", WRONG)
def test_whoever_sends_no_token_in_force_is_told_how_to_in_their_language(wrong, language):
    header = WRONG[wrong](make.user(Role.EDITOR))
    answer = APIClient().get(OUTLETS, HTTP_AUTHORIZATION=header, HTTP_ACCEPT_LANGUAGE=language)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"] == 'Bearer realm="isnad"'
    assert bool(re.search("[ء-ي]", answer.json()["detail"])) == (language == "ar")


@pytest.mark.parametrize("form", ["Bearer %s", "bearer %s", "BEARER   %s  "])
def test_the_scheme_is_taken_in_any_letters(form):
    assert APIClient().get(OUTLETS, HTTP_AUTHORIZATION=form % tokens.make(make.user())).status_code == 200


# ── the list


def test_a_token_is_made_and_its_words_are_shown_once():
    own = signed_in(make.user(Role.REPORTER, "amal"))
    made = own.post(AT, {"name": "archive", "scope": "reader", "expires_at": "2099-01-01T00:00:00Z"})
    assert made.status_code == 201
    words = made.json().pop("token")
    assert bearing(words).get(OUTLETS).status_code == 200
    [listed] = own.get(AT).json()["results"]
    assert (listed["name"], listed["scope"], listed["user"], listed["valid"], listed["warning"]) == ("archive", "reader", "amal", True, "")
    assert listed["expires_at"] == "2099-01-01T00:00:00Z"
    for address in (AT, made["Location"]):
        assert words not in own.get(address).content.decode()


def test_a_token_lives_a_year_unless_something_else_is_said():
    own = signed_in(make.user())
    usual, endless = own.post(AT, {}).json(), own.post(AT, {"expires_at": None}).json()
    assert timedelta(days=364) < ApiToken.objects.get(pk=usual["id"]).expires_at - timezone.now() <= ApiToken.LIFETIME
    assert (endless["expires_at"], bool(endless["warning"])) == (None, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"scope": "program"},
        {"scope": "READ"},
        {"scope": None},
        {"name": "x" * 101},
        {"name": "a\0"},
        {"expires_at": "2000-01-01T00:00:00Z"},
        {"expires_at": "tomorrow"},
        {"user": "chief"},
    ],
)
def test_what_no_token_can_be_is_told_by_field(wrong):
    answer = signed_in(make.user()).post(AT, wrong)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, list(wrong))
    assert not ApiToken.objects.exists()


def test_everybody_sees_and_revokes_their_own_and_an_administrator_everybodys():
    one, other, chief = make.user(name="amal"), make.user(name="badr"), make.user(Role.ADMINISTRATOR)
    words = tokens.make(one, "amal's")
    pk = ApiToken.objects.get().pk
    assert signed_in(other).get(AT).json()["results"] == []
    assert signed_in(other).get(f"{AT}?user=amal").status_code == 403
    assert signed_in(other).get(f"{AT}{pk}/").status_code == 404
    assert signed_in(other).delete(f"{AT}{pk}/").status_code == 404
    assert signed_in(one).get(f"{AT}?user=amal").json() == signed_in(chief).get(f"{AT}?user=amal").json()
    assert signed_in(chief).get(f"{AT}?user=nobody").json()["results"] == []
    assert bearing(words).get(AT).status_code == 200
    assert signed_in(chief).delete(f"{AT}{pk}/").status_code == 204
    assert bearing(words).get(AT).status_code == 401
    shown = signed_in(one).get(f"{AT}{pk}/").json()
    assert (shown["valid"], bool(shown["revoked_at"])) == (False, True)


def test_what_was_revoked_stays_revoked_since_the_first_time():
    user = make.user()
    tokens.make(user)
    [pk] = ApiToken.objects.values_list("pk", flat=True)
    assert signed_in(user).delete(f"{AT}{pk}/").status_code == 204
    at = ApiToken.objects.get().revoked_at
    assert signed_in(user).delete(f"{AT}{pk}/").status_code == 204
    assert ApiToken.objects.get().revoked_at == at


def test_numbers_that_no_token_has_are_404():
    for number in ("0", "9" * 30, "999999"):
        assert signed_in(make.user()).get(f"{AT}{number}/").status_code == 404


def test_a_token_makes_none_that_may_more_or_lives_longer():
    chief, soon = make.user(Role.ADMINISTRATOR), timezone.now() + timedelta(days=2)
    _row, words = tokens.create(chief, scope="reviewer", expires_at=soon)
    own = bearing(words)
    assert own.post(AT, {"scope": "write"}).status_code == 403
    assert own.post(AT, {"scope": "editor"}).status_code == 403
    assert own.post(AT, {"scope": "reader", "expires_at": None}).status_code == 403
    assert own.post(AT, {"scope": "reader", "expires_at": (soon + timedelta(1)).isoformat()}).status_code == 403
    for scope in ("reviewer", "reporter", "reader", "read"):
        made = own.post(AT, {"scope": scope})
        assert made.status_code == 201
        assert ApiToken.objects.get(pk=made.json()["id"]).expires_at <= soon
    _row, words = tokens.create(chief, scope="read", expires_at=soon)
    assert bearing(words).post(AT, {"scope": "read"}).status_code == 403


# ── what its owner loses


def test_whoever_is_demoted_loses_it_over_their_tokens_at_once():
    user = make.user(Role.EDITOR)
    own = bearing(tokens.make(user))
    assert own.get("/api/v1/webhooks/").status_code == 200
    user.groups.set([Group.objects.get(name="reviewer")])
    assert own.get("/api/v1/webhooks/").status_code == 403
    assert own.get(OUTLETS).status_code == 200
    user.groups.clear()
    assert own.get(OUTLETS).status_code == 403
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert own.get(OUTLETS).status_code == 401


# ── the last use


def test_the_last_use_is_kept_to_the_minute_and_written_once_a_minute():
    own = bearing(tokens.make(make.user()))
    with time_machine.travel("2030-03-01T10:00:05Z", tick=False) as clock:
        for seconds, writes in ((0, 1), (20, 0), (34, 0), (1, 1)):
            clock.shift(seconds)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert own.get(OUTLETS).status_code == 200
            assert sum(query["sql"].startswith("UPDATE") for query in asked) == writes, seconds
    assert f"{ApiToken.objects.get().used_at:%H:%M:%S}" == "10:01:00"


def test_a_token_that_is_refused_is_not_used():
    words = tokens.make(make.user())
    ApiToken.objects.all().revoke()
    bearing(words).get(OUTLETS)
    assert ApiToken.objects.get().used_at is None


# ── by command


def test_the_command_makes_lists_and_revokes():
    make.user(Role.REPORTER, "amal")
    words = [command("amal")[0].strip(), command("make", "amal", name="watcher", scope="read", expires="never")[0].strip()]
    assert [bearing(each).get(OUTLETS).status_code for each in words] == [200, 200]
    listed, warned = command("list", "amal")
    first, second = (line.split("\t") for line in listed.splitlines())
    assert (first[1:4], second[1:4]) == (["amal", "-", "write"], ["amal", "watcher", "read"])
    assert (second[5], len(first)) == ("-", 8)
    assert warned.startswith(f"{second[0]}: It never expires")
    assert command("list")[0] == listed
    assert command("revoke", first[0])[0] == "1 token revoked.\n"
    assert [bearing(each).get(OUTLETS).status_code for each in words] == [401, 200]
    assert command("revoke", user="amal")[0] == "1 token revoked.\n"
    assert [bearing(each).get(OUTLETS).status_code for each in words] == [401, 401]


def test_a_token_expires_at_the_end_of_the_day_that_was_named():
    make.user(name="amal")
    command("amal", expires="2099-05-01")
    assert f"{timezone.localtime(ApiToken.objects.get().expires_at):%Y-%m-%d %H:%M}" == "2099-05-01 23:59"
    command("amal", expires="2099-05-01T10:00Z")
    assert ApiToken.objects.latest("pk").expires_at.hour == 10


@pytest.mark.parametrize(
    ("words", "options"),
    [
        (["revoke"], {}),
        (["revoke", "1"], {"user": "amal"}),
        (["revoke", "77777"], {}),
        (["revoke", "x"], {}),
        (["revoke", "٣"], {}),
        (["revoke"], {"user": "nobody"}),
        (["make"], {}),
        (["make", "amal", "badr"], {}),
        (["amal"], {"expires": "soon"}),
        (["amal"], {"expires": "2099-02-30"}),
        (["amal"], {"expires": "2000-01-01"}),
        (["amal"], {"expires": "9999-12-31T99:00"}),
    ],
)
def test_the_command_refuses_with_a_sentence(words, options):
    user = make.user(name="amal")
    tokens.make(user)
    with pytest.raises(CommandError):
        command(*words, **options)
    assert ApiToken.objects.valid(timezone.now()).count() == 1


# ── at the desk


def test_the_desk_lists_ones_own_with_a_warning_and_revokes_them():
    user, other = make.user(Role.REPORTER, "amal"), make.user(Role.REPORTER, "badr")
    words, theirs = tokens.make(user, "old one"), tokens.make(other, "not mine")
    desk, at = Client(), "/admin/sources/apitoken/"
    desk.force_login(user)
    page = desk.get(at).content.decode()
    assert "old one" in page
    assert "never expires" in page
    assert "not mine" not in page
    everybody = list(ApiToken.objects.values_list("pk", flat=True))
    desk.post(at, {"action": "revoke", "_selected_action": everybody})
    assert (bearing(words).get(OUTLETS).status_code, bearing(theirs).get(OUTLETS).status_code) == (401, 200)
    assert "old one" in desk.get(f"{at}?valid=no").content.decode()
    assert "old one" not in desk.get(f"{at}?valid=yes").content.decode().split("result_list")[-1]
    chief = Client()
    chief.force_login(make.user(Role.ADMINISTRATOR))
    assert "not mine" in chief.get(at).content.decode()
    chief.post(at, {"action": "revoke", "_selected_action": everybody})
    assert bearing(theirs).get(OUTLETS).status_code == 401


@pytest.mark.parametrize("chosen", [True, False])
def test_a_new_password_offers_to_end_the_tokens(chosen):
    user, desk, at = make.user(Role.REPORTER), Client(), "/admin/password_change/"
    desk.force_login(user)
    assert "end_tokens" not in desk.get(at).content.decode()
    words, other = tokens.make(user), tokens.make(make.user())
    assert "end_tokens" in desk.get(at).content.decode()
    new = {"old_password": "a long password", "new_password1": "zuqaq-al-midaqq", "new_password2": "zuqaq-al-midaqq"}
    wrong = desk.post(at, new | {"old_password": "x", "end_tokens": "on"})
    assert (wrong.status_code, bearing(words).get(OUTLETS).status_code) == (200, 200)
    assert desk.post(at, new | ({"end_tokens": "on"} if chosen else {})).status_code == 302
    assert User.objects.get(pk=user.pk).check_password("zuqaq-al-midaqq")
    assert bearing(words).get(OUTLETS).status_code == (401 if chosen else 200)
    assert bearing(other).get(OUTLETS).status_code == 200
