"""An install leaves as lines and arrives as the same install; a line that is not as it was written is named, and nothing is loaded."""

import gzip
import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims import erasure, ledger, tasks, transparency
from claims.exchange.backup import exporter, loader
from claims.exchange.formats import jsonl
from claims.handlers import CONSUMERS
from claims.ledger import history, subscriptions
from claims.models import Cluster, EventRecord, Position, PublicRecord
from claims.similarity import clusters
from claims.workflow import linking, recording
from sources.capturing.capture import capture
from sources.models import Content, Outlet, Revision, Speaker, Work
from sources.registry import speakers
from tests import make, tables
from tests.claims.workflow.test_offering import published_before
from tests.conftest import own_database

NEWLINE = b"\n"
ALL = tables.LOG | tables.SOURCES | tables.COPIES


def exported(at: Any = None) -> bytes:
    file = io.BytesIO()
    jsonl.dump(exporter.export_rows(at), file)
    return file.getvalue()


def loaded(written: bytes) -> int:
    return loader.take_in(jsonl.load(io.BytesIO(written)))


@pytest.fixture
def somewhere_else(committed_db, migrated_template):
    """Goes to another, empty install for a while."""

    @contextmanager
    def go() -> Iterator[None]:
        with own_database(migrated_template):
            yield

    return go


@pytest.fixture
def rich(committed_db) -> bytes:
    """An export of a rich history."""
    make.history()
    return exported()


def test_a_rich_history_arrives_as_it_left(rich, somewhere_else):
    before = tables.as_bytes(ALL)
    leaves = list(Position.objects.order_by("position").values_list("position", "sealed_at", "leaf"))
    assert all(before.values()), [table for table, rows in before.items() if not rows]
    with somewhere_else():
        assert loaded(rich) == len(leaves)
        assert tables.as_bytes(ALL) == before
        assert list(Position.objects.order_by("position").values_list("position", "sealed_at", "leaf")) == leaves
        assert transparency.verify() is None
        assert exported() == rich


def test_the_same_install_exports_the_same_bytes_twice(rich):
    assert exported() == rich


def test_a_loaded_install_goes_on(rich, somewhere_else):
    last = Position.objects.count()
    with somewhere_else():
        loaded(rich)
        assert recording.record(make.said(), by=make.REPORTER, key="new").version == 1
        capture("نص جديد", by=make.REPORTER, outlet="إكس")
        assert history.newest() >= last
        assert transparency.verify() is None
        assert Speaker.objects.filter(merged_into=None).count() == 2


def test_a_key_that_was_used_there_answers_here(rich, somewhere_else):
    first = EventRecord.objects.filter(type="ClaimRecorded").order_by("number").first()
    with somewhere_else():
        loaded(rich)
        assert ledger.happenings([first.stream])[first.stream][0].id == first.id
        with pytest.raises(ledger.KeyReused):
            recording.record(make.said(), by=make.REPORTER, key="read-1")


def test_what_is_owed_a_reading_is_owed_there_too(rich, somewhere_else):
    keys = set(Work.objects.filter(kind="read").values_list("key", flat=True))
    assert len(keys) == 3
    with somewhere_else():
        loaded(rich)
        assert set(Work.objects.filter(kind="read", done_at=None).values_list("key", flat=True)) == keys


def test_an_empty_install_leaves_and_arrives_as_nothing(somewhere_else):
    written = exported()
    assert written.count(NEWLINE) == 3
    with somewhere_else():
        assert loaded(written) == 0


def test_an_install_that_holds_something_takes_nothing_in(rich):
    before = tables.as_bytes(ALL)
    with pytest.raises(loader.NotEmpty, match="Only an empty install"):
        loaded(rich)
    assert tables.as_bytes(ALL) == before


def nothing_is_there() -> bool:
    return not any(model.objects.exists() for model in (EventRecord, Position, Revision, Content, Outlet, Work))


