"""JSON in: what cannot be read, or could not be worked with, is refused before a view sees it."""

import json
import math
from collections.abc import Iterator, Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

DEEPEST = 50  # of lists and objects within each other; what this program asks for is four deep


class BodyTooLarge(APIException):
    """More bytes than are read at all (DATA_UPLOAD_MAX_MEMORY_SIZE)."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = _("The body is larger than this install takes.")
    default_code = "too_large"


class JSONParser(BaseParser):
    """Parses JSON (RFC 8259) in UTF-8."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """The value. Raises ParseError, BodyTooLarge."""
        value = _read(stream)
        for depth, inner in _all(value):
            if depth > DEEPEST:
                raise _too_deep()
            if isinstance(inner, float) and math.isinf(inner):
                raise _too_large_a_number()
        return value


def _read(stream: IO[bytes]) -> Any:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    data = stream.read(most + 1)
    if len(data) > most:
        raise BodyTooLarge
    try:
        return json.loads(data.decode(), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise ParseError(_("The body is not in UTF-8.")) from error
    except RecursionError as error:
        raise _too_deep() from error
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno}
        raise ParseError(_("The body is not JSON: see line %(line)s, column %(column)s.") % where) from error
    except ValueError as error:  # an integer of thousands of digits
        raise _too_large_a_number() from error


def _refuse(name: str) -> Any:
    raise ParseError(_("The body is not JSON: it holds %(word)s.") % {"word": name})


def _too_deep() -> ParseError:
    return ParseError(_("The body holds lists or objects nested deeper than %(depth)s.") % {"depth": DEEPEST})


def _too_large_a_number() -> ParseError:
    return ParseError(_("The body holds a number that is too large."))


def _all(value: Any) -> Iterator[tuple[int, Any]]:
    """Every value within, with its depth; not by recursion, which is what the depth would break."""
    waiting = [(0, value)]
    while waiting:
        depth, one = waiting.pop()
        yield depth, one
        if isinstance(one, dict):
            waiting.extend((depth + 1, inner) for inner in one.values())
        elif isinstance(one, list):
            waiting.extend((depth + 1, inner) for inner in one)
