"""The shapes of the answers, for the schema: what is shown is made in presenters.py."""

from typing import Any

from rest_framework import serializers

from claims.api import field_serializers
from claims.api.dates import DateShown
from claims.api.request_serializers import FigureHeard, HopHeard
from claims.domain import choices
from claims.domain.fields import Door, Type, shown_in
from sources.api.serializers import FieldChange
from sources.models import SpeakerType


class Known(serializers.Serializer[Any]):
    """A speaker as kept."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class SpeakerShown(serializers.Serializer[Any]):
    """Who said it, as read."""

    id = serializers.UUIDField(allow_null=True)
    type = serializers.ChoiceField(SpeakerType.choices)
    name = serializers.CharField()
    title = serializers.CharField()


# What the table of fields does not say of an answer, by the name of the field.
_OWN: field_serializers.Own = {
    "speaker": lambda: {"speaker": SpeakerShown()},  # a value of several
    "quantities": lambda: {"quantities": FigureHeard(many=True)},
    "attributions": lambda: {"attributions": HopHeard(many=True)},
    "said_on": lambda: {  # another day stands in for one that is not known
        "date": DateShown(allow_null=True, help_text="said_on, else the publication date with the basis `publication`")
    },
    "due": lambda: {  # what follows from it stands beside it
        "due": DateShown(allow_null=True),
        "due_first": serializers.DateField(allow_null=True),
        "due_last": serializers.DateField(allow_null=True),
        "clock": serializers.ChoiceField(choices.Clock.choices),
    },
    # in a request it says what to do with the statement
    "denial": lambda: {"denial": serializers.BooleanField(help_text="the speaker denies the proposition, as the statement says")},
    "why": lambda: {"why": serializers.ListField(child=serializers.CharField(), required=False)},  # of what a reader read
}
_FIRST = ("statement", "kind", "speaker", "source", "said_on", "document", "snapshot")  # in answers; the others as in the table


class ClaimListed(serializers.Serializer[Any]):
    """A claim in a list, as the desk sees it: readers outside get public records instead."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    status = serializers.ChoiceField(choices.Status.choices)
    rating = serializers.ChoiceField(choices.Rating.choices, allow_null=True)
    merged_into = serializers.UUIDField(allow_null=True)
    recorded_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    known_at = serializers.DateTimeField(allow_null=True, help_text="`as_of` it gives exactly this version; null until its place is given")
    published_at = serializers.DateTimeField(allow_null=True)
    corrected_at = serializers.DateTimeField(allow_null=True)
    assignee = serializers.CharField(required=False)
    flags = serializers.IntegerField(required=False, help_text="open flags")
    cluster = serializers.UUIDField(
        required=False,
        allow_null=True,
        help_text="the smallest id of those that say the same; null where it is joined with no other. With `as_of`, as it was judged then",
    )

    def get_fields(self) -> field_serializers.Made:
        """With what was said, which is public or the desk's own."""
        listed = list(shown_in(Door.LIST, first=_FIRST))
        public = field_serializers.answered((field for field in listed if not field.internal), own=_OWN)
        internal = field_serializers.answered((field for field in listed if field.internal), own=_OWN)
        return field_serializers.behind(super().get_fields(), {"status": public, "corrected_at": internal})


class EvidenceShown(serializers.Serializer[Any]):
    """A piece of evidence."""

    id = serializers.UUIDField()
    stance = serializers.ChoiceField(choices.Stance.choices)
    note = serializers.CharField()
    snapshot = serializers.UUIDField(allow_null=True)
    url = serializers.CharField()
    archived = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True, help_text="since then it counts for nothing")
    withdrawn_by = serializers.CharField()
    withdrawn_because = serializers.CharField()


class VerdictShown(serializers.Serializer[Any]):
    """A verdict and how far it got."""

    id = serializers.UUIDField()
    scheme = serializers.ChoiceField(choices.Scheme.choices)
    rating = serializers.ChoiceField(choices.Rating.choices)
    rationale = serializers.CharField()
    evidence = serializers.ListField(child=serializers.UUIDField())
    proposer = serializers.CharField()
    proposed_at = serializers.DateTimeField()
    approver = serializers.CharField()
    approved_at = serializers.DateTimeField(allow_null=True)
    superseded_at = serializers.DateTimeField(allow_null=True)
    returned_at = serializers.DateTimeField(allow_null=True)
    returned_because = serializers.CharField()
    known_since = serializers.DateField(allow_null=True, help_text="the day since when the outcome was known")


class CorrectionShown(serializers.Serializer[Any]):
    """A correction of what was judged, and what became of it; `before` is what its fields read now while it waits."""

    id = serializers.UUIDField()
    changes = FieldChange(many=True)
    withdrawn = serializers.ListField(child=serializers.UUIDField(), help_text="evidence that goes with it")
    registers = serializers.BooleanField(help_text="due date and criteria are registered with it")
    reason = serializers.CharField()
    subject = serializers.UUIDField(allow_null=True, help_text="the outlet, speaker or document whose own change asks for it")
    status = serializers.ChoiceField(choices.CorrectionStatus.choices)
    proposer = serializers.CharField()
    proposed_at = serializers.DateTimeField()
    decided_by = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)
    returned_because = serializers.CharField()


