"""The headers of answers that follow from what an operation takes."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter

_WORDS: dict[str, Any] = {"type": "string"}
REPLAYED = {
    "description": "`true` where the same key was answered before: nothing was done this time.",
    "schema": {"type": "string", "enum": ["true"]},
}
ETAG = {"description": "The version that was reached, for `If-Match`.", "required": True, "schema": _WORDS}
FROM_REQUEST: dict[str, dict[str, Any]] = {"Idempotency-Key": {"Idempotency-Replayed": REPLAYED}, "If-Match": {"ETag": ETAG}}


def answered(name: str, *statuses: int, description: str, required: bool = True) -> OpenApiParameter:
    """A header of a view's own answers of these statuses, among the `parameters` of its `extend_schema`."""
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, required=required, response=list(statuses), description=description)


def location(*statuses: int, required: bool = True) -> OpenApiParameter:
    """`Location` of what was made, or waits."""
    return answered("Location", *statuses, description="the address of what was made", required=required)


def version(*statuses: int, required: bool = True) -> OpenApiParameter:
    """`ETag` where the operation takes no `If-Match`."""
    return answered("ETag", *statuses, description="the version, for If-Match", required=required)


def add_headers(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """A postprocessing hook: whoever sends a key is told of a replay, whoever sends a version is told the next one."""
    for methods in result["paths"].values():
        for operation in methods.values():
            taken = {given["name"] for given in operation.get("parameters", ()) if given["in"] == "header"}
            headers = {name: said for sent in FROM_REQUEST if sent in taken for name, said in FROM_REQUEST[sent].items()}
            for status, answer in operation["responses"].items():
                if headers and status < "300":
                    answer["headers"] = headers | answer.get("headers", {})
    return result
