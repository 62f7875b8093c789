"""What a claim was judged to be to others, the cluster it is in, and claims like it that nobody has compared with it yet."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import ledger, similarity
from claims.api import filters, requests
from claims.api.matching import MatchShown
from claims.api.response_serializers import LinkShown
from claims.domain import choices
from claims.models import Claim, Link
from claims.similarity import clusters, judgements


class LinkWithClaim(LinkShown):
    """A judgement, with the other claim."""

    statement = serializers.CharField()
    speaker = serializers.CharField()
    status = serializers.ChoiceField(choices.Status.choices)
    rating = serializers.ChoiceField(choices.Rating.choices, allow_null=True)


class ClusterShown(serializers.Serializer[Any]):
    """Claims joined by `same`, `repeats` or a merge, however many are between."""

    id = serializers.UUIDField(help_text="the smallest id of its claims")
    claims = serializers.ListField(child=serializers.UUIDField())
    conflicts = serializers.ListField(
        child=serializers.ListField(child=serializers.UUIDField(), min_length=2, max_length=2),
        help_text="pairs of its claims that somebody found not to be the same",
    )


class LinksShown(serializers.Serializer[Any]):
    """The judgements of one claim, oldest first."""

    merged_into = serializers.UUIDField(allow_null=True)
    duplicates = serializers.ListField(child=serializers.UUIDField())
    cluster = ClusterShown(allow_null=True)
    results = LinkWithClaim(many=True)


class JudgedShown(serializers.Serializer[Any]):
    """How a pair was judged already; `relation` is null where the one was merged into the other."""

    relation = serializers.ChoiceField(choices.Relation.choices, allow_null=True)
    outward = serializers.BooleanField()


class SimilarShown(MatchShown):
    """A claim like this one; in `why` the claim asked about is the text."""

    judged = JudgedShown(allow_null=True)


class SimilarsShown(serializers.Serializer[Any]):
    """What is near, best first."""

    results = SimilarShown(many=True)


class SimilarAsked(serializers.Serializer[Any]):
    """How many at most, and whether with those that were judged already."""

    limit = serializers.IntegerField(required=False, default=10, min_value=1, max_value=50)
    judged = serializers.BooleanField(required=False, default=False, help_text="also those that it was compared with already")


class Links(requests.RoomView):
    """A claim's judgements."""

    @extend_schema(operation_id="claims_links", responses=LinksShown)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """What a claim was judged to be to others, its duplicates, and its cluster with what speaks against it."""
        claim = _claim(id)
        cluster = clusters.around(id)
        shown = {
            "merged_into": claim.merged_into,
            "duplicates": list(Claim.objects.filter(merged_into=id).order_by("pk").values_list("pk", flat=True)),
            "cluster": cluster and {"id": cluster.id, "claims": cluster.claims, "conflicts": cluster.conflicts},
            "results": [_link(link) for link in Link.objects.filter(claim=id).select_related("other").order_by("ordinal")],
        }
        return Response(shown)


def _link(link: Link) -> dict[str, Any]:
    other = link.other
    about = {"statement": other.statement, "speaker": other.speaker_name, "status": other.status, "rating": other.rating or None}
    told = {"id": link.key, "other": link.other_id, "relation": link.relation, "outward": link.outward}
    return told | {"reason": link.reason, "by": link.by, "at": link.at} | about


class Similar(requests.RoomView):
    """Claims like one."""

    @extend_schema(
        operation_id="claims_similar",
        parameters=[SimilarAsked],
        responses=SimilarsShown,
    )
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """Claims that say nearly the same, best first, with why; those that somebody has compared with it only where they are asked for."""
        claim = _claim(id)
        asked = filters.checked_filters(request, SimilarAsked)
        known = judgements.pairs([id])[id]
        found = similarity.like(claim, limit=asked["limit"], judged=() if asked["judged"] else known)
        return Response({"results": [match.as_json() | {"judged": _judged(known.get(match.claim.pk))} for match in found]})


def _judged(pair: judgements.Judgement | None) -> dict[str, Any] | None:
    return {"relation": pair.relation, "outward": pair.outward} if pair else None


def _claim(id: UUID) -> Claim:  # noqa: A002
    claim = Claim.objects.filter(pk=id).prefetch_related("quantities").first()
    if claim is None:
        raise ledger.NoSuchClaim
    return claim
