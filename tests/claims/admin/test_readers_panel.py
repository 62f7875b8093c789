"""What readers would be shown: no field of a record changes without a line that says so to whoever approves it."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from claims import records
from claims.admin import public
from claims.domain.choices import Comparator, Kind, Rating, Scheme, Stance
from claims.domain.events import PublicRecordIssued
from claims.domain.values import Figure, ShownExhibit, SpeakerAsRead
from sources.text.edtf import ImpreciseDate

FIGURE = Figure(text="200 مليار", value=Decimal(200), unit="USD", comparator=Comparator.ABOUT)
EXHIBIT = ShownExhibit(stance=Stance.SUPPORTS, address="https://example.org/b", archived="", digest="")
RECORD = PublicRecordIssued(
    claim="01900000-0000-7000-8000-000000000000", number=1, statement="بلغت التجارة 200 مليار", kind=Kind.QUANTITY, language="ar",
    quote="التجارة", prefix="قال إن ", suffix=" بلغت", speaker=SpeakerAsRead(type="person", name="سامي"), source="الميناء",
    title="خبر", address="https://example.org/a", said_on=ImpreciseDate(edtf="2022-12-30"),
    publication=ImpreciseDate(edtf="2022-12-31"), due=ImpreciseDate(edtf="2023"), figures=(FIGURE,), criteria="أرقام الجمارك",
    scheme=Scheme.VERACITY, rating=Rating.TRUE, rationale="حدث", known_since=date(2023, 1, 2), exhibits=(EXHIBIT,),
)  # fmt: skip
OTHER: dict[str, Any] = {
    "statement": "بلغت 300", "kind": Kind.EVENT, "language": "en", "quote": "التجار", "prefix": "قالت إن ", "suffix": " تبلغ",
    "speaker": SpeakerAsRead(type="organisation", name="سامي"), "source": "المرفأ", "title": "نبأ", "address": "https://example.org/c",
    "said_on": ImpreciseDate(edtf="2022-12-29"), "publication": ImpreciseDate(edtf="2023-01-01"), "due": ImpreciseDate(edtf="2024"),
    "figures": (replace(FIGURE, comparator=Comparator.MORE_THAN),), "criteria": "أرقام الوزارة", "scheme": Scheme.FORECAST,
    "rating": Rating.FALSE, "rationale": "لم يحدث", "known_since": date(2023, 1, 3),
    "exhibits": (replace(EXHIBIT, archived="https://archive.example/b"),),
}  # fmt: skip
SHOWN = {field.name for field in fields(PublicRecordIssued)} - records.ABOUT_ITSELF - {"claim"}


def test_every_field_of_a_record_is_tried():
    assert OTHER.keys() == SHOWN


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_a_field_that_would_read_otherwise_is_seen_in_the_panel(name):
    panel = public.proposed("", replace(RECORD, **{name: OTHER[name]}), RECORD)
    assert len([row for row in panel.rows if row.before is not None]) == 1


def test_what_reads_the_same_is_marked_nowhere():
    assert [row for row in public.proposed("", RECORD, RECORD).rows if row.before is not None] == []
