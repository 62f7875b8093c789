"""`manage.py ingest FEED`: every entry by itself."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from claims.models import Claim
from tests.sources.importers.test_feed import RSS

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(RSS, encoding="utf-8")
    return str(path)


def test_each_entry_is_read_and_a_bad_one_is_told(file):
    out, err = io.StringIO(), io.StringIO()
    call_command("ingest", file, "--json", stdout=out, stderr=err)
    told = json.loads(out.getvalue())
    assert ["error" in entry for entry in told] == [False, True, False]
    assert "بلا نص" in err.getvalue()
    assert Claim.objects.filter(speaker_name__contains="المرفأ").exists()
    assert all(claim["id"] for entry in told for claim in entry.get("claims", []))


def test_the_same_feed_again_proposes_nothing_new(file):
    call_command("ingest", file, stdout=io.StringIO(), stderr=io.StringIO())
    before = Claim.objects.count()
    call_command("ingest", file, stdout=io.StringIO(), stderr=io.StringIO())
    assert Claim.objects.count() == before


@pytest.mark.parametrize("option", ["--title=x", "--published=2022", "--url=https://news.example/"])
def test_what_each_entry_says_of_itself_cannot_be_given_for_all(file, option):
    with pytest.raises(CommandError, match="A feed's entries"):
        call_command("ingest", file, option)
