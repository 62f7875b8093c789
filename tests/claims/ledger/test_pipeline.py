"""Statements that go as one message and are planned once: what they write, what they refuse, and what they outlive."""

from contextlib import closing, suppress

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.ledger import pipeline
from tests.conftest import elsewhere

TELL = "INSERT INTO told (word, number) VALUES (%s, %s)"
words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@pytest.fixture
def told(committed_db):
    """A table of words that goes with the connection; what stands in it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS told (word text UNIQUE, number int)")
    yield rows
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE told")


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, number FROM told ORDER BY number")
        return cursor.fetchall()


def plans():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return cursor.fetchone()[0]


@pytest.mark.django_db
@settings(deadline=None)
@given(said=st.lists(st.one_of(st.none(), words), min_size=1, max_size=4))
def test_any_words_arrive_as_they_were(said):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS told (word text, number int); TRUNCATE told")
    pipeline.send([(TELL, [word, number]) for number, word in enumerate(said)])
    assert rows() == [(word, number) for number, word in enumerate(said)]


def test_a_statement_is_planned_once(told):
    pipeline.send([(TELL, ["a", 1])])
    before = plans()
    pipeline.send([(TELL, ["b", 2]), (TELL, ["c", 3])])
    assert plans() == before
    assert told() == [("a", 1), ("b", 2), ("c", 3)]


def test_behind_a_pooling_proxy_nothing_is_kept_ready(told, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    before = plans()
    pipeline.send([("INSERT INTO told (number, word) VALUES (%s, %s)", [1, "50 % 'off' \\"])])
    assert plans() == before
    assert told() == [("50 % 'off' \\", 1)]


def test_all_of_a_message_is_written_or_nothing(told):
    with pytest.raises(IntegrityError, match="told_word_key"):
        pipeline.send([(TELL, ["a", 1]), (TELL, ["a", 2])])
    assert told() == []
    pipeline.send([(TELL, ["a", 1])])
    assert told() == [("a", 1)]


def test_a_failure_in_somebodys_transaction_leaves_it_whole(told):
    with transaction.atomic():
        for word, number in [("a", 1), ("b", 2), ("a", 3), ("c", 3)]:
            with suppress(IntegrityError), transaction.atomic():
                pipeline.send([(TELL, [word, number])])
    assert told() == [("a", 1), ("b", 2), ("c", 3)]


def test_a_word_with_a_nul_is_refused_and_not_cut_short(told):
    with pytest.raises(DataError, match="NUL"):
        pipeline.send([(TELL, ["a", 1]), (TELL, ["ab\0cd", 2])])
    assert told() == []


def test_a_table_that_took_anothers_place_is_written(told):
    pipeline.send([(TELL, ["a", 1])])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE told RENAME TO old; CREATE TEMP TABLE told (number int, more text, word text)")
    pipeline.send([(TELL, ["b", 2])])
    assert told() == [("b", 2)]


def test_a_lost_connection_is_said_and_the_next_one_begins_anew(told):
    pipeline.send([(TELL, ["a", 1])])
    process = connection.connection.info.backend_pid
    with closing(elsewhere()) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [process])
    with pytest.raises(OperationalError):
        pipeline.send([(TELL, ["b", 2])])
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE told (word text, number int)")
    pipeline.send([(TELL, ["c", 3])])
    assert told() == [("c", 3)]
