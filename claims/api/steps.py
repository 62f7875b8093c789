"""The steps of a claim and of a flag: a POST each, one room each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from claims import flagging
from claims.api import flags, request_serializers, requests, response_serializers, views
from claims.domain.values import Exhibit
from claims.ledger import Receipt
from claims.workflow import corrections, linking, publishing, recording, review, verdicts
from sources import roles

Room = Callable[..., Receipt]


def _evidence(claim: UUID, *, by: Any, key: Any, after: Any, **exhibit: Any) -> Receipt:
    return review.add_evidence(claim, Exhibit(**exhibit), by=by, key=key, after=after)


def _withdraw_evidence(claim: UUID, *, evidence: UUID, **rest: Any) -> Receipt:
    return review.withdraw_evidence(claim, evidence=str(evidence), **rest)


def _verdict(claim: UUID, *, evidence: list[UUID], **rest: Any) -> Receipt:
    return verdicts.reach(claim, evidence=tuple(map(str, evidence)), **rest)


CLAIM_STEPS: dict[str, tuple[Room, type[Serializer]]] = {
    "accept": (review.accept, request_serializers.Empty),
    "reject": (review.reject, request_serializers.Reason),
    "assign": (review.assign, request_serializers.Colleague),
    "schedule": (review.schedule, request_serializers.Schedule),
    "register": (review.register, request_serializers.Register),
    "redate": (recording.redate, request_serializers.OptionalReason),
    "reread": (recording.take_reading, request_serializers.OptionalReason),
    "evidence": (_evidence, request_serializers.EvidenceHeard),
    "withdraw-evidence": (_withdraw_evidence, request_serializers.EvidenceBack),
    "verdict": (_verdict, request_serializers.VerdictHeard),
    "approve": (verdicts.approve, request_serializers.Empty),
    "return": (verdicts.send_back, request_serializers.Reason),
    "approve-correction": (corrections.approve, request_serializers.Decision),
    "return-correction": (corrections.send_back, request_serializers.DecisionWhy),
    "publish": (publishing.publish, request_serializers.Empty),
    "withdraw": (publishing.withdraw, request_serializers.Reason),
    "reopen": (review.reopen, request_serializers.Reason),
    "merge": (linking.merge, request_serializers.Merge),
    "unmerge": (linking.unmerge, request_serializers.Reason),
    "link": (linking.link, request_serializers.Link),
    "unlink": (linking.unlink, request_serializers.Unlink),
}
FLAG_STEPS: dict[str, tuple[Room, type[Serializer]]] = {
    "resolve": (flagging.resolve, request_serializers.OptionalReason),
    "dismiss": (flagging.dismiss, request_serializers.Reason),
    "snooze": (flagging.snooze, request_serializers.Snooze),
    "assign": (flagging.assign, request_serializers.Colleague),
}
# Steps that vouch for what somebody has read: they name the version that was read (If-Match), or are not taken.
VERSION_WANTED = frozenset({"approve", "approve-correction", "return-correction"})


class Step(requests.RoomView):
    """Hears a step's fields and takes the step."""

    room: Room
    hears: type[Serializer]
    version_wanted: str  # the step's name where it takes If-Match, else empty
    must_be: Callable[[UUID], None]
    answer: Callable[[Receipt], Response]

    def post(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """Takes the step."""
        cls = type(self)
        cls.must_be(id)
        if cls.version_wanted and requests.expected_version(request) is None:
            roles.must(requests.actor(request), cls.version_wanted)  # who may not take it need not be told how
            raise requests.VersionWanted
        form = cls.hears(data=request.data)
        form.is_valid(raise_exception=True)
        return cls.answer(cls.room(id, **form.validated_data, **requests.step_arguments(request)))


def claim_step(name: str) -> Any:
    """The address of a claim's step."""
    wanted = name if name in VERSION_WANTED else ""
    return _view(
        f"claims_{name}", CLAIM_STEPS[name], requests.must_be_claim, views.answer, response_serializers.ClaimWhole, version_wanted=wanted
    )


def flag_step(name: str) -> Any:
    """The address of a flag's step."""
    return _view(f"flags_{name}", FLAG_STEPS[name], requests.must_be_flag, flags.answer, response_serializers.FlagShown)


# What was judged is only proposed so: 202, and a correction that waits for approval.
_MAY_WAIT = {f"claims_{name}" for name in ("schedule", "register", "redate", "reread", "withdraw-evidence")}


def _view(operation: str, step: tuple[Room, type[Serializer]], must_be: Any, answer: Any, shape: Any, *, version_wanted: str = "") -> Any:
    room, hears = step
    does: dict[str, Any] = {"room": staticmethod(room), "hears": hears, "must_be": staticmethod(must_be), "answer": staticmethod(answer)}
    does["version_wanted"] = version_wanted
    view: Any = type(operation, (Step,), does | {"__doc__": room.__doc__})
    told = extend_schema(
        operation_id=operation,
        description=room.__doc__,
        parameters=[views.IDEMPOTENCY, views.IF_MATCH_WANTED if version_wanted else views.IF_MATCH],
        request=None if hears is request_serializers.Empty else hears,
        responses={200: shape, 202: shape} if operation in _MAY_WAIT else shape,
    )
    return extend_schema_view(post=told)(view).as_view()
