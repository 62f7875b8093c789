"""A POST that comes again under its `Idempotency-Key` is answered as before, and not done again."""

import json
from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

import orjson
from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from sources.errors import Refusal
from sources.models import Answered

KEY_LENGTH = 150  # with the user's id before it, it fits the column
HEADER = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, description="the same key again: the first answer")


class KeyReused(Refusal):
    """This key was used before for something else: take a new one."""

    sentence = _("This key was used before for something else: take a new one.")
    title = _("This key was used before")


class Done(NamedTuple):
    """What a POST came to: the id of what it is about and the status, and whether that was so before."""

    subject: UUID
    status: int
    again: bool = False

    def answer(self, shown: object, **headers: str) -> Response:
        """Shows it, and says so where nothing was done this time."""
        return Response(shown, status=self.status, headers=headers | ({"Idempotency-Replayed": "true"} if self.again else {}))


def key(request: Request) -> str | None:
    """The key of what is asked. It is the user's own: another's same words are another key."""
    given = request.headers.get("Idempotency-Key", "").strip()
    if len(given) > KEY_LENGTH:
        told = ngettext("At most %(number)s character.", "At most %(number)s characters.", KEY_LENGTH)
        raise ValidationError({"Idempotency-Key": [told % {"number": KEY_LENGTH}]})
    return f"{request.user.pk}:{given}" if given else None


def done(request: Request, do: Callable[[], Done]) -> Done:
    """Does what is asked, or finds what it came to under this key before. Raises KeyReused, and whatever `do` raises.

    The key and the effect are one transaction: what failed may be asked again. Of two at once the second waits for the first.
    """
    own = key(request)
    if own is None:
        return do()
    asked = _fingerprint(request)
    with transaction.atomic():
        if _first(own, asked):
            made = do()
            Answered.objects.filter(key=own).update(subject=made.subject, status=made.status)
            return made
    kept = Answered.objects.get(key=own)
    if bytes(kept.fingerprint) != asked:
        raise KeyReused
    assert kept.subject is not None  # committed together
    return Done(kept.subject, kept.status, again=True)


def _first(own: str, asked: bytes) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sources_answered (key, fingerprint, status, at) VALUES (%s, %s, 0, now()) ON CONFLICT (key) DO NOTHING",
            [own, asked],
        )
        return bool(cursor.rowcount)


def _fingerprint(request: Request) -> bytes:
    """Of what is asked, keyed with this install's secret: nobody can guess from it a text that was erased since."""
    asked = [request.method, request.path, request.data]
    try:
        said = orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # JSON may hold an integer of any length, and half a surrogate pair
        said = json.dumps(asked, sort_keys=True).encode()
    # The salt is part of every fingerprint that is kept, so it stays as it is.
    return salted_hmac("sources.api.once", said, algorithm="sha256").digest()
