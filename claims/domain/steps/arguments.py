"""What steps ask for, each once: several steps ask for a reason."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import Relation, Scheme, Stance
from claims.domain.steps.step import Argument, Type

REASON = Argument(name="reason", type=Type.TEXT, label=_("Why"), help="why")
PERHAPS_REASON = replace(REASON, required=False)
NOTE = replace(PERHAPS_REASON, label=_("Note"))

TO = Argument(
    name="to", type=Type.COLLEAGUE, label=_("To"), help="who gets the claim, by user name", schema_help="a user name", longest=150
)
DUE = Argument(
    name="due",
    type=Type.WHEN,
    label=_("Due"),
    help="by when it can be judged: 2023-05-31, 2023-21 (spring 2023), or none where it has no date",
    prefilled=True,
)
CRITERIA = Argument(
    name="criteria",
    type=Type.TEXT,
    label=_("How it will be settled"),
    help="how it will be settled, where the claim does not say it",
    schema_help="the claim's own when left out",
    required=False,
    prefilled=True,
)
CHANGES = Argument(
    name="changes",
    type=Type.CHANGES,
    label="",
    help="a field and what it should say; again for each further one: statement=…, said_on=2023-05, tags='[\"trade\"]'",
    option="set",
)

STANCE = Argument(
    name="stance", type=Type.CHOICE, label=_("What it does to the claim"), help="what the evidence does to the claim", choices=Stance
)
URL = Argument(name="url", type=Type.ADDRESS, label=_("Address"), help="the address of the evidence", required=False, longest=2000)
ARCHIVED = replace(URL, name="archived", label=_("Archived copy"), help="the address of an archived copy of it")
SNAPSHOT = Argument(
    name="snapshot",
    type=Type.SNAPSHOT,
    label=_("Snapshot (its id)"),
    help="a captured text that is the evidence, instead of an address",
    required=False,
)
SHOWS = Argument(name="note", type=Type.TEXT, label=_("Note"), help="what the evidence shows", required=False)
EVIDENCE = Argument(
    name="evidence",
    type=Type.EVIDENCE,
    label=_("Which"),
    help="a piece of evidence, by its id in the API's `evidence`: the one withdrawn, or each that a verdict rests on",
    schema_help="its id, as in the claim's `evidence`",
)
RESTING_ON = replace(EVIDENCE, label=_("Resting on"), schema_help="", required=False, many=True)

RATING = Argument(name="rating", type=Type.LINE, label=_("Rating"), help="came_true, did_not, kept, broken, true, false …", longest=20)
RATIONALE = Argument(name="rationale", type=Type.TEXT, label=_("Rationale"), help="why it is judged so", longest=100_000)
SCHEME = Argument(
    name="scheme",
    type=Type.CHOICE,
    label="",
    help="the scheme of the rating, where not the usual one of the claim's kind",
    choices=Scheme,
    required=False,
)
KNOWN_SINCE = Argument(
    name="known_since",
    type=Type.DAY,
    label=_("Known since"),
    help="the day since when the outcome was known, such as 2024-02-01",
    schema_help="the day since when it was known",
    required=False,
)
CORRECTION = Argument(
    name="correction",
    type=Type.CORRECTION,
    label="",
    help="the correction that was looked at; the one that waits when left out",
    schema_help="the one that waits when left out",
    required=False,
)

OTHER = Argument(
    name="other", type=Type.CLAIM, label=_("The other claim"), help="the other claim; with merge the one that goes on for both"
)
INTO = replace(OTHER, name="into", label=_("The claim that goes on for both"), option="other")
RELATION = Argument(
    name="relation",
    type=Type.CHOICE,
    label=_("This claim …"),
    help="what this claim is to the other",
    schema_help="read from this claim to the other",
    choices=Relation,
)
UNTIL = Argument(name="until", type=Type.DAY, label=_("Until"), help="the day until which it sleeps")
