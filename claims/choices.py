"""The words that a claim, a flag and a verdict may take."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What sort of proposition a claim is."""

    PREDICTION = "prediction", _("prediction")
    COMMITMENT = "commitment", _("commitment")
    QUANTITY = "quantity", _("quantity")
    EVENT = "event", _("event")
    ASSESSMENT = "assessment", _("assessment")
    POSITION = "position", _("position")


class Polarity(TextChoices):
    """Whether the proposition is affirmed or denied."""

    AFFIRMED = "affirmed", _("affirmed")
    NEGATED = "negated", _("negated")


class Mode(TextChoices):
    """How the words reached us."""

    DIRECT = "direct", _("quoted")
    MIXED = "mixed", _("partly quoted")
    INDIRECT = "indirect", _("reported")
    NARRATOR = "narrator", _("the article's own voice")


class Status(TextChoices):
    """Where the work on a claim stands; nothing else is mixed into it."""

    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("accepted")
    IN_REVIEW = "in_review", _("in review")
    JUDGED = "judged", _("judged")
    PUBLISHED = "published", _("published")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DUPLICATE = "duplicate", _("duplicate")


CLOSED = (Status.REJECTED, Status.WITHDRAWN, Status.DUPLICATE)


class Clock(TextChoices):
    """What a claim's due date says today. Derived, never stored."""

    UNSCHEDULED = "unscheduled", _("unscheduled")
    UPCOMING = "upcoming", _("upcoming")
    WATCH = "watch", _("watch")
    DUE = "due", pgettext_lazy("clock", "due")  # as a status, where elsewhere "due" is a column
    OVERDUE = "overdue", _("overdue")
    CLOSED = "closed", _("closed")


class Comparator(TextChoices):
    """What the wording says of a figure."""

    EXACTLY = "exactly", _("exactly")
    ABOUT = "about", _("about")
    NEARLY = "nearly", _("nearly")
    MORE_THAN = "more_than", _("more than")
    LESS_THAN = "less_than", _("less than")
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")
    UP_TO = "up_to", _("up to")
    BETWEEN = "between", _("between")


class Scheme(TextChoices):
    """A rating scheme and its version; a verdict keeps the scheme it was given in."""

    VERACITY = "veracity/1", _("veracity")
    FORECAST = "forecast/1", _("forecast")
    COMMITMENT = "commitment/1", _("commitment")


class Rating(TextChoices):
    """Every rating of every scheme."""

    TRUE = "true", _("true")
    MOSTLY_TRUE = "mostly_true", _("mostly true")
    MIXED = "mixed", _("mixed")
    MOSTLY_FALSE = "mostly_false", _("mostly false")
    FALSE = "false", _("false")
    UNPROVEN = "unproven", _("unproven")
    NOT_CHECKABLE = "not_checkable", _("not checkable")
    CAME_TRUE = "came_true", _("came true")
    PARTLY = "partly", _("partly came true")
    DID_NOT = "did_not", _("did not come true")
    VOID = "void", _("void")
    KEPT = "kept", _("kept")
    PARTLY_KEPT = "partly_kept", _("partly kept")
    BROKEN = "broken", _("broken")
    IN_PROGRESS = "in_progress", _("in progress")
    STALLED = "stalled", _("stalled")


UNSETTLED = (Rating.IN_PROGRESS, Rating.STALLED)  # what was promised may still be kept, or broken

RATINGS: dict[Scheme, tuple[Rating, ...]] = {
    Scheme.VERACITY: (
        Rating.TRUE,
        Rating.MOSTLY_TRUE,
        Rating.MIXED,
        Rating.MOSTLY_FALSE,
        Rating.FALSE,
        Rating.UNPROVEN,
        Rating.NOT_CHECKABLE,
    ),
    Scheme.FORECAST: (Rating.CAME_TRUE, Rating.PARTLY, Rating.DID_NOT, Rating.VOID),
    Scheme.COMMITMENT: (Rating.KEPT, Rating.PARTLY_KEPT, Rating.BROKEN, Rating.IN_PROGRESS, Rating.STALLED),
}


REFUTED = (Rating.FALSE, Rating.MOSTLY_FALSE, Rating.DID_NOT, Rating.BROKEN)


def scheme_for(kind: Kind) -> Scheme:
    """The scheme a claim of this kind is judged in."""
    return {Kind.PREDICTION: Scheme.FORECAST, Kind.COMMITMENT: Scheme.COMMITMENT}.get(kind, Scheme.VERACITY)


class Severity(TextChoices):
    """How loudly a flag asks."""

    INFO = "info", _("info")
    WARNING = "warning", _("warning")
    HIGH = "high", _("high")


class FlagStatus(TextChoices):
    """What became of a flag."""

    OPEN = "open", _("open")
    SNOOZED = "snoozed", _("snoozed")
    RESOLVED = "resolved", _("resolved")
    DISMISSED = "dismissed", _("dismissed")
    CLEARED = "cleared", _("cleared by itself")


class CorrectionStatus(TextChoices):
    """What became of a correction that somebody proposed."""

    OPEN = "open", _("waits for approval")
    ISSUED = "issued", _("approved")
    RETURNED = "returned", _("sent back")


class Relation(TextChoices):
    """What a claim is to another, in somebody's judgement. All but the last are read from the first to the second."""

    SAME = "same", _("says the same as")
    REPEATS = "repeats", _("repeats")
    REFINES = "refines", _("refines")
    UPDATES = "updates", _("updates")
    CONTRADICTS = "contradicts", _("contradicts")
    DENIES = "denies", _("denies")
    DERIVED_FROM = "derived_from", _("is derived from")
    NOT_SAME = "not_same", _("is not the same as")


JOINING = (Relation.SAME, Relation.REPEATS)  # what makes one cluster of two claims, as a merge does


class Stance(TextChoices):
    """What a piece of evidence does to a claim."""

    SUPPORTS = "supports", _("supports")
    REFUTES = "refutes", _("refutes")
    CONTEXT = "context", _("context")
