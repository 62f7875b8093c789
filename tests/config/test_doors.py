"""Every door, found and not listed by hand: what somebody without a role, a reader and somebody who is not signed in get there.

The addresses come from the URL conf and the lists from the admin's own register, so that a new one is walked as soon as it is there.
"""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from rest_framework.test import APIClient

from claims import flagging
from claims.models import Claim, Digest, FeedKey, Flag, Verification, Wish
from claims.notifications import feedkeys, webhooks
from claims.workflow import recording
from sources import watching
from sources.api import tokens
from sources.capturing.capture import capture
from sources.models import ApiToken, Feed, Snapshot
from sources.registry import speakers
from sources.roles import Role
from tests import make

pytestmark = pytest.mark.django_db
METHODS = ("get", "post", "put", "patch", "delete")
SECRET = "zuqaqword"  # stands in the statement of each claim, published or not, and in the document
# What tells of the program and not of the desk.
OF_THE_PROGRAM = {"schema", "docs"}
# What readers may send though they change nothing of the desk: a search, what is their own.
READERS_SEND = {
    ("match", "post"),
    ("digest", "patch"),
    ("feed-tokens", "post"),
    ("feed-token", "delete"),
    ("tokens", "post"),
    ("token", "delete"),
}


def addresses(found: Any = None, before: str = "") -> Iterator[tuple[str, str]]:
    """The name and the whole pattern of each address of the API."""
    for pattern in (found or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route)
        elif isinstance(pattern, URLPattern) and route.startswith("api/v1/"):
            yield str(pattern.name), route


ADDRESSES = list(addresses())


@pytest.fixture
def desk() -> dict[str, Any]:
    """A desk where something is behind each address: a thing to each kind of id."""
    document = capture(f"قال وزير التجارة إن {SECRET} ستأتي.", by=make.REPORTER, outlet="الميناء", url="https://example.org/a").document
    claim = make.published(statement=f"{SECRET} published", document=str(document.pk), notes=SECRET)
    recording.revise(claim, {"statement": f"{SECRET} corrected"}, reason=SECRET, by=make.REVIEWER)
    make.recorded(statement=f"{SECRET} proposed")
    flagging.run()
    editor = make.user(Role.EDITOR)
    hook = webhooks.make("https://hooks.example.org/", by=make.actor(Role.EDITOR))[0]
    Feed.objects.create(url="https://example.org/feed", outlet=document.outlet)
    now = timezone.now()
    Wish.objects.create(user=editor)
    Digest.objects.create(user=editor, day=now.date(), since=now, until=now)
    Verification.objects.create(started_at=now, finished_at=now, whole=True, through=0, ok=False, fault=SECRET)
    watching.begin(document, by=make.EDITOR)
    speaker = speakers.find_or_make("سامي حداد", "person", by=make.REPORTER)
    return {
        "claims": claim,
        "public/claims": claim,
        "flags": Flag.objects.values_list("pk", flat=True)[0],
        "documents": document.pk,
        "outlets": document.outlet_id,
        "speakers": speaker.pk,
        "webhooks": hook.pk,
        "feeds/incoming": Feed.objects.get().pk,
        "tokens": tokens.create(editor, expires_at=None)[0].pk,
        "feeds/tokens": feedkeys.make(editor, feedkeys.new_words(), "x").pk,
    }


def address(route: str, desk: dict[str, Any]) -> str:
    """The address with the ids of things that are there."""
    kind = next((kind for kind in desk if route.removeprefix("api/v1/").startswith(f"{kind}/<")), "")
    plain = re.sub(r"<(uuid|int):(id|pk)>", lambda _found: str(desk[kind]), route)
    plain = plain.replace("<int:level>", "0").replace("<path:place>", "000.p/1")
    assert "<" not in plain, f"no thing is known for {route}"
    return f"/{plain}"


def client(user: User | None) -> APIClient:
    own = APIClient()
    if user:
        own.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.make(user)}")
    return own


