"""A claim's proof holds without its database, and breaks at the smallest change; the script of the documentation agrees."""

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from claims.transparency import bundles, checkpoints, keys, signed_notes
from claims.workflow import review, verdicts
from tests import make

SCRIPT = Path(settings.BASE_DIR) / "docs" / "check_proof.py"


@pytest.fixture
def bundle(db: None) -> dict[str, Any]:
    """The proof of a claim with three events, amid others."""
    make.recorded()
    claim = make.recorded(due="2023-21", statement='قال: "سنصل"\nغدا')
    make.recorded()
    review.accept(claim, by=make.REVIEWER)
    verdicts.reach(claim, rating="came_true", rationale="حدث ذلك", by=make.REVIEWER)
    make.recorded()
    made = bundles.bundle_of(claim)
    assert isinstance(made, dict)
    return made


def script(bundle: Any, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What the script of the documentation says."""
    file = folder / "proof.json"
    file.write_text(json.dumps(bundle), encoding="utf-8")
    return subprocess.run([sys.executable, "-I", str(SCRIPT), str(file), *words], capture_output=True, text=True, check=False)


def test_a_proof_holds_every_event_and_the_signed_head(bundle):
    assert [json.loads(event["entry"])["type"] for event in bundle["events"]] == ["ClaimRecorded", "ClaimAccepted", "VerdictProposed"]
    assert [event["position"] for event in bundle["events"]] == [1, 3, 4]
    assert bundles.check(bundle) == signed_notes.read(bundle["checkpoint"], keys.ring().verifiers)


def test_the_script_checks_it_with_nothing_of_ours(bundle, tmp_path):
    done = script(bundle, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Every event in it (3) is in the log" in done.stdout
    assert script(bundle, tmp_path, bundle["keys"][0]).returncode == 0
    stranger = str(signed_notes.Signer.new(keys.ring().origin).verifier)
    assert "none of the keys" in script(bundle, tmp_path, stranger).stderr


def forged_body(b: dict[str, Any]) -> None:
    b["events"][2]["body"] = b["events"][2]["body"].replace("حدث", "لم يحدث")


def forged_entry(b: dict[str, Any]) -> None:
    b["events"][1]["entry"] = b["events"][1]["entry"].replace("yusuf", "salma")


def forged_moment(b: dict[str, Any]) -> None:
    b["events"][0]["sealed_at"] = "2020-01-01T00:00:00.000000Z"


def moved(b: dict[str, Any]) -> None:
    b["events"][0]["position"] = 2


def left_out(b: dict[str, Any]) -> None:
    del b["events"][1]


def anothers(b: dict[str, Any]) -> None:
    b["claim"] = str(uuid4())


def emptied(b: dict[str, Any]) -> None:
    b["events"] = []


def forged_head(b: dict[str, Any]) -> None:
    b["checkpoint"] = b["checkpoint"].replace("\n6\n", "\n7\n")


def unsigned(b: dict[str, Any]) -> None:
    b["checkpoint"] = b["checkpoint"].partition("\n\n")[0] + "\n\n"


def another_key(b: dict[str, Any]) -> None:
    b["keys"] = [str(signed_notes.Signer.new(keys.ring().origin).verifier)]


def no_way(b: dict[str, Any]) -> None:
    b["events"][0]["proof"] = b["events"][0]["proof"][:-1]


FORGERIES = [forged_body, forged_entry, forged_moment, moved, left_out, anothers, emptied, forged_head, unsigned, another_key, no_way]


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
def test_a_forged_proof_is_refused_by_both(bundle, tmp_path, forge):
    forged = copy.deepcopy(bundle)
    forge(forged)
    assert forged != bundle
    with pytest.raises(bundles.BadProof):
        bundles.check(forged)
    assert script(forged, tmp_path).returncode != 0


@pytest.mark.parametrize("nonsense", [None, [], {}, {"format": "isnad-proof/1"}, {"format": "other"}, "text", 7])
def test_what_is_no_proof_is_said_to_be_none(nonsense: Any):
    with pytest.raises(bundles.BadProof, match="no proof"):
        bundles.check(nonsense)


def test_the_command_writes_a_proof_and_checks_it(bundle, tmp_path, capsys):
    file = tmp_path / "proof.json"
    call_command("prove", bundle["claim"], "-o", str(file))
    assert json.loads(file.read_text()) == bundle
    call_command("prove", "--check", str(file))
    assert bundle["keys"][0] in capsys.readouterr().out
    call_command("prove", "--check", str(file), "--key", bundle["keys"][0])
    told = capsys.readouterr().out
    assert bundle["claim"] in told
    assert bundle["keys"][0] not in told


def test_the_check_needs_no_database(bundle, tmp_path):
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(bundle))
    env = {"PATH": "", "ISNAD_HOME": str(tmp_path / "home"), "DATABASE_URL": "postgresql://nowhere.invalid/none"}
    words = [sys.executable, "manage.py", "prove", "--check", str(file)]
    done = subprocess.run(words, env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "home" / "postgres").exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00"])
def test_a_file_that_is_no_proof_is_one_sentence(tmp_path, text: str):
    file = tmp_path / "proof.json"
    file.write_text(text)
    with pytest.raises(CommandError, match="no proof"):
        call_command("prove", "--check", str(file))


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("prove", "--check", str(tmp_path / "none"))


def test_a_claim_that_is_not_there_is_one_sentence(db):
    with pytest.raises(CommandError, match="no such claim"):
        call_command("prove", str(uuid4()))
    assert checkpoints.newest() is None
