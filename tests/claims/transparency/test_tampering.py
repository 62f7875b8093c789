"""Whatever a superuser does to the log, with every guard off, is found, and the first wrong position is named."""

import shutil
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims import ledger, transparency
from claims.models import Checkpoint, Tile, Verification
from claims.transparency import checkpoints, external_copy, keys
from tests import make
from tests.claims.transparency.test_proofs import behind_the_back

pytestmark = pytest.mark.django_db
COUNT = 12


@pytest.fixture
def signed():
    """A log of twelve events, signed after five, nine and all of them."""
    for n in range(1, COUNT + 1):
        make.recorded()
        if n in (5, 9, COUNT):
            checkpoints.make()
    assert transparency.verify() is None


def rewritten(position: int) -> None:
    """What a careful forger does: another entry, with the columns and the leaf that fit it."""
    behind_the_back(
        "UPDATE claims_event SET actor = 'sally', entry = replace(entry, 'rana', 'sally')"
        " WHERE number = (SELECT number FROM claims_position WHERE position = %s)",
        position,
    )
    releafed()


def releafed() -> None:
    behind_the_back(
        "UPDATE claims_position p SET leaf = sha256('\\x00'::bytea || convert_to("
        "to_char(p.sealed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') || E'\\n' || e.entry, 'UTF8'))"
        " FROM claims_event e WHERE e.number = p.number"
    )


def edit_a_row() -> None:
    behind_the_back("UPDATE claims_event SET actor = 'sally' WHERE number = (SELECT number FROM claims_position WHERE position = 7)")


def edit_a_row_carefully() -> None:
    rewritten(7)


def edit_a_row_and_all_heads() -> None:
    rewritten(7)
    behind_the_back("DELETE FROM claims_checkpoint")


def unbound() -> None:
    """The constraints of the order gone, as an owner can have it."""
    for constraint in ("claims_position_number_9d2ba96b_fk_claims_event_number", "claims_position_number_key"):
        behind_the_back(f"ALTER TABLE claims_position DROP CONSTRAINT {constraint}")


def swap_two_entries() -> None:
    unbound()
    behind_the_back(
        "UPDATE claims_position p SET number = q.number FROM claims_position q WHERE (p.position, q.position) IN ((7, 10), (10, 7))"
    )


def swap_two_entries_carefully() -> None:
    swap_two_entries()
    releafed()


def cut_the_tail() -> None:
    behind_the_back("DELETE FROM claims_position WHERE position >= 7")


def cut_the_tail_and_all_memory_of_it() -> None:
    cut_the_tail()
    behind_the_back("DELETE FROM claims_checkpoint WHERE size > 7")


def take_an_event_away() -> None:
    unbound()
    behind_the_back("DELETE FROM claims_event WHERE number = (SELECT number FROM claims_position WHERE position = 7)")


def number_it_anew() -> None:
    behind_the_back("DELETE FROM claims_position WHERE position = 7")
    behind_the_back("UPDATE claims_position SET position = position - 1 WHERE position > 7")


