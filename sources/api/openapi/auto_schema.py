"""What a serializer asks beyond its single fields, in the description: either this field or that one."""

from typing import Any

from drf_spectacular.openapi import AutoSchema


class ConditionsSchema(AutoSchema):
    """Reads `conditions` of a serializer: JSON Schemas that a body fits besides, as its `validate` asks.

    They stand in `allOf`, beside the fields: programs that make clients read the fields there, and would lose them in an `anyOf`.
    """

    def _map_basic_serializer(self, serializer: Any, direction: str) -> dict[str, Any]:
        described: dict[str, Any] = super()._map_basic_serializer(serializer, direction)
        conditions = list(getattr(serializer, "conditions", ()))
        return described | {"allOf": conditions} if conditions and direction == "request" else described


def any_of(*names: str) -> dict[str, Any]:
    """At least one of these fields is there."""
    return {"anyOf": [{"required": [name]} for name in names]}