def resummed(lines: list[dict[str, Any]]) -> bytes:
    """Lines as another program would write them, with sums that hold."""
    before, out = bytes(32), b""
    for number, line in enumerate(lines):
        line.pop("sum", None)
        if line["row"] == "end":
            line |= {"lines": number, "sha256": before.hex()}
        plain = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode()
        before = hashlib.sha256(before + plain).digest()
        out += plain[:-1] + b',"sum":"%s"}\n' % before.hex()[:16].encode()
    return out


def test_a_file_cut_off_at_any_line_is_refused_and_nothing_is_loaded(rich, somewhere_else):
    lines = rich.splitlines(keepends=True)
    kinds = [json.loads(line)["row"] for line in lines]
    assert set(kinds) == {"isnad", "revision", "text", "snapshot", "reading", "event", "root", "action", "end"}
    with somewhere_else():
        for kind in dict.fromkeys(kinds):
            at = kinds.index(kind)  # the first of its kind, and all after it, are missing
            with pytest.raises(jsonl.BadLine, match=f"^Line {at + 1}: the file ends before its end"):
                loaded(b"".join(lines[:at]))
            with pytest.raises(jsonl.BadLine, match=f"^Line {at + 1}: it is cut off"):
                loaded(b"".join(lines[:at]) + lines[at][: len(lines[at]) // 2])
            assert nothing_is_there()


def test_one_altered_byte_is_found_in_its_line_wherever_it_is(rich, somewhere_else):
    starts = [0]
    for line in rich.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    with somewhere_else():
        for number, (start, end) in enumerate(pairwise(starts), start=1):
            for place in {start, (start + end) // 2, end - 10}:
                altered = bytearray(rich)
                altered[place] ^= 1
                with pytest.raises(jsonl.BadLine) as refused:
                    list(jsonl.load(io.BytesIO(bytes(altered))))
                assert refused.value.line == number
        with pytest.raises(jsonl.BadLine):
            loaded(bytes(altered))
        assert nothing_is_there()


def test_lines_that_were_swapped_doubled_or_taken_out_are_found(rich):
    lines = rich.splitlines(keepends=True)
    swapped = [*lines[:5], lines[6], lines[5], *lines[7:]]
    doubled = [*lines[:6], lines[5], *lines[6:]]
    missing = [*lines[:5], *lines[6:]]
    for wrong, number in ((swapped, 6), (doubled, 7), (missing, 6), ([*lines, lines[-1]], len(lines) + 1)):
        with pytest.raises(jsonl.BadLine) as refused:
            list(jsonl.load(io.BytesIO(b"".join(wrong))))
        assert refused.value.line == number


def another(lines: list[dict[str, Any]], kind: str, **changes: Any) -> int:
    """Changes the second line of a kind; its number."""
    at = [n for n, line in enumerate(lines) if line["row"] == kind][1 if kind != "root" else 0]
    lines[at] |= changes
    return at + 1


FORGED = {
    "a body": ("event", {"body": "{}"}, "it is not what was written, and no erasure"),
    "an entry": ("event", {"entry": "{}"}, "its leaf is not that of its entry"),
    "a moment": ("event", {"sealed_at": "2020-01-01T00:00:00Z"}, "its moment is not after the one before"),
    "a position": ("event", {"position": 77}, "position 1 was to come, and here is 77"),
    "a text": ("text", {"text": "another"}, "it is not what was written, and no erasure"),
    "a revision": ("revision", {"data": "{}"}, "it is not what was written, and no erasure"),
    "a root": ("root", {"size": 1}, "the root is not that of the events"),
    "a strange member": ("revision", {"colour": "red"}, "colour"),
}


@pytest.mark.parametrize(("kind", "changes", "why"), FORGED.values(), ids=FORGED)
def test_a_forged_line_with_sums_that_hold_is_refused_all_the_same(rich, somewhere_else, kind, changes, why):
    lines = [json.loads(line) for line in rich.splitlines()]
    number = another(lines, kind, **changes)
    with somewhere_else():
        with pytest.raises(ValueError, match=f"^Line {number}: .*{why}"):
            loaded(resummed(lines))
        assert nothing_is_there()


BESIDE = {
    "why a source was revised": ("revision", {"reason": "another"}, "vouches for"),
    "who revised a source": ("revision", {"by": "another"}, "vouches for"),
    "when a text was captured": ("snapshot", {"captured_at": "2020-01-01T00:00:00Z"}, "captured was changed"),
    "a key": ("action", {"key": "another"}, "key of an action"),
}


@pytest.mark.parametrize(("kind", "changes", "why"), BESIDE.values(), ids=BESIDE)
def test_what_only_the_whole_can_show_to_be_forged_is_refused(rich, somewhere_else, kind, changes, why):
    lines = [json.loads(line) for line in rich.splitlines()]
    another(lines, kind, **changes)
    with somewhere_else():
        with pytest.raises(loader.Unfit, match=why):
            loaded(resummed(lines))
        assert nothing_is_there()


MISSING = {
    "an event": ("event", "position"),
    "a text": ("text", "PostgreSQL refuses"),
    "a revision": ("revision", "PostgreSQL refuses|vouches for"),
}


@pytest.mark.parametrize(("kind", "why"), MISSING.values(), ids=MISSING)
def test_a_line_that_somebody_left_out_is_missed(rich, somewhere_else, kind, why):
    lines = [json.loads(line) for line in rich.splitlines()]
    del lines[another(lines, kind) - 1]
    with somewhere_else():
        with pytest.raises(loader.Unfit, match=why):
            loaded(resummed(lines))
        assert nothing_is_there()


def test_rows_in_another_order_are_refused(rich, somewhere_else):
    lines = [json.loads(line) for line in rich.splitlines()]
    moved = lines.pop(another(lines, "text") - 1)
    lines.insert(-1, moved)
    with somewhere_else(), pytest.raises(loader.Unfit, match=f"^Line {len(lines) - 1}: rows of this kind came before"):
        loaded(resummed(lines))


@pytest.mark.parametrize("written", [b"", b"\n", b"hello\n", b"{}\n", b"\x00" * 100, b'{"row":"end"}\n'])
def test_nonsense_is_refused_at_its_first_line(written):
    with pytest.raises(jsonl.BadLine, match=r"^Line 1: "):
        list(jsonl.load(io.BytesIO(written)))


def test_an_export_as_of_a_moment_knows_nothing_later(committed_db, somewhere_else):
    captured = capture("ستبلغ التجارة مئة مليار", by=make.REPORTER, outlet="تويتر", published="2022-12-30", url="https://example.org/a")
    claim = make.recorded(snapshot=str(captured.snapshot.pk), quote="التجارة", start=6, end=13)
    ledger.seal()
    then = Position.objects.latest("position").sealed_at
    before = exported(then)
    make.history()
    capture("نص لاحق", by=make.REPORTER, outlet="تويتر", url="https://example.org/a")
    assert exported(then) == before
    assert "لاحق" not in before.decode()
    with somewhere_else():
        loaded(before)
        assert (Outlet.objects.get().name, Content.objects.count()) == ("تويتر", 1)
        assert history.timeline(claim)[0].version == 1
        assert transparency.verify() is None
        assert exported(then) == before


def test_an_export_as_of_a_moment_before_an_erasure_shows_it_all_the_same(committed_db, somewhere_else):
    make.history()
    ledger.seal()
    then = Position.objects.latest("position").sealed_at
    unerased = exported(then)
    assert "حداد" in unerased.decode()
    make.recorded(notes="حداد")  # erased too, and not known then
    erasure.erase(["حداد"], reason="طلب صاحبه", by=make.EDITOR)
    written = exported(then)
    assert "حداد" not in written.decode()
    assert json.loads(written.splitlines()[0])["events"] == json.loads(unerased.splitlines()[0])["events"]
    with somewhere_else():
        loaded(written)
        assert transparency.verify() is None
        assert exported(then) == written


def test_a_copy_as_of_a_moment_has_the_clusters_of_then(committed_db, somewhere_else):
    a, b, c = sorted(make.recorded() for _ in range(3))
    linking.link(b, c, relation="same", by=make.REVIEWER)
    at = history.newest()
    copy = exported(Position.objects.get(position=at).sealed_at)
    linking.link(a, b, relation="same", by=make.REVIEWER)
    known = clusters.clusters_as_of(history.states_as_of([a, b, c], at).values(), at)
    with somewhere_else():
        loaded(copy)
        subscriptions.deliver(CONSUMERS["clusters"])
        assert dict(Cluster.objects.values_list("claim", "cluster")) == known == {b: b, c: b}


def test_an_export_of_the_future_is_refused(committed_db):
    with pytest.raises(history.NotYet):
        exported(timezone.now() + timedelta(hours=1))


@pytest.mark.parametrize("name", ["copy.jsonl", "copy.jsonl.gz"])
def test_the_commands_carry_an_install_over(rich, somewhere_else, tmp_path, capsys, name):
    path = tmp_path / name
    call_command("export", "jsonl", output=str(path))
    assert f"{rich.count(NEWLINE)} lines are in" in capsys.readouterr().out
    assert (gzip.decompress(path.read_bytes()) if name.endswith("gz") else path.read_bytes()) == rich
    assert [p.name for p in tmp_path.iterdir()] == [name]
    with somewhere_else():
        call_command("load", "jsonl", str(path))
        assert "events are loaded" in capsys.readouterr().out
        with pytest.raises(CommandError, match="Only an empty install"):
            call_command("load", "jsonl", str(path))


def test_what_an_earlier_version_had_published_gets_its_records_when_its_copy_is_loaded(committed_db, somewhere_else, tmp_path):
    path, claim = tmp_path / "copy.jsonl", published_before()
    call_command("export", "jsonl", output=str(path))
    with somewhere_else():
        tasks.offer_corrections()  # what was owed when the new install was made, and found nothing
        call_command("load", "jsonl", str(path))
        assert tasks.issue_first_records() == 1
        assert PublicRecord.objects.filter(claim=claim).exists()


def test_a_packed_file_that_was_cut_off_is_refused(rich, somewhere_else, tmp_path):
    path = tmp_path / "copy.gz"
    path.write_bytes(gzip.compress(rich)[:-200])
    with somewhere_else():
        with pytest.raises(CommandError, match=r"copy.gz: Line \d+: the compressed file is cut off"):
            call_command("load", "jsonl", str(path))
        assert nothing_is_there()


def test_an_export_goes_to_standard_output_and_a_moment_needs_its_zone(rich, capfdbinary):
    call_command("export", "jsonl")
    assert capfdbinary.readouterr().out == rich
    with pytest.raises(CommandError, match="Write a moment as"):
        call_command("export", "jsonl", "--as-of", "2026-01-31")
    with pytest.raises(CommandError, match="No such file"):
        call_command("load", "jsonl", str(Path("/nowhere/copy.jsonl")))


def test_what_was_erased_arrives_redacted_and_verifies(committed_db, somewhere_else):
    speakers.find_or_make("ليلى الخطيب", "person", by=make.EDITOR)
    capture("قالت ليلى الخطيب إن الدواء نفد.", by=make.REPORTER, outlet="صحيفة ليلى الخطيب")
    make.recorded(statement="ليلى الخطيب: نفد الدواء")
    erasure.erase(["ليلى الخطيب"], reason="طلبت ذلك", by=make.EDITOR)
    written = exported()
    assert "الخطيب" not in written.decode()
    with somewhere_else():
        loaded(written)
        assert transparency.verify() is None
        assert exported() == written


def test_a_body_that_no_erasure_in_the_file_names_is_refused(committed_db, somewhere_else):
    make.recorded(statement="ليلى الخطيب: نفد الدواء")
    make.recorded()
    erasure.erase(["ليلى الخطيب"], reason="طلبت ذلك", by=make.EDITOR)
    lines = [json.loads(line) for line in exported().splitlines()]
    struck = next(line for line in lines if "█" in line.get("body", ""))
    struck["body"] = struck["body"].replace("█", "░")
    with somewhere_else():
        with pytest.raises(loader.Unfit, match="no erasure"):
            loaded(resummed(lines))
        assert nothing_is_there()
