"""What a serializer asks beyond its single fields, in the description: either this field or that one, and no field beside them."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework.serializers import CharField


class ConditionsSchema(AutoSchema):
    """Reads two attributes of a serializer that requests are checked with.

    `conditions` are JSON Schemas that a body fits besides, as `validate` asks. They stand in `allOf`, beside the fields: programs that make
    clients read the fields there, and would lose them in an `anyOf`. `closed` says that a field there is not is refused.
    """

    def _map_serializer_field(self, field: Any, direction: str, bypass_extensions: bool = False) -> Any:
        """Words that may not be empty may not be blank either, as fields see them: trimmed."""
        described = super()._map_serializer_field(field, direction, bypass_extensions)
        if type(field) is CharField and field.trim_whitespace and not field.allow_blank and direction == "request":
            described.setdefault("pattern", r"\S")
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
