"""An article with a claim in it, and three members of the desk."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client

from claims.domain import events
from claims.domain.choices import Kind, Mode
from claims.domain.values import Figure, Hop, SpeakerAsRead
from claims.workflow import recording
from sources.models import Content, Document, Outlet, Snapshot
from sources.registry import speakers
from sources.roles import Role
from sources.text.edtf import Basis, ImpreciseDate
from tests.claims.admin.desk import ADMINISTRATOR, colleague

ARTICLE = (
    "أعلنت الوزارة أمس نتائج العام.\n"
    "وقال الوزير أحمد السالم إن «التجارة ستبلغ 200 مليار دولار في ربيع 2023» ردا على سؤال.\n"
    "<script>alert('x')</script> ولم يذكر تفاصيل أخرى."
)
QUOTE = "التجارة ستبلغ 200 مليار دولار في ربيع 2023"
START = ARTICLE.index(QUOTE)


@pytest.fixture
def snapshot() -> Snapshot:
    """An article as it was captured."""
    outlet = Outlet.objects.create(name="صحيفة الغد", folded="صحيفة الغد")
    document = Document.objects.create(
        identity="a", outlet=outlet, title="نتائج العام", language="ar",
        published={"edtf": "2022-11-20", "basis": "text"}, published_first=date(2022, 11, 20), published_last=date(2022, 11, 20),
    )  # fmt: skip
    content = Content.objects.create(digest=b"d" * 32, text=ARTICLE)
    return Snapshot.objects.create(document=document, content=content)


@pytest.fixture
def said(snapshot: Snapshot) -> events.ClaimRecorded:
    """A claim as the reader proposes it."""
    at = ARTICLE.index("200 مليار دولار")
    speaker = speakers.find_or_make("أحمد السالم", "person", "الوزير", by=ADMINISTRATOR)
    return events.ClaimRecorded(
        statement="ستبلغ التجارة 200 مليار دولار في ربيع 2023",
        kind=Kind.PREDICTION,
        speaker=SpeakerAsRead(type="person", name="أحمد السالم", title="الوزير", id=str(speaker.pk)),
        quote=QUOTE,
        start=START,
        end=START + len(QUOTE),
        snapshot=str(snapshot.pk),
        language="ar",
        source="صحيفة الغد",
        due=ImpreciseDate(edtf="2023-21", text="ربيع 2023", basis=Basis.TEXT),
        quantities=(Figure(text="200 مليار دولار", value=Decimal(200_000_000_000), unit="USD", start=at, end=at + 15),),
        attributions=(Hop(agent="صحيفة الغد", role="publisher"), Hop(agent="الوزير", role="speaker", cue="قال", mode=Mode.DIRECT)),
    )


@pytest.fixture
def claim(said: events.ClaimRecorded) -> UUID:
    """A proposed claim."""
    return recording.record(said, by=ADMINISTRATOR).stream


@pytest.fixture
def reporter() -> Client:
    """May capture, record and add evidence."""
    return colleague("rana", Role.REPORTER)


@pytest.fixture
def reviewer() -> Client:
    """May take in, turn down, judge."""
    return colleague("rami", Role.REVIEWER)


@pytest.fixture
def editor() -> Client:
    """May approve and publish."""
    return colleague("eman", Role.EDITOR)
