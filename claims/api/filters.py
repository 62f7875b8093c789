"""What a list of claims may be narrowed and ordered by."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request

from claims import rules
from claims.api import field_serializers, presenters
from claims.api.presenters import overdue_after
from claims.domain.choices import Clock, FlagStatus, Rating, Status
from claims.domain.fields import Door, shown_in
from claims.models import WAITING, Claim, Cluster, Flag, Quantity
from claims.similarity import searching
from sources.api import strict
from sources.api.pagination import MOST, Key
from sources.models import Speaker

ID = Key("id", UUID)
NEWEST = Key("id", UUID, descending=True)  # ids are in the order of recording
ORDERINGS = {
    "-recorded": [NEWEST],
    "recorded": [ID],
    "due": [Key("due_last", date, nullable=True), ID],
    "-due": [Key("due_last", date, descending=True, nullable=True), NEWEST],
    "said": [Key("said_first", date, nullable=True), ID],
    "-said": [Key("said_first", date, descending=True, nullable=True), NEWEST],
}
RELEVANCE = "relevance"


# What the table of fields does not say of a filter, by the name of the field.
_OWN: field_serializers.Own = {
    "speaker": lambda: {"speaker": serializers.UUIDField(required=False)},  # with whoever was merged into them
    "quantities": lambda: {  # all about one and the same figure
        "unit": serializers.CharField(required=False, max_length=200),
        "value_min": serializers.DecimalField(40, 10, required=False),
        "value_max": serializers.DecimalField(40, 10, required=False),
    },
}
# Filter → lookup, where a filter is one.
_LOOKUPS = {
    "status": "status",
    "rating": "rating",
    "assignee": "assignee",
    "outlet": "document__outlet",
    **{name: at for field in shown_in(Door.FILTER) if field.name not in _OWN for name, at in field_serializers.lookups(field).items()},
    "due_after": "due_last__gte",  # by when it can be judged, which is after all of the time that it may mean
}


class PageFilters(serializers.Serializer[Any]):
    """Where a list goes on, and how much of it is wanted."""

    cursor = serializers.CharField(required=False, max_length=500)
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=MOST)


class RuleField(serializers.CharField):
    """The name of a rule that there is, or of one that there was: its flags stay."""

    default_error_messages = {"unknown": _("There is no such rule.")}

    def run_validators(self, value: Any) -> None:
        """Refuses a name that never was; what is no text at all is refused before any row is asked for it."""
        super().run_validators(value)
        known = rules.all_rules()
        if value not in known and not Flag.objects.filter(rule=value).exists():
            told = strict.unknown([value], known, str(self.error_messages["unknown"]))
            raise serializers.ValidationError(told[value])


class WordsField(serializers.CharField):
    """What is searched for: a word at least."""

    default_error_messages = {"wordless": _("There is no word in it to search for.")}

    def to_internal_value(self, data: Any) -> str:
        """As it was typed."""
        query: str = super().to_internal_value(data)
        if searching.holds_no_word(query):
            self.fail("wordless")
        return query


class ClaimFilters(PageFilters):
    """The filters of a list of claims."""

    status = serializers.ChoiceField(Status.choices, required=False)
    clock = serializers.ChoiceField(Clock.choices, required=False)
    outlet = serializers.UUIDField(required=False)
    rating = serializers.ChoiceField(Rating.choices, required=False)
    rule = RuleField(required=False, help_text="has an open flag of this rule")
    flagged = serializers.BooleanField(required=False, allow_null=True, default=None, help_text="has an open flag")
    assignee = serializers.CharField(required=False, max_length=150)
    cluster = serializers.UUIDField(required=False, help_text="claims that say the same thing, as `cluster` of one of them")
    q = WordsField(required=False, max_length=300, help_text='its words in any form; "a phrase"; -without this word')
    ordering = serializers.ChoiceField(
        [(name, name) for name in (*ORDERINGS, RELEVANCE)], required=False, default="-recorded", help_text="relevance belongs to q"
    )

    def get_fields(self) -> field_serializers.Made:
        """With those that the table of fields has."""
        return super().get_fields() | field_serializers.narrowing(own=_OWN)

    def validate_ordering(self, value: str) -> str:
        """Without words there is no relevance."""
        if value == RELEVANCE and not self.initial_data.get("q"):
            raise serializers.ValidationError(_("Ordering by relevance takes words to search for (q)."))
        return value


def checked_filters(request: Request, form: type[serializers.Serializer[Any]] = ClaimFilters) -> dict[str, Any]:
    """The parameters of a request, checked. Raises ValidationError, for a name that the form does not have as well.

    A view may declare more than one form has: readers outside and the past have filters of their own.
    """
    return strict.checked_parameters(request, form)


def narrowed(claims: QuerySet[Claim], a: dict[str, Any]) -> QuerySet[Claim]:
    """The claims that fit every filter."""
    claims = claims.filter(**{lookup: _sought(lookup, a[name]) for name, lookup in _LOOKUPS.items() if name in a})
    if "speaker" in a:
        who = Speaker.objects.filter(Q(pk=a["speaker"]) | Q(merged_into=a["speaker"]))
        claims = claims.filter(speaker__in=list(who.values_list("pk", flat=True)))
    if "cluster" in a:
        claims = claims.filter(pk__in=Cluster.objects.filter(cluster=a["cluster"]).values("claim"))
    if "clock" in a:
        claims = claims.filter(on_the_clock(a["clock"], timezone.localdate()))
    claims = _figured(_flagged(claims, a), a)
    return searching.found(claims, a["q"]) if "q" in a else claims


def _sought(lookup: str, value: Any) -> Any:
    return [value] if lookup.endswith("__contains") else value


def ordered(claims: QuerySet[Claim], a: dict[str, Any]) -> tuple[QuerySet[Any], list[Key]]:
    """The rows of a list, and what they are ordered by."""
    if a["ordering"] != RELEVANCE:
        return presenters.list_query(claims), ORDERINGS[a["ordering"]]
    best = searching.best(claims, a["q"])
    place = Func(Value(best, output_field=ArrayField(UUIDField())), F("id"), function="array_position", output_field=IntegerField())
    return presenters.list_query(claims.filter(pk__in=best)).annotate(place=place), [Key("place", int)]


def _flagged(claims: QuerySet[Claim], a: dict[str, Any]) -> QuerySet[Claim]:
    flags = Flag.objects.filter(claim=OuterRef("pk"), state=FlagStatus.OPEN)
    if a["flagged"] is not None:
        claims = claims.filter(Exists(flags) if a["flagged"] else ~Exists(flags))
    return claims.filter(Exists(flags.filter(rule=a["rule"]))) if "rule" in a else claims


def _figured(claims: QuerySet[Claim], a: dict[str, Any]) -> QuerySet[Claim]:
    """All three are about one and the same figure; a range fits where it overlaps."""
    figures: QuerySet[Any] = Quantity.objects.filter(claim=OuterRef("pk"))
    if "unit" in a:
        figures = figures.filter(unit=a["unit"])
    if "value_min" in a:
        figures = figures.annotate(most=Coalesce("value_max", "value")).filter(most__gte=a["value_min"])
    if "value_max" in a:
        figures = figures.filter(value__lte=a["value_max"])
    return claims.filter(Exists(figures)) if {"unit", "value_min", "value_max"} & set(a) else claims


def on_the_clock(clock: str, today: date) -> Q:
    """`lifecycle.clock`, asked of the tables."""
    waits = Q(status__in=WAITING)
    return ~waits if clock == Clock.CLOSED else waits & by_its_days(clock, today)


def by_its_days(clock: str, today: date) -> Q:
    """What the days say of those that are not closed."""
    overdue = today - timedelta(days=overdue_after())
    return {
        Clock.UNSCHEDULED: Q(due_last=None),
        Clock.OVERDUE: Q(due_last__lt=overdue),
        Clock.DUE: Q(due_last__lt=today, due_last__gte=overdue),
        Clock.WATCH: Q(due_last__gte=today, due_first__lte=today),
        Clock.UPCOMING: Q(due_last__gte=today) & (Q(due_first=None) | Q(due_first__gt=today)),
    }[Clock(clock)]
