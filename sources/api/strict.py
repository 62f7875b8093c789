"""Nothing that a request says is passed over or guessed at: what an address does not know, and what is no text, is refused by name.

The names are those of the declarations that the schema is made of, `extend_schema(parameters=…)` and the serializers of bodies.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.views import APIView

NAMED = 20  # unknown names that one answer tells of; whoever sends more has sent something else altogether
LONGEST = 60  # of a name, in letters, for which another is looked for


def unknown(given: Iterable[str], known: Iterable[str], sentence: str) -> dict[str, list[str]]:
    """The errors for those given that are not known, by name: the sentence, and which one was probably meant."""
    names = list(dict.fromkeys(known))
    strange = sorted(set(given) - set(names))[:NAMED]
    return {_writable(name): [_close_to(name, names, sentence)] for name in strange}


def _writable(name: str) -> str:
    """Half a surrogate pair, which JSON may hold, cannot be written in UTF-8."""
    return name.encode(errors="backslashreplace").decode()


def _close_to(name: str, known: list[str], sentence: str) -> str:
    close = get_close_matches(name, known, 1) if len(name) <= LONGEST else []
    return " ".join([sentence, *(_("Did you mean “%(name)s”?") % {"name": each} for each in close)])


class StrictSerializer(serializers.Serializer[Any]):
    """The body of a request, or a part of one: a field that it does not have is an error under that field's name."""

    closed = True  # for the schema

    def to_internal_value(self, data: Any) -> Any:
        """The values, checked."""
        if not isinstance(data, Mapping):
            return super().to_internal_value(data)  # which refuses it
        strange = unknown(data, self.fields, _("There is no such field.")) | self._of_other_types(data)
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({**strange, **_by_name(error)}) from error
        if strange:
            raise serializers.ValidationError(strange)
        return value

    def _of_other_types(self, data: Mapping[str, Any]) -> dict[str, list[str]]:
        """Errors where a value is of another type of JSON than its field: the framework would make words of a number, and true of 1."""
        given = {name: field for name, field in self.fields.items() if data.get(name) is not None}
        wrong = {name: field for name, field in given.items() if isinstance(field, SIMPLE) and _is_other(data[name], field)}
        return {name: [str(field.error_messages["invalid"])] for name, field in wrong.items()}


WORDY = (serializers.CharField, serializers.UUIDField)
SIMPLE = (*WORDY, serializers.BooleanField, serializers.IntegerField)


def _is_other(value: Any, field: Any) -> bool:
    """Is it simple, and of another type? What is no simple value at all the field itself refuses."""
    if isinstance(field, WORDY):
        return isinstance(value, int | float)
    if isinstance(field, serializers.BooleanField):
        return isinstance(value, int | float | str) and not isinstance(value, bool)
    return isinstance(value, bool | str)


def _by_name(error: serializers.ValidationError) -> dict[str, Any]:
    return error.detail if isinstance(error.detail, dict) else {api_settings.NON_FIELD_ERRORS_KEY: error.detail}


def check_parameters(given: QueryDict, known: Iterable[str]) -> None:
    """Raises ValidationError for parameters that are not known, come twice, say nothing, or say what no text is."""
    errors = unknown(given, known, _("There is no such parameter here."))
    for name, values in given.lists():
        if name in errors:
            continue
        if len(values) > 1:
            errors[name] = [_("It is given more than once.")]
        elif "\0" in values[0]:  # PostgreSQL has no such text, and nothing is called so
            errors[name] = [_("It holds a character that no text has (NUL).")]
        elif not values[0].strip():
            errors[name] = [_("It is given without a value: leave it out, or say one.")]
    if errors:
        raise serializers.ValidationError(errors)


def checked_parameters(request: Request, form: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """The parameters of a request as a form has them. Raises ValidationError for what does not fit, or is none of them.

    A view may declare more than one of its forms has: what is a filter for one reader is none for another.
    """
    given = form(data=request.query_params.dict())
    check_parameters(request.query_params, given.fields)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


class StrictView(APIView):
    """A view whose parameters are those that it declares to the schema. Its `Location` is always a whole address."""

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Says where with the host, too: a client may have lost sight of what it asked."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        if "Location" in answer:
            answer["Location"] = request.build_absolute_uri(answer["Location"])
        return answer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who asks is looked at first: whoever may not ask is not told what could be asked; nor is a method that is not there."""
        super().initial(request, *args, **kwargs)
        if request.method != "OPTIONS" and hasattr(self, _handler(str(request.method))):
            known = parameters_of(type(self), str(request.method))  # type: ignore[arg-type] # a class has a hash
            check_parameters(request.query_params, known)


@lru_cache(maxsize=1000)  # a view's declarations do not change
def parameters_of(view: type[APIView], method: str) -> frozenset[str]:
    """The names of the query parameters that a view declares for a method."""
    names: set[str] = set()
    for declared in _declared(view, method):
        if isinstance(declared, OpenApiParameter):
            names |= {declared.name} if declared.location == OpenApiParameter.QUERY else set()
        else:
            names |= set(declared().fields)
    return frozenset(names | _of_pages(view, method))


def _handler(method: str) -> str:
    return "get" if method == "HEAD" else method.lower()


def _declared(view: type[APIView], method: str) -> list[Any]:
    described = getattr(getattr(view, _handler(method)), "kwargs", {}).get("schema")
    if described is None:
        return []
    schema = described()
    schema.view, schema.method = view(request=None, kwargs={}), method
    declared: list[Any] = schema.get_override_parameters()
    return declared


def _of_pages(view: type[APIView], method: str) -> set[str]:
    pages: type[BasePagination] | None = getattr(view, "pagination_class", None)
    if pages is None or not hasattr(view, "list") or method not in ("GET", "HEAD"):
        return set()
    return {str(told["name"]) for told in pages().get_schema_operation_parameters(view())}
