"""The log's head is signed, kept twice, and never signed against what was signed before."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction

from claims import tasks, transparency, tree
from claims.models import Checkpoint, Tile
from claims.transparency import checkpoints, external_copy, keys, signed_notes
from claims.tree import tiles
from tests import make
from tests.claims.tree import consistency

pytestmark = pytest.mark.django_db


def recorded(count: int) -> None:
    for _ in range(count):
        make.recorded()


def head() -> signed_notes.Head:
    """The newest head, its signature checked."""
    last = checkpoints.newest()
    assert last is not None
    return signed_notes.read(last.note, keys.ring().verifiers)


def leaves(size: int) -> list[bytes]:
    return tiles.split(checkpoints.leaves(0, size))


def test_a_head_says_how_long_the_log_is_and_its_root():
    recorded(5)
    checkpoints.make()
    assert (head().size, head().root) == (5, tree.root_of(leaves(5)))


def test_an_empty_log_has_a_head_too():
    assert checkpoints.make().size == 0
    assert head().root == tree.EMPTY
    assert transparency.verify() is None


def test_a_log_that_did_not_grow_is_not_signed_again():
    recorded(2)
    assert checkpoints.make() == checkpoints.make()
    assert Checkpoint.objects.count() == 1


def test_the_newest_head_is_kept_outside_with_all_before_it():
    for _ in range(3):
        recorded(2)
        last = checkpoints.make()
    assert external_copy.newest() == last.note
    assert [signed_notes.size_of(note) for note in external_copy.history()] == [2, 4, 6]
    assert tiles.split(external_copy.leaves(0, 6)) == leaves(6)
    assert (external_copy.folder() / "keys").read_text().splitlines() == [str(key) for key in keys.ring().verifiers]


def test_a_copy_that_a_crash_cut_short_is_mended():
    recorded(3)
    checkpoints.make()
    for file, cut in (("leaves", 10), ("history", 5)):
        path = external_copy.folder() / file
        path.write_bytes(path.read_bytes()[:-cut])
    (external_copy.folder() / "checkpoint").unlink()
    recorded(1)
    checkpoints.make()
    assert tiles.split(external_copy.leaves(0, 4)) == leaves(4)
    assert signed_notes.size_of(external_copy.newest() or "") == 4
    assert transparency.verify() is None


def test_a_folder_that_cannot_be_written_does_not_stop_the_log(settings, tmp_path: Path, caplog):
    (tmp_path / "file").touch()
    settings.CHECKPOINTS = tmp_path / "file" / "folder"
    recorded(1)
    assert checkpoints.make().size == 1
    assert "could not be kept" in caplog.text


def test_the_key_is_made_once_for_its_owner_only(settings):
    recorded(1)
    checkpoints.make()
    file = Path(settings.SIGNING_KEY_FILE)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_text()
    recorded(1)
    checkpoints.make()
    assert file.read_text() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name, "checkpoints"] or len(list(file.parent.iterdir())) == 2


def test_the_key_may_come_from_the_environment(settings):
    settings.SIGNING_KEY = signed_notes.Signer.new("desk.example/log").line()
    recorded(1)
    checkpoints.make()
    assert head().origin == "desk.example/log"
    assert not Path(settings.SIGNING_KEY_FILE).exists()
    with pytest.raises(CommandError, match="ISNAD_SIGNING_KEY"):
        call_command("checkpoint", "--rotate")


@pytest.mark.parametrize(
    "key", ["nonsense", "PRIVATE+KEY+a+00000000+AAAA", f"{signed_notes.Signer.new('a').line()}\n{signed_notes.Signer.new('b').line()}"]
)
def test_a_key_that_is_none_is_said_to_be_so(settings, key: str):
    settings.SIGNING_KEY = key
    with pytest.raises(keys.KeyBroken):
        checkpoints.make()


@pytest.mark.parametrize(("name", "value"), [("ISNAD_SIGNING_KEY", "nonsense"), ("ISNAD_ORIGIN", "the desk's log")])
def test_nonsense_in_the_environment_stops_the_start(tmp_path: Path, name: str, value: str):
    env = {"ISNAD_HOME": str(tmp_path), name: value}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith(name)


def test_a_new_key_signs_beside_the_old_one_and_the_oldest_only_vouches():
    recorded(1)
    checkpoints.make()
    first = keys.ring().verifiers
    call_command("checkpoint", "--rotate")
    assert len(signed_notes.signed_by(checkpoints.newest().note)) == 2  # whoever knows the old key only can still follow
    assert signed_notes.read(checkpoints.newest().note, first) == head()
    call_command("checkpoint", "--rotate")
    ring = keys.ring()
    assert (len(ring.signers), ring.retired) == (2, first)
    recorded(1)
    checkpoints.make()
    assert transparency.verify() is None
    assert len((external_copy.folder() / "keys").read_text().splitlines()) == 3


def test_a_lost_key_is_not_replaced_in_silence(settings):
    recorded(1)
    checkpoints.make()
    Path(settings.SIGNING_KEY_FILE).unlink()
    with pytest.raises(keys.KeyMissing):
        checkpoints.make()
    assert tasks.sign_ledger() == 0


def test_a_lost_key_is_replaced_when_somebody_says_so(settings):
    recorded(1)
    checkpoints.make()
    before = keys.ring().verifiers
    Path(settings.SIGNING_KEY_FILE).unlink()
    recorded(1)
    call_command("checkpoint", "--rotate")
    assert keys.ring().retired == before
    assert head().origin == before[0].name
    assert transparency.verify() is None


def test_no_key_is_made_by_rotation_where_there_never_was_one():
    with pytest.raises(CommandError):
        call_command("checkpoint", "--rotate")


def test_the_task_signs():
    recorded(3)
    assert tasks.sign_ledger() == 3
    assert head().size == 3


def test_the_command_prints_the_note_and_the_public_keys(capsys):
    recorded(1)
    call_command("checkpoint")
    assert capsys.readouterr().out == checkpoints.newest().note
    call_command("checkpoint", "--keys")
    assert capsys.readouterr().out.splitlines() == [str(key) for key in keys.ring().verifiers]


@pytest.mark.parametrize("table", ["claims_checkpoint", "claims_tile"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET root = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_postgresql_refuses_to_change_heads_and_tiles(table: str, statement: str):
    recorded(1)
    checkpoints.make()
    Tile.objects.create(level=7, index=0, hashes=b"", root=b"")
    with connection.cursor() as cursor, pytest.raises(Error, match="refused"), transaction.atomic():
        cursor.execute(statement.format(table))


def test_a_proof_of_growth_holds_between_any_two_heads():
    roots = {}
    for _ in range(4):
        recorded(3)
        made = checkpoints.make()
        roots[made.size] = bytes(made.root)
    for old in roots:
        for new in roots:
            if old <= new:
                assert consistency.extends(old, roots[old], new, roots[new], checkpoints.consistency(old, new))


def test_tiles_are_kept_once_full_and_give_the_same_nodes(monkeypatch):
    # Narrow tiles, so that a short log has three levels of them.
    for module in (tiles, checkpoints.tiles):
        monkeypatch.setattr(module, "WIDTH", 4)
        monkeypatch.setattr(module, "HEIGHT", 2)
    recorded(70)
    transparency.ledger.seal()
    for size in (3, 4, 17, 63, 64, 70):
        tiles.grow(size)
        nodes = tiles.Tiles(size)
        assert tree.root(size, nodes) == tree.root_of(leaves(size))
        for index in range(0, size, 7):
            proof = tree.inclusion(index, size, nodes)
            assert tree.included(leaves(70)[index], index, size, proof, tree.root_of(leaves(size)))
    assert list(Tile.objects.order_by("level", "index").values_list("level", "index")) == [
        *((0, n) for n in range(17)),
        *((1, n) for n in range(4)),
        (2, 0),
    ]


def test_a_proof_reads_few_rows_however_long_the_log_is(django_assert_max_num_queries):
    recorded(600)
    checkpoints.make()
    with django_assert_max_num_queries(4):
        tree.inclusion(5, 600, tiles.Tiles(600))
