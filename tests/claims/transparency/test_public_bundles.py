"""The proof of a public record: only its stream, each event under the first signed head, and broken by the smallest change."""

import copy
import json
import subprocess
import sys
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import Error, connection, transaction
from django.utils import timezone
from rest_framework.test import APIClient

from claims import erasure, ledger, records, tasks, transparency
from claims.domain import events
from claims.handlers import CONSUMERS, PROVE
from claims.ledger import codec, subscriptions
from claims.models import Checkpoint, EventRecord, PublicProof
from claims.transparency import bundles, checkpoints, keys, public_bundles, signed_notes
from claims.workflow import corrections, recording, review
from sources.models import Work
from sources.roles import PROGRAM
from tests import make
from tests.make import EDITOR, REVIEWER, published

pytestmark = pytest.mark.django_db
SCRIPT = Path(settings.BASE_DIR) / "docs" / "check_proof.py"


def corrected(claim: Any, statement: str) -> None:
    recording.revise(claim, {"statement": statement}, reason="أدق", by=REVIEWER)
    corrections.approve(claim, by=EDITOR)


def proved() -> int:
    """What workers do once they are woken."""
    subscriptions.deliver(CONSUMERS["record-proofs"])
    return tasks.prove_records()


@pytest.fixture
def bundle() -> Any:
    """A record of four events under two heads, with what the desk did in between."""
    claim = published(statement="كما نُشر", notes="سر")
    checkpoints.make()
    corrected(claim, "كما صُحّح")
    review.reopen(claim, reason="شك", by=EDITOR)
    make.recorded()
    checkpoints.make()
    return public_bundles.public_bundle_of(claim)