ATTACKS = [
    edit_a_row,
    edit_a_row_carefully,
    edit_a_row_and_all_heads,
    swap_two_entries,
    swap_two_entries_carefully,
    cut_the_tail,
    cut_the_tail_and_all_memory_of_it,
    take_an_event_away,
    number_it_anew,
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_an_attack_is_found_at_its_first_wrong_position(signed, attack: Callable[[], None]):
    attack()
    fault = transparency.verify()
    assert fault is not None
    assert fault.position == 7, str(fault)
    assert "7" in str(fault)


@pytest.mark.parametrize("attack", [edit_a_row_carefully, swap_two_entries_carefully])
def test_without_the_copy_outside_the_signed_heads_say_between_which_sizes(signed, attack: Callable[[], None]):
    shutil.rmtree(external_copy.folder())
    attack()
    fault = transparency.verify()
    assert fault is not None
    assert fault.position == 5  # what was signed at five events still holds
    assert "signed at 9 events" in str(fault)


def test_the_kept_tree_names_the_position_too(monkeypatch):
    for _ in range(256):
        make.recorded()
    checkpoints.make()
    shutil.rmtree(external_copy.folder())
    assert Tile.objects.get().root is not None
    assert transparency.verify() is None
    rewritten(200)
    fault = transparency.verify()
    assert (fault.position, "claims_tile" in str(fault)) == (200, True)


def test_a_forged_tile_is_found():
    for _ in range(256):
        make.recorded()
    checkpoints.make()
    behind_the_back("UPDATE claims_tile SET root = sha256('x')")
    assert "tile 0 of level 0" in str(transparency.verify())


def fork() -> None:
    """From position 7 on another history, as long as the first, signed with the same key."""
    cut_the_tail()
    behind_the_back("DELETE FROM claims_checkpoint WHERE size > 7")
    behind_the_back("DELETE FROM claims_event e WHERE NOT EXISTS (SELECT FROM claims_position p WHERE p.number = e.number)")
    behind_the_back("DELETE FROM claims_claim c WHERE NOT EXISTS (SELECT FROM claims_event e WHERE e.stream = c.id)")
    for _ in range(COUNT - 7):
        make.recorded()
    ledger.seal()


def test_a_fork_is_found_by_what_was_kept_outside_and_is_not_signed(signed):
    fork()
    fault = transparency.verify()
    assert fault is not None
    assert fault.position == 7
    with pytest.raises(checkpoints.Contradicted):
        checkpoints.make()
    with pytest.raises(CommandError, match="signed before"):
        call_command("checkpoint")
    assert Checkpoint.objects.count() == 1


def test_a_fork_that_signs_for_itself_elsewhere_is_found_where_the_true_copy_is(signed, settings, tmp_path):
    true = settings.CHECKPOINTS
    fork()
    settings.CHECKPOINTS = tmp_path / "forged"
    checkpoints.make()
    assert transparency.verify() is None  # whoever holds database, key and every copy outside can rewrite history
    settings.CHECKPOINTS = true
    fault = transparency.verify()
    assert fault is not None
    assert fault.position == 7


def test_a_head_signed_by_another_key_is_found(signed, settings, tmp_path):
    settings.SIGNING_KEY_FILE = tmp_path / "another"
    with pytest.raises(keys.KeyMissing):
        checkpoints.make()
    keys.signing_ring(first=True)
    assert "no known key" in str(transparency.verify())
    make.recorded()
    with pytest.raises(checkpoints.Contradicted):
        checkpoints.make()


@pytest.mark.parametrize("file", ["checkpoint", "history", "leaves"])
def test_a_damaged_copy_outside_is_found(signed, file: str):
    path = external_copy.folder() / file
    data = bytearray(path.read_bytes())
    data[40] ^= 1
    path.write_bytes(data)
    assert str(external_copy.folder()) in str(transparency.verify())


def test_every_fault_is_kept_with_its_position(signed):
    edit_a_row()
    assert not transparency.verified(whole=True).ok
    assert Verification.objects.get().position == 7


def test_what_came_since_is_held_against_the_tree_before(signed):
    assert transparency.verified(whole=True).ok
    for _ in range(3):
        make.recorded()
    checkpoints.make()
    assert transparency.verified(whole=False).ok
    for _ in range(3):
        make.recorded()
    checkpoints.make()
    rewritten(16)
    assert transparency.verified(whole=False).position == 16


def test_a_body_with_the_separators_of_the_query_is_found(signed):
    behind_the_back(
        "UPDATE claims_event SET body = body || U&'\\001E' || body || U&'\\001F' || body"
        " WHERE number = (SELECT number FROM claims_position WHERE position = 7)"
    )
    assert transparency.verify().position == 7


def test_a_row_hidden_in_the_body_before_it_is_found(signed):
    """The next row moved into this one's body: read carelessly, nothing would be missing."""
    row = "concat_ws(U&'\\001F', p.position, p.sealed_at, encode(p.leaf, 'hex'), e.type, e.stream, e.version, e.id, e.schema, e.context,"
    row += " e.recorded_at, encode(e.salt, 'hex'), e.actor, e.entry, e.body)"
    behind_the_back(
        f"UPDATE claims_event SET body = body || U&'\\001E' || (SELECT {row} FROM claims_position p JOIN claims_event e USING (number)"
        " WHERE position = 8) WHERE number = (SELECT number FROM claims_position WHERE position = 7)"
    )
    behind_the_back("DELETE FROM claims_position WHERE position = 8")
    assert transparency.verify().position == 7


SOURCES = {
    "a speaker": ("UPDATE sources_speaker SET name = 'somebody'", "speaker", "name"),
    "a spelling": ("DELETE FROM sources_speakername", "speaker", "names"),
    "an outlet": ("UPDATE sources_outlet SET homepage = 'https://example.com'", "outlet", "homepage"),
    "a document": ("UPDATE sources_document SET title = 'another'", "document", "title"),
    "all revisions": ("DELETE FROM sources_revision WHERE subject_type = 'document'", "Revision 1", "missing"),
}


@pytest.mark.parametrize(("sql", "subject", "what"), SOURCES.values(), ids=SOURCES)
def test_a_source_that_is_not_as_last_revised_is_found(sql: str, subject: str, what: str):
    from sources.capturing.capture import capture
    from sources.registry import speakers

    speakers.find_or_make("سامي حداد", "person", by=make.REPORTER)
    capture("قال الوزير إن التجارة ستبلغ 200 مليار دولار.", by=make.REPORTER, outlet="جريدة الميناء", title="جريدة")
    assert transparency.verify() is None
    behind_the_back(sql)
    said = str(transparency.verify())
    assert subject in said
    assert what in said


@pytest.mark.parametrize("table", ["claims_event", "claims_checkpoint", "sources_content"])
def test_a_guard_that_is_off_is_found(signed, table: str):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_keeps_rows")
    assert table in str(transparency.verify())
