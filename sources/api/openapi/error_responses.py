"""Every operation's errors, as problems (RFC 9457): which there can be follows from what the operation takes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sources.api.problems import MEDIA_TYPE

Operation = dict[str, Any]
PROBLEM = {"$ref": "#/components/schemas/Problem"}
JSON = "application/json"
FEEDS = ("application/atom+xml", "text/calendar")


@dataclass(frozen=True, slots=True)
class ErrorResponse:
    """An error that many operations share: its name in the components, what it means, and which operations may answer it."""

    name: str
    description: str
    may: Callable[[str, str, Operation], bool]
    headers: dict[str, str] = field(default_factory=dict)
    may_have: dict[str, str] = field(default_factory=dict)  # headers that it has now and then


def _always(_path: str, _method: str, _operation: Operation) -> bool:
    return True


def _takes_a_body(_path: str, method: str, _operation: Operation) -> bool:
    return method in ("post", "put", "patch")


def _is_about_one(path: str, _method: str, _operation: Operation) -> bool:
    return "{" in path


def _is_feed(_path: str, _method: str, operation: Operation) -> bool:
    """Feeds are given to readers and calendars whatever they ask for, and only if they have changed."""
    return any(media_type in answer.get("content", {}) for answer in operation["responses"].values() for media_type in FEEDS)


def _negotiates(path: str, method: str, operation: Operation) -> bool:
    return not _is_feed(path, method, operation)


def _has_conditions(path: str, method: str, operation: Operation) -> bool:
    return _is_feed(path, method, operation) or _takes_header("If-Match")(path, method, operation)


def _takes_header(name: str, *, required: bool = False) -> Callable[[str, str, Operation], bool]:
    def takes(_path: str, _method: str, operation: Operation) -> bool:
        given = (each for each in operation.get("parameters", ()) if each["in"] == "header" and each["name"] == name)
        return any(each.get("required", False) >= required for each in given)

    return takes


def _may_conflict(path: str, method: str, operation: Operation) -> bool:
    return _takes_header("Idempotency-Key")(path, method, operation) or _takes_header("If-Match")(path, method, operation)


RETRY_AFTER = {"Retry-After": "After how many seconds to ask again, where it will be over by itself."}
NOW = {"ETag": "The version of `current`."}
ERRORS = {
    "400": ErrorResponse("BadRequest", "What was sent does not fit; `errors` says why, by field.", _always),
    "401": ErrorResponse("Unauthenticated", "Who asks is not known.", _always, {"WWW-Authenticate": "How to say who asks."}),
    "403": ErrorResponse("Forbidden", "Whoever asks may not do this.", _always),
    "404": ErrorResponse("NotFound", "There is nothing under this address.", _is_about_one),
    "406": ErrorResponse("NotAcceptable", "It is not to be had in a media type that `Accept` names.", _negotiates),
    "409": ErrorResponse(
        "Conflict",
        "The step is not open, it changed meanwhile, or the key was used for something else, or too long ago to be answered again.",
        _may_conflict,
        may_have={"Location": "What was done under the same key before."} | NOW,
    ),
    "412": ErrorResponse("PreconditionFailed", "It is no longer as `If-Match` says.", _has_conditions, may_have=NOW),
    "413": ErrorResponse("TooLarge", "The body is too long.", _takes_a_body),
    "415": ErrorResponse("UnsupportedMediaType", "The body is no JSON.", _takes_a_body),
    "428": ErrorResponse("PreconditionRequired", "`If-Match` is wanted.", _takes_header("If-Match", required=True)),
    "500": ErrorResponse("Failed", "The program failed; nothing was changed.", _always),
    "503": ErrorResponse("Unavailable", "It cannot be answered just now.", _always, may_have=RETRY_AFTER),
}


def add_error_responses(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """A postprocessing hook: adds to every operation the errors that it may answer, and names their media type."""
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            _add(path, method, operation)
    result["components"]["responses"] = {error.name: _component(error) for error in ERRORS.values()}
    return result


def _add(path: str, method: str, operation: Operation) -> None:
    may = {status: error for status, error in ERRORS.items() if error.may(path, method, operation)}
    answers = operation["responses"]
    for status, answer in answers.items():
        if status >= "400" and JSON in answer.get("content", {}):
            answer["content"] = {MEDIA_TYPE: answer["content"][JSON]}
            if status in ERRORS:
                may[status] = ERRORS[status]
    plain = {MEDIA_TYPE: {"schema": PROBLEM}}
    shared = {status: {"$ref": f"#/components/responses/{error.name}"} for status, error in may.items()}
    own = {status: answer for status, answer in answers.items() if status not in shared or answer.get("content") != plain}
    operation["responses"] = dict(sorted((shared | own).items()))


def _component(error: ErrorResponse) -> dict[str, Any]:
    named = [*((name, said, True) for name, said in error.headers.items()), *((name, said, False) for name, said in error.may_have.items())]
    headers = {name: {"description": said, "required": always, "schema": {"type": "string"}} for name, said, always in named}
    return {"description": error.description, "content": {MEDIA_TYPE: {"schema": PROBLEM}}} | ({"headers": headers} if headers else {})
