"""Who asks, under which key, having seen which version: what every address of claims reads from a request."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from claims import ledger
from claims.ledger import history
from claims.models import Claim, Flag
from sources import roles
from sources.api import caching, idempotency, permissions
from sources.api.idempotency import key as key
from sources.roles import Actor


class VersionWanted(APIException):
    """A change without If-Match could undo a colleague's."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_detail = _("Send If-Match with the ETag that you saw.")
    default_code = "version_wanted"


class VersionPassed(APIException):
    """If-Match names a version that is no longer the newest."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_detail = ledger.StaleVersion.sentence
    default_code = "version_passed"


def is_outside(request: Request) -> bool:
    """Does a reader ask who does not belong to the desk? They are shown public records and nothing else."""
    return permissions.is_outside(request)


class RoomView(idempotency.IdempotentView):
    """An address that leads to a room. `current` shows what it is about as it is now, for whoever lost a race or came too late."""

    current: Callable[[UUID], dict[str, Any]] | None = None

    def handle_exception(self, exc: Exception) -> Response:
        """A lost race is 412 for whoever said which version they saw."""
        if isinstance(exc, ledger.Conflict) and self.request.headers.get("If-Match"):
            exc = VersionPassed()
        response = super().handle_exception(exc)
        if self.current and response.status_code in (status.HTTP_409_CONFLICT, status.HTTP_412_PRECONDITION_FAILED):
            with suppress(ledger.NoSuchClaim):  # a key that was used for something else is refused before anybody looks for the claim
                response.data["current"] = self.current(self.kwargs["id"])
                response["ETag"] = f'"{response.data["current"]["version"]}"'
        return response

    def done_under(self, key: str) -> str:
        """The address, in the feed, of the event that was appended under this key."""
        place = history.position_of_action(key)
        return "" if place is None else f"{reverse('events')}?after={place - 1}&limit=1"


class SharedRoomView(RoomView):
    """An address that answers the desk and readers outside differently: no cache may give one the other's."""

    permission_classes = [permissions.ByRoleOrPublic]
    answers_outside = True  # for the schema

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """What readers outside are shown is public; what the desk is shown, and what is refused, is kept by nobody (config.api_headers)."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        if request.method in SAFE_METHODS and answer.status_code in (200, 410) and is_outside(self.request):
            return caching.public(request, answer)
        return answer


def actor(request: Request) -> Actor:
    """Whoever asks, as the rooms know them."""
    return roles.actor_of_request(request)


def account(request: Request) -> User:
    """The account of whoever asks, at an address that nobody can ask without one."""
    assert request.user.is_authenticated
    return request.user


def expected_version(request: Request) -> int | None:
    """The version in If-Match (RFC 9110, 13.1.1): of several tags the one that is the newest, if it is among them.

    None where there is none or any will do. Weak tags match nothing, nor does what is no tag of ours. Raises VersionPassed.
    """
    given = request.headers.get("If-Match", "").strip()
    if given in ("", "*"):
        return None
    seen = _versions(given)
    if len(seen) > 1:
        seen &= {ledger.state_of(request.parser_context["kwargs"]["id"]).version}
    if not seen:
        raise VersionPassed
    return seen.pop()


_TAGS = re.compile(r'[ \t]*(?:,[ \t]*)*(?P<weak>W/)?(?:"(?P<tag>[\x21\x23-\x7e\x80-\xff]*)"|(?P<bare>[0-9]{1,9}))[ \t]*(?=,|$)')


def _versions(given: str) -> set[int]:
    """The versions that a list of strong tags names; a number without its quotation marks is taken for its tag."""
    found: set[int] = set()
    place = 0
    while one := _TAGS.match(given, place):
        place = one.end()
        tag = one["tag"] or one["bare"] or ""
        if not one["weak"] and re.fullmatch("[0-9]{1,9}", tag):
            found.add(int(tag))
    return found if not given[place:].strip(" \t,") else set()  # what is no list of tags names none


def step_arguments(request: Request) -> dict[str, Any]:
    """What every room asks: by whom, under which key, after which version."""
    return {"by": actor(request), "key": key(request), "after": expected_version(request)}


def must_be_first(receipt: ledger.Receipt) -> None:
    """The ledger keeps keys for ever: what was done under one longer ago than answers are kept is only pointed to. Raises AnswerGone."""
    if receipt.replayed:
        raise idempotency.AnswerGone


def must_be_claim(claim: UUID) -> None:
    """Raises NoSuchClaim for what is no claim: a flag is a stream too."""
    if not Claim.objects.filter(pk=claim).exists():
        raise ledger.NoSuchClaim


def must_be_flag(flag: UUID) -> None:
    """Raises NoSuchFlag for what is no flag."""
    if not Flag.objects.filter(pk=flag).exists():
        raise ledger.NoSuchFlag
