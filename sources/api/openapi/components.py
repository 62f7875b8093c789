"""Shapes that are written by hand, once for both apps, and named in the description."""

from typing import Any

from sources.text.edtf import Basis

IMPRECISE_DATE_REF = {"$ref": "#/components/schemas/ImpreciseDate"}
IMPRECISE_DATE: dict[str, Any] = {
    "type": "object",
    "description": "A date as precise as it was said: EDTF, and the words and their place in the text that it was read from.",
    "properties": {
        "edtf": {
            "type": ["string", "null"],
            "description": "2023, 2023-05, 2023-05-31, 2023-21 (spring), 2022/2023",
        },
        "text": {"type": ["string", "null"], "description": "the words"},
        "start": {"type": ["integer", "null"], "minimum": 0, "maximum": 2**31 - 1, "description": "in Unicode code points"},
        "end": {"type": ["integer", "null"], "minimum": 0, "maximum": 2**31 - 1},
        "basis": {"type": "string", "enum": [*(basis.value for basis in Basis), "publication"]},
    },
    "additionalProperties": False,
}
DATE_REQUEST: dict[str, Any] = {"oneOf": [{"type": "string", "minLength": 1}, IMPRECISE_DATE_REF]}


def add_components(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """A postprocessing hook."""
    result["components"]["schemas"]["ImpreciseDate"] = IMPRECISE_DATE
    return result
