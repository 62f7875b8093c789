"""What lets others check the log: its signed head, that it only grew, its tiles, and the proof of one claim."""

import re
from base64 import b64encode
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import filters, requests
from claims.api.field_serializers import Made
from claims.ledger import codec
from claims.models import Position
from claims.transparency import bundles, checkpoints, keys
from claims.tree import tiles
from claims.tree.leaves import WIDTH
from sources.api import rendering


class Note(BaseRenderer):
    """A signed note as it is; problems as JSON."""

    media_type = "text/plain"
    format = "txt"
    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        """The bytes."""
        return data["note"].encode() if "note" in data else rendering.dumps(data)


class HeadShown(serializers.Serializer[Any]):
    """The signed head of the log; `note` is what was signed and the signatures (C2SP tlog-checkpoint)."""

    size = serializers.IntegerField()
    root = serializers.CharField(help_text="base64")  # type: ignore[assignment] # the property of a field
    made_at = serializers.DateTimeField()
    note = serializers.CharField()
    keys = serializers.ListField(child=serializers.CharField(), help_text="public keys, NAME+ID+BASE64")


class Head(requests.SharedRoomView):
    """The signed head."""

    renderer_classes = [Note, rendering.JSON]

    @extend_schema(operation_id="checkpoint", responses={(200, "text/plain"): OpenApiTypes.STR, (200, "application/json"): HeadShown})
    def get(self, request: Request) -> Response:
        """The newest signed head: a note, or JSON where that is asked for."""
        head = checkpoints.newest() or checkpoints.make()
        known = [str(key) for key in keys.ring().verifiers]
        root = b64encode(bytes(head.root)).decode()
        return Response({"size": head.size, "root": root, "made_at": head.made_at, "note": head.note, "keys": known})


class ConsistencyParameters(serializers.Serializer[Any]):
    """Two sizes of the log."""

    to = serializers.IntegerField(required=False, min_value=0, max_value=2**62, help_text="the newest signed head's when left out")

    def get_fields(self) -> Made:
        """`from` is a word of Python's own."""
        from_ = serializers.IntegerField(min_value=0, max_value=2**62, help_text="the size that you know")
        return {"from": from_, **super().get_fields()}


class ConsistencyShown(serializers.Serializer[Any]):
    """The proof that the log of one size begins with that of another (RFC 9162, 2.1.4)."""

    to = serializers.IntegerField()
    proof = serializers.ListField(child=serializers.CharField(), help_text="base64")

    def get_fields(self) -> Made:
        """`from` is a word of Python's own."""
        return {"from": serializers.IntegerField(), **super().get_fields()}


class Consistency(requests.SharedRoomView):
    """The log only grew."""

    @extend_schema(operation_id="checkpoint_consistency", parameters=[ConsistencyParameters], responses=ConsistencyShown)
    def get(self, request: Request) -> Response:
        """The hashes that lead from the root at one size to the root at another."""
        asked = filters.checked_filters(request, ConsistencyParameters)
        head = checkpoints.newest() or checkpoints.make()
        old, new = asked["from"], asked.get("to", head.size)
        if not 0 <= old <= new <= head.size:
            raise serializers.ValidationError({"from": [_("Ask for sizes up to that of the newest signed head, the smaller first.")]})
        proof = [b64encode(hash).decode() for hash in checkpoints.consistency(old, new)]
        return Response({"from": old, "to": new, "proof": proof})


_PLACE = re.compile(r"((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


def _placed(place: str, level: int) -> tuple[int, int]:
    """A tile's index, and how many of its hashes are asked for (C2SP tlog-tiles). Only what the newest head covers is there."""
    found = _PLACE.fullmatch(place)
    head = checkpoints.newest()
    if not found or not head:
        raise Http404
    index, width = int(re.sub("[x/]", "", found[1])), int(found[2] or WIDTH)
    if width > WIDTH or index * WIDTH + width > head.size >> tiles.HEIGHT * level:
        raise Http404
    return index, width


PLACE = OpenApiParameter("place", str, OpenApiParameter.PATH, description="x001/x234/067; 067.p/5 for the first 5 hashes")


class HashTile(requests.SharedRoomView):
    """256 hashes of the tree."""

    @extend_schema(operation_id="tile", parameters=[PLACE], responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, level: int, place: str) -> HttpResponse:
        """A tile, as C2SP tlog-tiles has it."""
        if level > 7:
            raise Http404
        index, width = _placed(place, level)
        size = (index * WIDTH + width) << tiles.HEIGHT * level
        return HttpResponse(b"".join(tiles.hashes(level, index, size)), content_type="application/octet-stream")


class EntryTile(requests.RoomView):
    """What the leaves are hashes of, for those who are signed in: who did what, though not the data."""

    @extend_schema(operation_id="tile_entries", parameters=[PLACE], responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, place: str) -> HttpResponse:
        """256 entries, each with its length in two bytes before it (C2SP tlog-tiles)."""
        index, width = _placed(place, 0)
        rows = Position.objects.filter(position__range=(index * WIDTH, index * WIDTH + width - 1)).order_by("position")
        leaves = [f"{codec.stamp(at)}\n{entry}".encode() for at, entry in rows.values_list("sealed_at", "event__entry")]
        return HttpResponse(b"".join(len(leaf).to_bytes(2) + leaf for leaf in leaves), content_type="application/octet-stream")


class EventProved(serializers.Serializer[Any]):
    """An event, and where it stands in the signed log."""

    position = serializers.IntegerField()
    sealed_at = serializers.DateTimeField()
    entry = serializers.CharField(help_text="the hashed text")
    body = serializers.CharField()
    salt = serializers.CharField(help_text="hex")
    proof = serializers.ListField(child=serializers.CharField(), help_text="base64")


class ProofShown(serializers.Serializer[Any]):
    """A claim's history that proves itself."""

    format = serializers.CharField()
    claim = serializers.UUIDField()
    checkpoint = serializers.CharField(help_text="the signed head of the log")
    keys = serializers.ListField(child=serializers.CharField())
    events = EventProved(many=True)
    erasures = EventProved(many=True, help_text="those that made words of these events unreadable")


class ClaimProof(requests.RoomView):
    """A claim's proof."""

    @extend_schema(operation_id="claims_proof", responses=ProofShown)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """Every event of the claim with its place in the log; docs/check_proof.py checks it without this install."""
        requests.must_be_claim(id)
        return Response(bundles.bundle_of(id))
