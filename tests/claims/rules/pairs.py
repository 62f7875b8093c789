"""Two claims side by side, without a database: what the rules about neighbours look at."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from claims.models import Claim, Quantity
from claims.rules import Finding, all_rules
from claims.rules.context import Around, Neighbour
from sources.text.numbers import find_quantities

TODAY = date(2031, 6, 1)


def claim(number: int = 1, statement: str = "", *, said: str = "2031-03-01", figures: bool = True, **fields) -> Claim:
    """A claim that is accepted and affirmed, with the figures of its statement."""
    day = date.fromisoformat(said)
    plain = {
        "status": "accepted",
        "polarity": "affirmed",
        "kind": "quantity",
        "speaker_name": "وزيرة الشؤون الاجتماعية",
        "said_on": {"edtf": said, "basis": "text"},
        "said_first": day,
        "said_last": day,
        "recorded_at": datetime(2031, 5, 1, number, tzinfo=UTC),
    }
    row = Claim(id=UUID(int=number), statement=statement, **(plain | fields))
    found = find_quantities(statement) if figures else []
    row._prefetched_objects_cache = {
        "quantities": [
            Quantity(text=q.text, value=Decimal(q.value), value_max=q.value_max, unit=q.unit or "", comparator=q.comparator, role="level")
            for q in found
        ]
    }
    return row


def found(rule: str, here: Claim, *near: Neighbour, **parameters) -> list[Finding]:
    """What a rule finds, with its own parameters."""
    asked = all_rules()[rule]
    return list(asked.find(here, Around(neighbours=near), TODAY, {**asked.defaults, **parameters}))


def beside(other: Claim, **fields) -> Neighbour:
    """A claim that says nearly the same."""
    return Neighbour(claim=other, **({"shared": 0.8} | fields))
