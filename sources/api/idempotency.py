"""`Idempotency-Key`: what comes again under its key within a day is answered as the first time, and not done again.

A view that takes part answers every POST and PATCH so (`IdempotentView`). The key and the effect are one transaction, so what
failed may be asked again under its key. Answers are kept for a day, encrypted, since some hold a secret that is shown once; an erasure
drops them all. After that, what keeps keys for ever, as the ledger does, finds what was done and raises `AnswerGone`.
"""

import base64
import json
from collections.abc import Callable
from functools import partial
from typing import Any

import orjson
from cryptography.fernet import Fernet, InvalidToken
from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from sources.api import rendering
from sources.api.strict import StrictView
from sources.errors import Refusal
from sources.models import Answered

KEY_LENGTH = 150  # with the user's id before it, it fits the column
HEADER = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, description="the same key again: the first answer")
REPLAYED = "Idempotency-Replayed"
_HEADERS = ("ETag", "Location")  # that belong to an answer
_METHODS = ("POST", "PATCH")

Handler = Callable[..., Response]


class KeyReused(Refusal):
    """This key was used before for something else: take a new one."""

    sentence = _("This key was used before for something else: take a new one.")
    title = _("This key was used before")


class AnswerGone(Refusal):
    """What was asked under this key was done, and its answer is no longer kept. `location`: where to read what was done, if known."""

    sentence = _("This was done under the same key before, and the answer is no longer kept.")
    title = _("Done before")

    def __init__(self, location: str = "") -> None:
        super().__init__()
        self.location = location


class IdempotentView(StrictView):
    """A view whose POST and PATCH take an `Idempotency-Key`."""

    room_keeps_keys = False  # does what the view calls keep keys and answers itself?

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who may not ask is refused first; then the handler of this one request is asked only where its key is new."""
        super().initial(request, *args, **kwargs)
        name = str(request.method).lower()
        if request.method in _METHODS and hasattr(self, name) and not self.room_keeps_keys:
            setattr(self, name, partial(_once, getattr(self, name)))

    def handle_exception(self, exc: Exception) -> Response:
        """Says where it can be read what was done."""
        answer = super().handle_exception(exc)
        if isinstance(exc, AnswerGone) and (place := exc.location or self.done_under(key(self.request) or "")):
            answer["Location"] = self.request.build_absolute_uri(place)
        return answer

    def done_under(self, key: str) -> str:
        """The address of what was done under a key, for a view that knows; else nothing."""
        return ""


def key(request: Request) -> str | None:
    """The key of what is asked. It is the user's own: another's same words are another key."""
    given = request.headers.get("Idempotency-Key", "").strip()
    if len(given) > KEY_LENGTH:
        told = ngettext("At most %(number)s character.", "At most %(number)s characters.", KEY_LENGTH)
        raise ValidationError({"Idempotency-Key": [told % {"number": KEY_LENGTH}]})
    return f"{request.user.pk}:{given}" if given else None


def _once(handler: Handler, request: Request, *args: Any, **kwargs: Any) -> Response:
    """Answers by `handler` where the key is new, else as before. Of several at once the others wait for the first.

    Raises KeyReused, AnswerGone, and whatever the handler does.
    """
    own = key(request)
    if own is None:
        return handler(request, *args, **kwargs)
    asked = _fingerprint(request)
    with transaction.atomic():
        if _is_new(own, asked):
            answer = handler(request, *args, **kwargs)
            if answer.status_code < 400:
                _keep(own, answer)
            else:
                transaction.set_rollback(True)
            return answer
    kept = Answered.objects.get(key=own)
    if bytes(kept.fingerprint) != asked:
        raise KeyReused
    return _replayed(kept)


_CLAIM = """
INSERT INTO sources_answered AS a (key, fingerprint, status, location, at) VALUES (%(key)s, %(asked)s, 0, '', now())
ON CONFLICT (key) DO UPDATE SET fingerprint = %(asked)s, status = 0, location = '', answer = NULL, at = now()
WHERE a.at < now() - %(lifetime)s::interval
"""


def _is_new(own: str, asked: bytes) -> bool:
    """Takes the key, unless somebody has it for less than a day; waits for whoever is about to."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"key": own, "asked": asked, "lifetime": f"{Answered.LIFETIME.total_seconds()} seconds"})
        return bool(cursor.rowcount)


def _keep(own: str, answer: Response) -> None:
    headers = {name: answer[name] for name in _HEADERS if name in answer}
    said = orjson.dumps(headers) + b"\n" + rendering.dumps(answer.data)
    Answered.objects.filter(key=own).update(
        status=answer.status_code, answer=_cipher(own).encrypt(said), location=answer.headers.get("Location", "")
    )


def _replayed(kept: Answered) -> Response:
    try:
        said = _cipher(kept.key).decrypt(bytes(kept.answer or b""))
    except InvalidToken:  # dropped by an erasure, or the secret of this install is another since
        raise AnswerGone(kept.location) from None
    headers, _newline, data = said.partition(b"\n")
    return Response(json.loads(data), status=kept.status, headers=json.loads(headers) | {REPLAYED: "true"})


def _cipher(own: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(salted_hmac("sources.api.idempotency.answer", own, algorithm="sha256").digest()))


def _fingerprint(request: Request) -> bytes:
    """Of what is asked and through which token, keyed with this install's secret: nobody can guess from it a text that was erased since.

    Of the token, since an answer may hold a secret that was meant for one that may more than another of the same person's.
    """
    asked = [request.method, request.get_full_path(), request.data, getattr(request.auth, "pk", None)]
    try:
        said = orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # JSON may hold an integer of any length, and half a surrogate pair
        said = json.dumps(asked, sort_keys=True).encode()
    # The salt is part of every fingerprint that is kept, so it stays as it is.
    return salted_hmac("sources.api.once", said, algorithm="sha256").digest()
