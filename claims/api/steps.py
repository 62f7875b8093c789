"""The steps of a claim and of a flag: a POST each, one room each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import flags, requests, response_serializers, views
from claims.api.step_bodies import Body, body_of
from claims.domain.steps import FLAG_STEPS, STEPS, Step
from claims.ledger import Receipt
from claims.workflow import Room, room_of
from sources import roles
from sources.api.openapi import headers

# These have an address of another shape: a PATCH of the claim itself, and a list that takes a POST.
ELSEWHERE = ("revise", "corrections")
OF_CLAIMS = {name: step for name, step in STEPS.items() if name not in ELSEWHERE}
OF_FLAGS = {name: step for name, step in FLAG_STEPS.items() if step.room}


class StepView(requests.RoomView):
    """Checks what the body of a request holds and takes the step with it."""

    step: Step
    room: Room
    body: Body
    must_be: Callable[[UUID], None]
    answer: Callable[[Receipt], Response]

    def post(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """Takes the step."""
        cls = type(self)
        cls.must_be(id)
        if cls.step.names_version and requests.expected_version(request) is None:
            roles.must(requests.actor(request), cls.step.asked_as)  # who may not take it need not be told how
            raise requests.VersionWanted
        form = cls.body(data=request.data)
        form.is_valid(raise_exception=True)
        return cls.answer(cls.room(id, **cls.step.for_room(form.validated_data), **requests.step_arguments(request)))


def claim_step(step: Step) -> Any:
    """The address of a claim's step."""
    return _view(f"claims_{step.name}", step, requests.must_be_claim, views, response_serializers.ClaimWhole)


def flag_step(step: Step) -> Any:
    """The address of a flag's step."""
    return _view(f"flags_{step.name}", step, requests.must_be_flag, flags, response_serializers.FlagShown)


def _view(operation: str, step: Step, must_be: Any, kind: Any, shape: Any) -> Any:
    """`kind` is the module that answers with a claim or with a flag."""
    room, body = room_of(step), body_of(step)
    does = {"step": step, "room": staticmethod(room), "body": body, "must_be": staticmethod(must_be)}
    does |= {"answer": staticmethod(kind.answer), "current": staticmethod(kind.current)}
    view: Any = type(operation, (StepView,), {**does, "__doc__": room.__doc__})
    described = extend_schema(
        operation_id=operation,
        description=room.__doc__,
        parameters=[views.IDEMPOTENCY, views.IF_MATCH_WANTED if step.names_version else views.IF_MATCH, headers.location(202)],
        request=body if step.arguments else None,
        # What was judged is only proposed so: 202, and a correction that waits for approval.
        responses={200: shape, 202: shape} if step.may_wait else shape,
    )
    return extend_schema_view(post=described)(view).as_view()
