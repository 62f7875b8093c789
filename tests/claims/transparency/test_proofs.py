"""What somebody changed behind the ledger's back is found and named."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims import transparency, tree
from claims.domain.choices import Comparator, Kind
from claims.domain.values import Figure, Hop
from claims.ledger import codec, rebuild
from claims.models import Claim, Position, Verification
from claims.workflow import recording
from sources.capturing.capture import capture
from tests import make

pytestmark = pytest.mark.django_db


def behind_the_back(sql: str, *words: object) -> None:
    """What only the owner of the tables can do: the guards off, the change, the guards on."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT tgrelid::regclass, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal")
        triggers = cursor.fetchall()
        for table, trigger, _enabled in triggers:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        cursor.execute(sql, words or None)
        assert cursor.rowcount
        for table, trigger, enabled in triggers:
            cursor.execute(f"ALTER TABLE {table} ENABLE {'ALWAYS ' if enabled == 'A' else ''}TRIGGER {trigger}")


@pytest.fixture
def judged():
    """A claim with everything that has a table of its own."""
    return make.judged(
        kind=Kind.PREDICTION,
        rating="came_true",
        quantities=(Figure(text="200 مليار", value="200000000000", unit="USD", comparator=Comparator.ABOUT),),
        attributions=(Hop(agent="وكالة", role="agency", cue="قال"),),
        due="2023-21",
    )


def test_an_untouched_ledger_has_no_fault(judged):
    assert transparency.verify() is None


def test_an_empty_ledger_has_no_fault():
    assert transparency.verify() is None


CHANGES = {
    "body": ("UPDATE claims_event SET body = replace(body, 'حدث ذلك', 'لم يحدث')", "body"),
    "entry": ("UPDATE claims_event SET entry = replace(entry, 'yusuf', 'sally') WHERE type = 'ClaimAccepted'", "leaf"),
    "actor": ("UPDATE claims_event SET actor = 'somebody' WHERE type = 'ClaimAccepted'", "columns"),
    "moment": ("UPDATE claims_event SET recorded_at = recorded_at - interval '1 day' WHERE version = 2", "columns"),
    "moment sealed": ("UPDATE claims_position SET sealed_at = sealed_at - interval '1 day' WHERE position = 0", "leaf"),
    "gap": ("DELETE FROM claims_position WHERE position = 1", "Position 1 is missing"),
    "table": ("UPDATE claims_claim SET statement = 'something else'", "statement"),
    "status": ("UPDATE claims_claim SET status = 'published'", "status"),
    "quantity": ("UPDATE claims_quantity SET value = 300000000000", "value"),
    "part gone": ("DELETE FROM claims_attribution", "a row is missing or too many"),
}


@pytest.mark.parametrize(("sql", "named"), CHANGES.values(), ids=CHANGES)
def test_what_was_changed_behind_the_back_is_found_and_named(judged, sql, named):
    assert transparency.verify() is None
    behind_the_back(sql)
    fault = transparency.verify()
    assert fault is not None
    assert named in str(fault)


def test_the_fault_says_where(judged):
    transparency.verify()
    behind_the_back("UPDATE claims_event SET actor = 'somebody' WHERE type = 'ClaimAccepted'")
    assert str(transparency.verify()) == (
        f"The event at position 1 (ClaimAccepted of {judged}) was changed: its columns are not those of its entry."
    )


def test_a_log_that_was_cut_short_is_found(judged):
    assert transparency.verified(whole=True).ok
    behind_the_back("DELETE FROM claims_position WHERE position > 1")
    behind_the_back("DELETE FROM claims_event WHERE version > 2")
    assert not transparency.verified(whole=False).ok


def test_the_next_verification_begins_where_the_last_one_ended(judged):
    transparency.verified(whole=True)
    behind_the_back("UPDATE claims_event SET actor = 'somebody' WHERE type = 'ClaimAccepted'")
    make.recorded()
    assert transparency.verified(whole=False).ok
    assert not transparency.verified(whole=True).ok


def test_a_failed_verification_is_kept_with_its_fault(judged):
    transparency.verify()
    behind_the_back("UPDATE claims_claim SET statement = 'something else'")
    transparency.verified(whole=True)
    kept = Verification.objects.get()
    assert not kept.ok
    assert str(judged) in kept.fault


def test_verify_leaves_with_the_fault_in_one_sentence(judged, capsys):
    call_command("verify")
    assert "Nothing is wrong: 4 events" in capsys.readouterr().out
    behind_the_back("UPDATE claims_claim SET statement = 'something else'")
    with pytest.raises(CommandError, match="statement"):
        call_command("verify")


def test_a_rebuild_gives_equal_tables(judged):
    before = Claim.objects.values().get()
    told = []
    rebuild.rebuild(lambda done, total: told.append((done, total)))
    assert told == [(4, 4)]
    assert Claim.objects.values().get() == before
    assert transparency.verify() is None


def test_a_rebuild_mends_what_was_changed(judged):
    behind_the_back("UPDATE claims_claim SET statement = 'something else'")
    behind_the_back("DELETE FROM claims_quantity")
    call_command("rebuild")
    assert transparency.verify() is None


def test_every_event_has_its_leaf_as_the_tree_will_hash_it(judged):
    transparency.verify()
    place = Position.objects.select_related("event").first()
    assert tree.leaf_hash(f"{codec.stamp(place.sealed_at)}\n{place.event.entry}".encode()) == bytes(place.leaf)


def test_a_fault_found_by_night_is_not_forgotten_by_the_hour(judged):
    assert transparency.verified(whole=True).ok
    behind_the_back("UPDATE claims_claim SET statement = 'something else'")
    assert not transparency.verified(whole=True).ok
    assert not transparency.verified(whole=False).ok
    rebuild.rebuild(transparency.silent)
    assert transparency.verified(whole=False).ok


SOURCES = {
    "a text": ("UPDATE sources_content SET text = replace(text, '200', '300')", "The text that the claim"),
    "a text nobody claimed from": ("UPDATE sources_content SET text = text || ' '", "its digest is another"),
    "a revision": ("UPDATE sources_revision SET data = replace(data, 'جريدة', 'صحيفة')", "is not the one that was vouched for"),
    "a revision gone": ("DELETE FROM sources_revision", "is missing"),
}


@pytest.mark.parametrize(("sql", "named"), SOURCES.values(), ids=SOURCES)
def test_a_source_that_was_changed_is_found_and_named(sql, named):
    text = "قال الوزير إن التجارة ستبلغ 200 مليار دولار."
    captured = capture(text, by=make.REPORTER, outlet="جريدة الميناء", title="جريدة")
    if "||" not in sql:
        said = make.said(quote=text[13:], start=13, end=len(text), snapshot=str(captured.snapshot.pk))
        recording.record(said, by=make.REPORTER)
    assert transparency.verify() is None
    behind_the_back(sql)
    assert named in str(transparency.verify())