def asked(own: Any, method: str, at: str) -> Any:
    return getattr(own, method)(at, *([] if method == "get" else [{}]))


def test_the_walk_finds_the_addresses():
    assert len(ADDRESSES) > 60
    assert {"claims", "claim-approve", "flag-assign", "documents", "events", "tile", "feed-due"} <= {name for name, _route in ADDRESSES}


@pytest.mark.parametrize("role", [None, "gone"])
def test_whoever_has_no_role_sees_nothing_at_any_address(desk, role):
    user = make.user(None)
    if role:  # a group that is none of the desk's is no role
        user.groups.create(name="choir")
    own = client(user)
    for name, route in ADDRESSES:
        if name in OF_THE_PROGRAM:
            continue
        for method in METHODS:
            answer = asked(own, method, address(route, desk))
            assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json"), (name, method)
            assert SECRET not in answer.content.decode(), (name, method)


def test_whoever_is_not_signed_in_sees_nothing_at_any_address(desk):
    for name, route in ADDRESSES:
        for method in METHODS if name not in OF_THE_PROGRAM else ():
            assert asked(client(None), method, address(route, desk)).status_code == 401, (name, method)


def test_a_reader_reads_every_address_and_changes_nothing(desk):
    own, read = client(make.user(Role.READER)), 0
    for name, route in ADDRESSES:
        for method in METHODS:
            answer = asked(own, method, address(route, desk))
            if method == "get":
                # The others take only what is sent, or something more in the address; the webhooks are the editors'.
                assert answer.status_code in ({403} if name.startswith("webhook") else {200, 400, 404, 405}), (name, answer.content)
                read += answer.status_code == 200
            elif name not in OF_THE_PROGRAM and (name, method) not in READERS_SEND:
                assert answer.status_code == 403, (name, method)
            elif name not in OF_THE_PROGRAM:
                assert answer.status_code in {200, 201, 204, 400, 404}, (name, method, answer.content)
    assert read > 30


def test_with_public_reading_whoever_has_no_role_sees_what_everybody_sees(desk, settings):
    settings.PUBLIC_READ = True
    stranger, nobody, seen = client(make.user(None)), client(None), 0
    for name, route in ADDRESSES:
        at = address(route, desk)
        for asked_at in (at, f"{at}?as_of=2020-01-01T00:00:00Z"):
            theirs, public = stranger.get(asked_at), nobody.get(asked_at)
            same = public.status_code if public.status_code != 401 else 403
            assert theirs.status_code == same, (name, asked_at)
            if public.status_code == 200 and name not in OF_THE_PROGRAM:
                assert theirs.content == public.content, name
                assert b"proposed" not in public.content.replace(b"proposed_at", b"").replace(b"proposer", b""), name
                seen += 1
    assert seen >= 6


def test_the_keys_tokens_and_sessions_of_whoever_loses_their_role_open_nothing(desk):
    user = make.user(Role.REPORTER)
    words = feedkeys.new_words()
    feedkeys.make(user, words)
    feeds = [reverse(name) for name, _route in ADDRESSES if name.startswith("feed-") and "token" not in name]
    own, nobody = client(user), client(None)
    assert {nobody.get(f"{feed}?token={words}").status_code for feed in feeds} == {200}
    assert own.get("/api/v1/claims/").status_code == 200
    user.groups.clear()
    assert {nobody.get(f"{feed}?token={words}").status_code for feed in feeds} == {401}
    assert own.get("/api/v1/claims/").status_code == 403
    user.groups.set([Group.objects.get(name="reader")])
    assert {nobody.get(f"{feed}?token={words}").status_code for feed in feeds} == {200}
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert {nobody.get(f"{feed}?token={words}").status_code for feed in feeds} == {401}
    assert own.get("/api/v1/claims/").status_code == 401


def test_a_superuser_without_a_group_is_an_administrator(desk):
    assert client(User.objects.create_superuser("chief")).get("/api/v1/webhooks/").status_code == 200


# ── the admin