def script(bundle: Any, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    file = folder / "proof.json"
    file.write_text(json.dumps(bundle), encoding="utf-8")
    return subprocess.run([sys.executable, "-I", str(SCRIPT), str(file), *words], capture_output=True, text=True, check=False)


def types(bundle: Any) -> list[str]:
    return [json.loads(event["entry"])["type"] for event in bundle["events"]]


def test_a_bundle_holds_the_records_stream_and_each_event_its_first_head(bundle, tmp_path):
    assert types(bundle) == ["PublicRecordIssued", "PublicRecordIssued", "PublicRecordMarked"]
    first, second = Checkpoint.objects.order_by("size")
    assert [event["checkpoint"] for event in bundle["events"]] == [first.note, second.note, second.note]
    assert public_bundles.check(bundle) == signed_notes.read(second.note, keys.ring().verifiers)
    told = json.dumps(bundle, ensure_ascii=False)
    assert "سر" not in told
    assert not any(name in told for name in (REVIEWER.name, EDITOR.name))
    done = script(bundle, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Every event in it (3) is in the log" in done.stdout
    assert script(bundle, tmp_path, bundle["keys"][0]).returncode == 0
    assert script(bundle, tmp_path, str(signed_notes.Signer.new(keys.ring().origin).verifier)).returncode != 0


def left_out(b: dict[str, Any]) -> None:
    del b["events"][1]


def without_the_first(b: dict[str, Any]) -> None:
    del b["events"][0]


def forged_body(b: dict[str, Any]) -> None:
    b["events"][0]["body"] = b["events"][0]["body"].replace("نُشر", "قيل")


def anothers(b: dict[str, Any]) -> None:
    b["claim"] = str(uuid4())


def another_stream(b: dict[str, Any]) -> None:
    other = published()
    checkpoints.make()
    b["events"][0] = public_bundles.public_bundle_of(other)["events"][0]


def the_claims_own_stream(b: dict[str, Any]) -> None:
    desks = bundles.bundle_of(b["claim"])
    b["events"] = [event | {"checkpoint": desks["checkpoint"]} for event in desks["events"]]


def another_head(b: dict[str, Any]) -> None:
    b["events"][0]["checkpoint"] = b["events"][1]["checkpoint"]


def moved(b: dict[str, Any]) -> None:
    b["events"][0]["position"] += 1


def no_way(b: dict[str, Any]) -> None:
    b["events"][0]["proof"] = b["events"][0]["proof"][:-1]


def emptied(b: dict[str, Any]) -> None:
    b["events"] = []


def unsigned(b: dict[str, Any]) -> None:
    b["events"][0]["checkpoint"] = b["events"][0]["checkpoint"].partition("\n\n")[0] + "\n\n"


def another_key(b: dict[str, Any]) -> None:
    b["keys"] = [str(signed_notes.Signer.new(keys.ring().origin).verifier)]


FORGERIES = [
    *(left_out, without_the_first, forged_body, anothers, another_stream, the_claims_own_stream, another_head, moved, no_way),
    *(emptied, unsigned, another_key),
]


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
def test_a_forged_proof_is_refused_by_both(bundle, tmp_path, forge):
    forged = copy.deepcopy(bundle)
    forge(forged)
    assert forged != bundle
    with pytest.raises(bundles.BadProof):
        public_bundles.check(forged)
    assert script(forged, tmp_path).returncode != 0


@pytest.mark.parametrize("nonsense", [None, [], {}, {"format": "isnad-proof/2"}, {"format": "isnad-proof/1"}, "text", 7])
def test_what_is_no_proof_is_said_to_be_none(nonsense: Any):
    with pytest.raises(bundles.BadProof, match="no proof"):
        public_bundles.check(nonsense)


def erased(bundle: Any, claim: Any, *, names: int = 0, says: str = "") -> Any:
    """The bundle after an erasure that struck the first record's words out, and told so on the stream."""
    made = copy.deepcopy(bundle)
    struck = made["events"][0]["body"].replace("كما نُشر", "████████")
    made["events"][0] |= {"body": struck, "salt": "00" * 16}
    id = json.loads(made["events"][names]["entry"])["id"]
    digest = says or codec.body_digest(bytes(16), struck)
    state = records.state_of(claim)
    ledger.append({state.id: (state, [ledger.Authored(events.PublicRecordErased(bodies={id: digest}), PROGRAM)])}, by=PROGRAM)
    checkpoints.make()
    made["events"].append(public_bundles.public_bundle_of(claim)["events"][-1])
    return made


def test_a_struck_record_checks_through_the_erasure_on_its_own_stream(bundle, tmp_path):
    made = erased(bundle, _claim(bundle))
    assert types(made)[-1] == "PublicRecordErased"
    assert public_bundles.check(made)
    done = script(made, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "(redacted)" in done.stdout
    without = made | {"events": made["events"][:-1]}
    with pytest.raises(bundles.BadProof, match="body of event 1"):
        public_bundles.check(without)
    assert script(without, tmp_path).returncode != 0


@pytest.mark.parametrize("way", [{"names": 1}, {"says": "0" * 64}])
def test_an_erasure_that_says_otherwise_excuses_nothing(bundle, tmp_path, way):
    made = erased(bundle, _claim(bundle), **way)
    with pytest.raises(bundles.BadProof):
        public_bundles.check(made)
    assert script(made, tmp_path).returncode != 0


def test_a_forged_erasure_excuses_nothing(bundle, tmp_path):
    made = erased(bundle, _claim(bundle), says="0" * 64)
    first = made["events"][0]
    made["events"][-1]["body"] = made["events"][-1]["body"].replace("0" * 64, codec.body_digest(bytes(16), first["body"]))
    with pytest.raises(bundles.BadProof, match="body of event 4"):
        public_bundles.check(made)
    assert script(made, tmp_path).returncode != 0


def _claim(bundle: Any) -> Any:
    return UUID(bundle["claim"])


def test_a_record_that_a_real_erasure_struck_checks_with_the_proofs_that_were_kept(tmp_path):
    claim = published(statement="قال سليم الخطيب كذا")
    proved()
    kept = public_bundles.public_bundle_of(claim)["events"][0]
    erasure.erase(["سليم الخطيب"], reason="حكم محكمة", by=EDITOR)
    checkpoints.make()
    made = public_bundles.public_bundle_of(claim)
    assert "PublicRecordErased" in types(made)
    assert "سليم" not in json.dumps(made, ensure_ascii=False)
    assert {name: made["events"][0][name] for name in ("entry", "proof", "checkpoint")} == {
        name: kept[name] for name in ("entry", "proof", "checkpoint")
    }
    assert public_bundles.check(made)
    done = script(made, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "(redacted)" in done.stdout


# ── made once, and kept


def test_workers_keep_a_proof_against_the_first_head_and_it_never_changes():
    claim = published()
    assert proved() == 1
    first = public_bundles.public_bundle_of(claim)["events"][0]
    [kept] = PublicProof.objects.all()
    assert kept.checkpoint.note == first["checkpoint"]
    for _ in range(3):
        make.recorded()
        with time_machine.travel(timezone.now() + timedelta(minutes=1)):
            checkpoints.make()
    proved()
    assert public_bundles.public_bundle_of(claim)["events"][0] == first
    assert PublicProof.objects.count() == 1
    assert not Work.objects.filter(kind=PROVE, done_at=None).exists()


def test_a_proof_that_is_kept_late_is_the_same():
    claim = published()
    checkpoints.make()
    before = public_bundles.public_bundle_of(claim)
    corrected(claim, "صياغة أخرى")
    checkpoints.make()
    proved()
    assert public_bundles.public_bundle_of(claim)["events"][:1] == before["events"]
    assert PublicProof.objects.count() == 2


def test_publishing_signs_at_most_one_head_in_two_seconds_and_a_batch_ends_with_one():
    heads = []
    for _ in range(3):
        published()
        assert proved() == 1
        heads.append(checkpoints.newest())
    moments = sorted({head.made_at for head in heads})
    assert all(later - earlier >= public_bundles.APART for earlier, later in pairwise(moments))
    last = EventRecord.objects.filter(type="PublicRecordIssued").order_by("-number").first()
    assert checkpoints.newest().size > last.sealed.position


def test_the_minutes_head_keeps_the_proofs_that_are_owed():
    published()
    subscriptions.deliver(CONSUMERS["record-proofs"])
    assert tasks.sign_ledger() == checkpoints.length()
    assert PublicProof.objects.count() == 1
    assert Checkpoint.objects.count() == 1


def test_many_are_proved_with_as_many_queries_as_a_few(django_assert_max_num_queries):
    for _ in range(5):
        published()
    subscriptions.deliver(CONSUMERS["record-proofs"])
    checkpoints.make()
    positions = list(EventRecord.objects.filter(type="PublicRecordIssued").values_list("sealed__position", flat=True))
    with django_assert_max_num_queries(4):
        public_bundles.keep(positions)
    assert PublicProof.objects.count() == 5


@pytest.mark.parametrize("statement", ["UPDATE {} SET proof = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_postgresql_refuses_to_change_a_kept_proof(statement: str):
    published()
    proved()
    with connection.cursor() as cursor, pytest.raises(Error, match="refused"), transaction.atomic():
        cursor.execute(statement.format("claims_publicproof"))


def test_verification_finds_a_kept_proof_that_is_none():
    published()
    proved()
    assert transparency.verify() is None
    make.recorded()
    ledger.seal()
    PublicProof.objects.create(position=0, checkpoint=checkpoints.newest(), proof=b"\x00" * 32)
    assert "position 0" in str(transparency.verify())


# ── handed out


def test_readers_get_the_bundle_and_wait_while_no_head_covers_it(settings):
    claim, client = published(), APIClient()
    address = f"/api/v1/public/claims/{claim}/proof/"
    assert client.get(address).status_code == 401
    settings.PUBLIC_READ = True
    waits = client.get(address)
    assert (waits.status_code, waits["Retry-After"], waits["Content-Type"]) == (503, "2", "application/problem+json")
    proved()
    answer = client.get(address)
    assert answer.status_code == 200
    assert public_bundles.check(answer.json())
    corrected(claim, "صياغة أخرى")
    assert client.get(address).status_code == 503
    assert client.get(address, {"x": "1"}).status_code == 400
    assert client.get(f"/api/v1/public/claims/{make.recorded()}/proof/").status_code == 404
    assert client.get(f"/api/v1/claims/{claim}/proof/").status_code == 401


def test_the_command_writes_a_public_proof_and_checks_it(tmp_path, capsys):
    claim, file = published(), tmp_path / "proof.json"
    call_command("prove", str(claim), "--public", "-o", str(file))
    assert json.loads(file.read_text())["format"] == "isnad-proof/2"
    call_command("prove", "--check", str(file))
    assert str(claim) in capsys.readouterr().out
