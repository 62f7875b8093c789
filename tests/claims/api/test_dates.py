"""A day and a date are written in several ways, and mean the same at every door; what is no date is refused."""

from datetime import date, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from claims.admin.forms import ImpreciseField
from claims.models import Claim
from sources.models import Document
from sources.roles import Role
from sources.text import edtf
from tests import make
from tests.config.test_doors import client

RIYADH = ZoneInfo("Asia/Riyadh")
DIGITS = {"Arabic-Indic": "٠١٢٣٤٥٦٧٨٩", "Persian": "۰۱۲۳۴۵۶۷۸۹", "Devanagari": "०१२३४५६७८९", "full width": "０１２３４５６７８９"}
SAYS = {"statement": "ستبلغ التجارة ٣٠٠ مليار", "kind": "prediction", "speaker_type": "narrator", "source": "صحيفة"}


def in_digits(written: str, digits: str) -> str:
    return written.translate(str.maketrans("0123456789", digits))


@given(st.dates(), st.sampled_from(sorted(DIGITS)))
def test_a_day_in_whatever_digits_is_the_same_day(day, script):
    assert edtf.canonical(in_digits(day.isoformat(), DIGITS[script]), RIYADH) == day.isoformat()
    assert edtf.day(in_digits(day.isoformat(), DIGITS[script]), RIYADH) == day


@given(st.datetimes(timezones=st.timezones()))
def test_of_a_moment_the_day_by_the_desks_clock_is_taken(moment):
    try:
        theirs = moment.astimezone(RIYADH)
        written = moment.isoformat(timespec="seconds")
        assert len(written) == 25  # offsets of history have seconds, and moments of RFC 3339 have not
    except (OverflowError, AssertionError):
        return
    assert edtf.day(written, RIYADH) == theirs.date()


WRITTEN = [
    ("2025-04-28T19:23:46Z", "2025-04-28"),
    ("2025-04-28T23:23:46Z", "2025-04-29"),  # in Riyadh it was past midnight
    ("2025-04-28t23:23:46.5z", "2025-04-29"),
    ("2025-04-28T23:23:46", "2025-04-28"),
    ("2025-04-28T23:23:46+03:00", "2025-04-28"),
    ("2025-04-28T23:23:46Z/..", "2025-04-29/.."),
    (" ٢٠٢٣-٢١ ", "2023-21"),
    ("۲۰۲۲/٢٠٢٣", "2022/2023"),
    ("२०२३-W०५", "2023-W05"),
    ("٢٠٢X", "202X"),
]
NONE = ["", " ", "soon", "2025-04-28T", "2025-04-28T25:00:00Z", "9999-12-31T23:59:59-12:00", "28.04.2025", "²⁰²³", "2025-04-31"]


@pytest.mark.parametrize(("written", "meant"), WRITTEN)
def test_a_date_is_kept_as_the_standard_writes_it(written, meant):
    assert edtf.canonical(written, RIYADH) == meant


@pytest.mark.parametrize("written", NONE)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(edtf.NotEDTF):
        edtf.canonical(written, RIYADH)


@pytest.mark.parametrize("written", ["2023", "2023-05", "2023-W05", "2023-05-01~", "2023-05-XX", "20230501"])
def test_what_is_not_one_day_is_no_day(written):
    with pytest.raises(edtf.NotEDTF):
        edtf.day(written, RIYADH)


@pytest.fixture
def desk(db, settings):
    settings.TIME_ZONE = "Asia/Riyadh"
    return client(make.user(Role.EDITOR))


def due_of(answer) -> str:
    assert answer.status_code in (200, 201), answer.content
    return answer.json()["due"]["edtf"]


@pytest.mark.parametrize("written", ["٢٠٢٥-٠٤-٢٩", "۲۰۲۵-۰۴-۲۹", "२०२५-०४-२९", "2025-04-28T23:23:46Z", "2025-04-29"])
def test_every_door_takes_it(desk, written):
    meant = "2025-04-29"
    posted = desk.post("/api/v1/claims/", SAYS | {"due": written})
    assert due_of(posted) == meant
    address, version = posted["Location"], posted["ETag"]
    revised = desk.patch(address, {"due": {"edtf": written, "text": written}, "reason": "x"}, HTTP_IF_MATCH=version)
    assert (due_of(revised), revised.json()["due"]["text"]) == (meant, written)  # the words stay as they read
    assert due_of(desk.post(f"{address}schedule/", {"due": written})) == meant
    for narrowing in (f"due_after={written}&due_before={written}", f"due_before={written}"):
        found = desk.get(f"/api/v1/claims/?{narrowing.replace('+', '%2B')}").json()["results"]
        assert [one["id"] for one in found] == [posted.json()["id"]], narrowing
    document = desk.post("/api/v1/documents/", {"text": f"نص {written}", "published": written}).json()
    assert (document["published"]["edtf"], document["published_first"]) == (meant, meant)
    corrected = desk.patch(f"/api/v1/documents/{document['id']}/", {"published": {"edtf": written}, "reason": "x"}).json()
    assert corrected["published"]["edtf"] == meant
    assert ImpreciseField().clean(written).edtf == meant
    claim, user = make.recorded(), make.user(Role.EDITOR)
    call_command("take", "revise", str(claim), by=user.username, set=[f"due={written}"], reason="x", stdout=StringIO())
    assert str(Claim.objects.get(pk=claim).due_last) == meant


@pytest.mark.parametrize("written", ["", "soon", "2025-04-31", {"edtf": ""}, 2025, {"edtf": 2025}, ["2025"]])
def test_every_door_of_rest_refuses_what_is_no_date(desk, written):
    claim = make.accepted()
    for address, field, more in (
        ("claims/", "due", SAYS),
        (f"claims/{claim}/schedule/", "due", {}),
        ("documents/", "published", {"text": "x"}),
        ("match/", "date", {"text": "x"}),
    ):
        answer = desk.post(f"/api/v1/{address}", more | {field: written})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field]), (address, answer.content)
    assert not Document.objects.exists()


def test_a_day_that_a_flag_sleeps_until_may_be_a_moment(desk):
    from claims import flagging
    from claims.models import Flag

    make.claim(due="2020-01-01")
    flagging.run()
    flag = Flag.objects.all()[0]
    until = date.today() + timedelta(days=9)
    answer = desk.post(f"/api/v1/flags/{flag.pk}/snooze/", {"until": f"{until}T23:30:00Z"})
    assert answer.json()["until"] == str(until + timedelta(days=1))


def test_a_language_is_looked_for_as_it_is_written(desk, settings):
    posted = desk.post("/api/v1/claims/", SAYS | {"language": "AR-sa"}).json()
    assert posted["language"] == "ar-SA"
    for written in ("ar-SA", "AR-SA", "ar_sa"):
        assert [one["id"] for one in desk.get(f"/api/v1/claims/?language={written}").json()["results"]] == [posted["id"]]
    settings.PUBLIC_READ = True
    for own in (desk, client(None)):
        answer = own.get("/api/v1/claims/?language=klingon")
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["language"])


def test_take_refuses_what_is_no_day(desk):
    claim = make.accepted()
    with pytest.raises(CommandError, match="is no day"):
        call_command("take", "verdict", str(claim), "--known-since", "soon", by=make.user(Role.EDITOR).username)
