"""High precision: only claims that somebody with a name is said to have made are proposed."""

import io
import json
import sys

import pytest
from django.core.management import call_command

from claims import extraction, tasks
from claims.intake import reading
from claims.models import Claim
from sources.capturing.capture import capture
from sources.models import Work
from tests import make

ENGLISH = (
    'Trade minister Salem Harbi said exports would reach "40 billion dollars" in 2024.\n\n'
    "Officials said on condition of anonymity that the port had lost 300 workers.\n\n"
    "Prices rose by 12 percent in March 2022.\n"
)
ARABIC = (
    "قال وزير التجارة سالم الحربي إن حجم التبادل سيبلغ 200 مليار دولار في عام 2023.\n\n"
    "وقالت مصادر مطلعة إن المفاوضات ستستمر حتى نهاية 2024.\n\n"
    "وارتفعت الأسعار بنسبة 12 في المئة خلال العام الماضي.\n"
)


@pytest.mark.parametrize("text", [ENGLISH, ARABIC], ids=["English", "Arabic"])
def test_only_drafts_with_a_cue_and_a_named_speaker_are_kept(text):
    whole, precise = extraction.read(text), extraction.read(text, precise=True)
    assert 0 < len(precise.claims) < len(whole.claims)
    assert all(draft.cue and draft.speaker_type in ("person", "organisation") and draft.speaker_name for draft in precise.claims)
    assert [draft for draft in whole.claims if draft in precise.claims] == precise.claims
    assert (precise.quantities, precise.dates) == (whole.quantities, whole.dates)  # what the text holds is the same


def test_extract_takes_it_as_an_option(monkeypatch, capsys):
    def printed(*options):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARABIC.encode())))
        call_command("extract", "-", *options)
        return json.loads(capsys.readouterr().out)["claims"]

    precise = printed("--precise")
    assert precise
    assert all(claim["attribution"]["cue"] for claim in precise)
    assert len(precise) < len(printed())


@pytest.mark.django_db
def test_ingest_takes_it_as_an_option(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(ARABIC, encoding="utf-8")
    call_command("ingest", str(path), "--precise")
    assert set(Claim.objects.values_list("speaker_type", flat=True)) == {"person"}


def test_workers_take_it_from_the_setting(committed_db, settings):
    settings.READER_PRECISE = True
    snapshot = capture(ARABIC, by=make.REPORTER).snapshot
    tasks.read_snapshots()
    proposed = Claim.objects.count()
    assert proposed == sum(draft.explicit for draft in reading.read(snapshot, precise=False).claims)
    assert set(Claim.objects.values_list("speaker_type", flat=True)) == {"person"}
    assert Work.objects.get(kind="read").done_at


@pytest.mark.django_db
def test_a_text_read_whole_after_it_was_read_precisely_keeps_what_it_had():
    snapshot = capture(ARABIC, by=make.REPORTER).snapshot
    first = {receipt.stream for receipt in reading.propose(snapshot, reading.read(snapshot, precise=True))}
    whole = {receipt.stream for receipt in reading.propose(snapshot, reading.read(snapshot))}
    assert first < whole