class CorrectionsShown(serializers.Serializer[Any]):
    """A claim's corrections, first to last."""

    results = CorrectionShown(many=True)


class RegisteredShown(serializers.Serializer[Any]):
    """By when and by what a claim will be settled, as written down before its window opened."""

    due = DateShown()
    criteria = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()


class OfferedReading(serializers.Serializer[Any]):
    """What a later version of the reader reads otherwise in a claim that people have worked on."""

    reader = serializers.CharField(help_text="the version that reads it so")
    changes = serializers.DictField(child=serializers.JSONField(allow_null=True), help_text="field: value, as events have them")


class LinkShown(serializers.Serializer[Any]):
    """What somebody judged this claim to be to another."""

    id = serializers.UUIDField()
    other = serializers.UUIDField()
    relation = serializers.ChoiceField(choices.Relation.choices)
    outward = serializers.BooleanField(help_text="the relation is read from this claim to the other; else the other way")
    reason = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()


class ClaimWhole(ClaimListed):
    """A claim with its hops, evidence, verdicts, judgements and the steps open now."""

    registered = RegisteredShown(allow_null=True, help_text="what counts, whatever is changed later")
    known_as = Known(allow_null=True, help_text="the speaker as the desk keeps it, after merges")
    evidence = EvidenceShown(many=True)
    verdicts = VerdictShown(many=True)
    corrections = CorrectionShown(many=True, required=False, help_text="the desk's own")
    offered = serializers.DictField(child=DateShown(allow_null=True), required=False, help_text="dates to take over by `redate`")
    offered_reading = OfferedReading(
        allow_null=True, required=False, help_text="what a later reader reads otherwise, to take over by `reread`"
    )
    steps = serializers.ListField(child=serializers.CharField(), required=False)
    links = LinkShown(many=True, required=False, help_text="the desk's own")
    duplicates = serializers.ListField(child=serializers.UUIDField(), required=False, help_text="claims that were merged into this one")

    def get_fields(self) -> field_serializers.Made:
        """With what was said and is too much for a list."""
        more = [field for field in shown_in(Door.ANSWER) if not field.shows_in(Door.LIST)]
        hops = field_serializers.answered((field for field in more if field.type is Type.HOPS), own=_OWN)
        others = field_serializers.answered((field for field in more if field.type is not Type.HOPS), own=_OWN)
        return field_serializers.behind(super().get_fields(), {"known_as": hops, "verdicts": others})


class EventShown(serializers.Serializer[Any]):
    """What happened to a claim: who, when, the data, and each field that it changed, before and after."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    type = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    known_at = serializers.DateTimeField(
        allow_null=True, help_text="`as_of` it gives the claim after this event; null until it has its place"
    )
    context = serializers.UUIDField(help_text="one for all that one action did")  # type: ignore[assignment] # the property of a field
    data = serializers.JSONField()  # type: ignore[assignment]
    changes = FieldChange(many=True, help_text="fields of the claim that it changed; of an offer or a proposal, those it would change")


class FlagShown(serializers.Serializer[Any]):
    """A rule's finding on a claim, in the reader's language."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    claim = serializers.UUIDField()
    statement = serializers.CharField()
    rule = serializers.CharField()
    key = serializers.CharField()
    code = serializers.CharField()
    reason = serializers.CharField()
    hint = serializers.CharField()
    severity = serializers.ChoiceField(choices.Severity.choices)
    raised_at = serializers.DateTimeField()
    due_at = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(choices.FlagStatus.choices)
    until = serializers.DateField(allow_null=True)
    assignee = serializers.CharField()
    closed_by = serializers.CharField()
    closed_because = serializers.CharField()
    closed_at = serializers.DateTimeField(allow_null=True)


class CloudEvent(serializers.Serializer[Any]):
    """An event of the global feed (CloudEvents 1.0)."""

    specversion = serializers.CharField()
    id = serializers.UUIDField()
    source = serializers.CharField()  # type: ignore[assignment]
    type = serializers.CharField()
    subject = serializers.CharField()
    time = serializers.DateTimeField()
    datacontenttype = serializers.CharField()
    position = serializers.IntegerField()
    knownat = serializers.DateTimeField(help_text="`as_of` this moment: what was known with this event and without any later one")
    actor = serializers.CharField()
    context = serializers.UUIDField(help_text="one for all that one action did")  # type: ignore[assignment] # the property of a field
    version = serializers.IntegerField()
    data = serializers.JSONField()  # type: ignore[assignment]


class FeedShown(serializers.Serializer[Any]):
    """Events after a position, and where to go on."""

    next = serializers.URLField()
    results = CloudEvent(many=True)


def paged(shape: type[serializers.Serializer[Any]]) -> Any:
    """The shape of a page of `shape`."""
    fields = {
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "results": shape(many=True),
        "__doc__": f"A page of {shape.__name__}.",
    }
    return type(f"{shape.__name__}Page", (serializers.Serializer,), fields)


EventPage = paged(EventShown)
FlagPage = paged(FlagShown)
