"""What a test needs and does not want to talk about: people, texts, claims."""

from itertools import count
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group, User

from claims import recording
from claims.choices import Kind
from claims.events import ClaimRecorded
from claims.lifecycle import ClaimState
from claims.models import Claim
from claims.statements import SpeakerAsRead
from sources.roles import Actor, Role
from sources.text.edtf import ImpreciseDate

_numbers = count(1)

REPORTER = Actor("rana", "1", frozenset({Role.REPORTER}))
REVIEWER = Actor("yusuf", "2", frozenset({Role.REVIEWER}))
EDITOR = Actor("salma", "3", frozenset({Role.EDITOR}))
STRANGER = Actor("nobody", "4")


def said(**fields: Any) -> ClaimRecorded:
    """What a claim says; a test names only what it is about."""
    n = next(_numbers)
    plain: dict[str, Any] = {
        "statement": f"ستبلغ التجارة {n} مليار دولار",
        "kind": Kind.PREDICTION,
        "speaker": SpeakerAsRead(type="person", name="وزير التجارة"),
        "source": "صحيفة",
    }
    if isinstance(fields.get("due"), str):
        fields["due"] = ImpreciseDate(edtf=fields["due"])
    return ClaimRecorded(**(plain | fields))


def recorded(by: Actor = REPORTER, **fields: Any) -> UUID:
    """The id of a claim that was just proposed."""
    return recording.record(said(**fields), by=by).stream


def claim(by: Actor = REPORTER, **fields: Any) -> Claim:
    """A proposed claim, as its row."""
    return Claim.objects.get(pk=recorded(by, **fields))


def state(receipt: Any) -> ClaimState:
    """The claim's state after a step."""
    assert isinstance(receipt.state, ClaimState)
    return receipt.state


def user(role: str | None = Role.REVIEWER, name: str | None = None, **fields: Any) -> User:
    """Somebody with an account, in the group of `role`."""
    somebody = User.objects.create_user(name or f"user{next(_numbers)}", password="a long password", is_staff=True, **fields)
    if role:
        somebody.groups.add(Group.objects.get_or_create(name=str(role))[0])
    return somebody