def visiting(user: User | None) -> Client:
    own = Client()
    if user:
        own.force_login(user)
    return own


OURS = sorted((m for m in admin.site._registry if m._meta.app_label in ("sources", "claims")), key=lambda m: m._meta.label)
# Whose lists are not for every role.
NOT_FOR_READERS = {"Webhook", "Digest"}


def paths(model: type[models.Model], desk: dict[str, Any]) -> Iterator[str]:
    """Every page that the admin has of a model, from its own addresses."""
    row = model._default_manager.first()
    ids = {"claim": desk["claims"], "flag": desk["flags"], "document": desk["documents"], "snapshot": Snapshot.objects.get().pk}
    for pattern in admin.site._registry[model].get_urls():
        route = re.sub(r"<uuid:(\w+)>", lambda found: str(ids[found[1]]), str(pattern.pattern))
        route = re.sub(r"<slug:\w+>", "accept", route)
        assert row is not None, f"no {model.__name__} is there to be shown"
        route = route.replace("<path:object_id>", str(row.pk))
        yield f"/admin/{model._meta.app_label}/{model._meta.model_name}/{route}"


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
@pytest.mark.parametrize("who", ["stranger", "nobody", "superfluous"])
def test_no_page_of_the_admin_opens_without_a_role(desk, model, who):
    user = {"stranger": lambda: make.user(None), "nobody": lambda: None, "superfluous": _permitted}[who]()
    own, pages = visiting(user), list(paths(model, desk))
    assert len(pages) >= 4
    for page in pages:
        for answer in (own.get(page), own.post(page, {})):
            assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/admin/login/"), page


def _permitted() -> User:
    """Somebody to whom Django's own permissions were given, and no role."""
    user = make.user(None)
    user.user_permissions.set(Permission.objects.all())
    return user


def test_the_front_page_is_for_roles_and_signing_out_for_everybody(desk):
    stranger = visiting(make.user(None))
    assert stranger.get("/admin/").status_code == 302
    login = stranger.get("/admin/", follow=True).content.decode()
    assert "machinery" not in login
    assert SECRET not in login
    assert stranger.get("/admin/password_change/").status_code == 200
    assert "Claims" not in stranger.get("/admin/password_change/").content.decode()
    stranger.post("/admin/logout/")
    assert "_auth_user_id" not in stranger.session


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_a_reader_sees_every_list_of_the_admin_and_changes_nothing(desk, model):
    reader = make.user(Role.READER)
    own, base = visiting(reader), f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    listing = own.get(base)
    assert listing.status_code == (403 if model.__name__ in NOT_FOR_READERS else 200)
    own_things = model in (Wish, FeedKey)  # everybody's own digest and keys
    if model is not Wish:
        assert own.get(f"{base}add/").status_code == 403
    assert own.post(f"{base}{model._default_manager.all()[0].pk}/delete/", {"post": "yes"}).status_code == (302 if own_things else 403)
    assert model._default_manager.exists()
    if listing.status_code == 200 and not own_things:
        revokes = {"revoke"} if model is ApiToken else set()  # one's own; a row stays
        assert set(dict(listing.context["cl"].model_admin.get_actions(listing.wsgi_request))) == revokes


def test_a_reader_takes_no_step_on_the_desk(desk):
    own, claim = visiting(make.user(Role.READER)), Claim.objects.get(status="proposed")
    page = own.get(reverse("admin:claims_claim_change", args=[claim.pk])).content.decode()
    assert "<button" not in page.split("</header>")[-1].replace('<button name="language"', "")
    form = {"accept-after": 1, "accept-key": str(UUID(int=1))}
    refused = own.post(reverse("admin:claims_claim_step", args=[claim.pk, "accept"]), form)
    assert (refused.status_code, Claim.objects.get(pk=claim.pk).version) == (409, 1)


def test_the_groups_of_the_five_roles_are_there():
    assert {"reader", "reporter", "reviewer", "editor", "administrator"} <= set(Group.objects.values_list("name", flat=True))
