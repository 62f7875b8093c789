"""The commands do their work, teach by --help, and answer nonsense with one sentence that changes nothing."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command, load_command_class

from claims.domain.choices import Kind
from claims.models import Claim, EventRecord, Flag
from sources.models import Document, Snapshot, Work
from tests import make

pytestmark = pytest.mark.django_db

TEXT = (
    "قال وزير التجارة سالم الحربي إن حجم التبادل التجاري سيبلغ 200 مليار دولار في ربيع 2023.\n\n"
    "وأضاف الحربي أن الصادرات ارتفعت بنسبة 25 في المئة.\n"
)


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_ingest_keeps_the_text_and_proposes_its_claims(article, capsys):
    call_command("ingest", str(article), "--outlet", "جريدة الميناء", "--published", "2022-12-31")
    assert Claim.objects.count() >= 2
    assert Snapshot.objects.get().text == TEXT
    told = capsys.readouterr().out
    assert "prediction" in told
    assert f"{Claim.objects.count()} claims in" in told


def test_ingest_leaves_no_reading_owed(article):
    call_command("ingest", str(article))
    assert not Work.objects.filter(kind="read", done_at=None).exists()


def test_the_same_text_again_is_said_to_be_here_and_adds_nothing(article, capsys):
    call_command("ingest", str(article), "--outlet", "الميناء")
    events = EventRecord.objects.count()
    call_command("ingest", str(article), "--outlet", "الميناء")
    assert EventRecord.objects.count() == events
    assert "which was here before" in capsys.readouterr().out


def test_ingest_prints_json_with_offsets_that_hold_and_ids(article, capsys):
    call_command("ingest", str(article), "--published", "2022-12-31", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["language"] == "ar"
    assert told["published"] == "2022-12-31"
    for claim in told["claims"]:
        assert TEXT[claim["start"] : claim["end"]] == claim["quote"]
        assert Claim.objects.get(pk=claim["id"]).quote == claim["quote"]


def test_ingest_reads_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    call_command("ingest", "-")
    assert Claim.objects.exists()


def test_a_text_without_a_date_is_read_without_inventing_one(article):
    call_command("ingest", str(article))
    assert Document.objects.get().published is None
    assert Claim.objects.first().said_on is None


def test_a_text_in_another_language_is_kept_and_nothing_is_claimed(tmp_path, capsys):
    path = tmp_path / "text.txt"
    path.write_text("Le ministre a déclaré que le commerce atteindra 200 milliards.", encoding="utf-8")
    call_command("ingest", str(path), "--language", "fr")
    assert Snapshot.objects.count() == 1
    assert not Claim.objects.exists()


def _file(data):
    def make_file(folder):
        path = folder / "given"
        path.write_bytes(data)
        return [str(path)]

    return make_file


def _sparse(folder):
    path = folder / "large"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    return [str(path)]


GOOD = _file(TEXT.encode())
BAD = {
    "empty": (_file(b""), "no text"),
    "only spaces": (_file(b" \n\t "), "no text"),
    "binary": (_file(b"\x00\x01\x02\x03" * 50), "binary"),
    "a PDF": (_file(b"%PDF-1.7 ..."), "PDF"),
    "50 MB": (_sparse, "longer than this install takes"),
    "invalid UTF-8": (_file("قال الوزير".encode() + b"\xff\xfe rest"), "not valid UTF-8"),
    "a missing file": (lambda folder: [str(folder / "nowhere.txt")], "cannot be read"),
    "a folder": (lambda folder: [str(folder)], "cannot be read"),
    "a nonsense date": (lambda folder: [*GOOD(folder), "--published", "tomorrow-ish"], "Not a date"),
    "a thirteenth month": (lambda folder: [*GOOD(folder), "--published", "2022-13-01"], "Not a date"),
    "an unknown language": (lambda folder: [*GOOD(folder), "--language", "klingon!"], "Not a language"),
    "a nonsense address": (lambda folder: [*GOOD(folder), "--url", "not an address"], "Not a web address"),
    "an endless title": (lambda folder: [*GOOD(folder), "--title", "x" * 2000], "title"),
    "an endless outlet": (lambda folder: [*GOOD(folder), "--outlet", "x" * 2000], "name"),
    "a page on this machine": (lambda folder: ["http://127.0.0.1:9/"], "not on the public internet"),
}


@pytest.mark.parametrize(("given", "said"), BAD.values(), ids=BAD)
def test_bad_input_is_answered_with_one_sentence_and_nothing_is_kept(tmp_path, given, said):
    with pytest.raises(CommandError, match=said) as refused:
        call_command("ingest", *given(tmp_path))
    assert "\n" not in str(refused.value)
    assert not Document.objects.exists()
    assert not EventRecord.objects.exists()
    assert not Work.objects.exists()


def test_html_with_scripts_is_kept_as_text_without_them(tmp_path):
    path = tmp_path / "page.html"
    body = "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n"))
    path.write_text(f"<html><head><title>تجارة</title></head><body><script>alert('x')</script><article>{body}</article></body></html>")
    call_command("ingest", str(path))
    assert "alert" not in Snapshot.objects.get().text


# ── flag


def test_flag_raises_and_says_how_many(capsys):
    make.claim(kind=Kind.PREDICTION)
    call_command("flag", "--rule", "no-horizon")
    assert "1 flag raised" in capsys.readouterr().out
    assert Flag.objects.get().rule == "no-horizon"


def test_a_dry_run_names_what_it_finds_and_changes_nothing(capsys):
    make.claim(due="2023-21", statement="The visit will take place", kind=Kind.EVENT)
    events = EventRecord.objects.count()
    call_command("flag", "--rule", "due", "--dry-run", "--as-of", "2023-06-10")
    told = " ".join(capsys.readouterr().out.split())
    assert "overdue" in told
    assert "1 finding; nothing was changed." in told
    assert EventRecord.objects.count() == events
    assert not Flag.objects.exists()


def test_a_back_test_names_each_finding_on_its_first_day(capsys):
    make.claim(due="2023-21", kind=Kind.EVENT)
    call_command("flag", "--rule", "due", "--dry-run", "--from", "2023-05-25", "--to", "2023-06-20")
    told = capsys.readouterr().out
    assert "1 June 2023" in told
    assert "8 June 2023" in told
    assert "2 findings" in told


NONSENSE = {
    "unknown rule": (["--rule", "no-such"], "There is no rule"),
    "another day without a dry run": (["--as-of", "2023-06-10"], "--dry-run"),
    "no day": (["--dry-run", "--as-of", "soon"], "is no day"),
    "half a span": (["--dry-run", "--from", "2023-01-01"], "both --from and --to"),
    "backwards": (["--dry-run", "--from", "2023-02-01", "--to", "2023-01-01"], "forwards"),
    "a day and a span": (["--dry-run", "--as-of", "2023-01-01", "--to", "2023-02-01"], "not both"),
}


@pytest.mark.parametrize(("given", "said"), NONSENSE.values(), ids=NONSENSE)
def test_flag_answers_nonsense_with_one_sentence(given, said):
    with pytest.raises(CommandError, match=said):
        call_command("flag", *given)


# ── the rest


def test_stats_counts_claims(capsys):
    make.claim(kind=Kind.EVENT)
    call_command("stats")
    assert "proposed" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["ingest", "flag", "verify", "rebuild", "stats", "example"])
def test_every_command_teaches(name):
    assert len(load_command_class("claims", name).help) > 40
