"""What the tests of the desk share: its members, its addresses, and a press of a button."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from claims.models import Claim
from sources.models import new_id
from sources.roles import Actor, Role

ADMINISTRATOR = Actor("root", roles=frozenset({Role.ADMINISTRATOR}))
COLLEAGUE = Actor("colleague", roles=frozenset({Role.ADMINISTRATOR}))
QUEUE = "/admin/claims/claim/"


def colleague(name: str, role: Role) -> Client:
    """A signed-in member of the desk."""
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    client = Client()
    client.force_login(user)
    return client


def page(claim: UUID) -> str:
    return reverse("admin:claims_claim_change", args=[claim])


def press(client: Client, claim: UUID, step: str, *, after: int | None = None, key: Any = None, **said: Any) -> Any:
    """Sends the form of a step as the page has it."""
    version = Claim.objects.get(pk=claim).version if after is None else after
    fields = {"after": version, "key": key or new_id(), **said}
    address = reverse("admin:claims_claim_step", args=[claim, step])
    return client.post(address, {f"{step}-{name}": value for name, value in fields.items()})


def status(claim: UUID) -> str:
    return Claim.objects.get(pk=claim).status
