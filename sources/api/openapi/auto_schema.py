"""What a serializer asks beyond its single fields, in the description: either this field or that one, and no field beside them."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework.serializers import CharField

TAG = {"ETag": {"description": "Of these bytes, for If-None-Match.", "schema": {"type": "string"}}}


class ConditionsSchema(AutoSchema):
    """Reads two attributes of a serializer that requests are checked with.

    `conditions` are JSON Schemas that a body fits besides, as `validate` asks. They stand in `allOf`, beside the fields: programs that make
    clients read the fields there, and would lose them in an `anyOf`. `closed` says that a field there is not is refused.
    """

    def _map_serializer_field(self, field: Any, direction: str, bypass_extensions: bool = False) -> Any:
        """Words that may not be empty may not be blank either, as fields see them: trimmed."""
        described = super()._map_serializer_field(field, direction, bypass_extensions)  # type: ignore[no-untyped-call]
        if type(field) is CharField and field.trim_whitespace and not field.allow_blank and direction == "request":
            described.setdefault("pattern", r"\S")
        return described

    def get_operation(self, path: str, path_regex: str, path_prefix: str, method: str, registry: Any) -> Any:
        """With 304 and the tag of what readers outside are shown, where a view `answers_outside`."""
        described = super().get_operation(path, path_regex, path_prefix, method, registry)
        if described and method == "GET" and getattr(self.view, "answers_outside", False):
            answers = described["responses"]
            for status in {"200", "410"} & set(answers):
                answers[status]["headers"] = TAG | answers[status].get("headers", {})
            answers["304"] = {"description": "Nothing changed for a reader outside.", "headers": TAG}
        return described

    def _map_basic_serializer(self, serializer: Any, direction: str) -> dict[str, Any]:
        described: dict[str, Any] = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        if direction != "request":
            return described
        conditions = list(getattr(serializer, "conditions", ()))
        closed = {"additionalProperties": False} if getattr(serializer, "closed", False) else {}
        return described | closed | ({"allOf": conditions} if conditions else {})


def any_of(*names: str) -> dict[str, Any]:
    """At least one of these fields is there."""
    return {"anyOf": [{"required": [name]} for name in names]}
