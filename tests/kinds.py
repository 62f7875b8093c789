"""A pytest plugin: marks tests as `pure` and as `slow`, and fails a pure one that goes outside its process all the same.

A pure test uses no server (no database, no Redis, none of its own), opens no connection and starts no program. That it asks for none is
seen from its fixtures; the few that open or start something by themselves are listed here. While a pure test runs, connections, ports
and programs are watched, and pytest-django refuses the database. A slow test takes about a second or more; `make test-fast` leaves it
out.
"""

import sys
import threading
from collections.abc import Iterator

import pytest

# `servers` is below every database fixture; a `site` is a web server of the test's own.
_FIXTURES = {"servers", "site"}
# Tests that start programs or open connections by themselves: a module, or one test of it.
_BY_THEMSELVES = (
    "tests/config/test_debug.py::",
    "tests/config/test_setting_checks.py::test_a_value_that_cannot_be_meant_stops_the_start_with_a_sentence",
    "tests/config/management/test_bench.py::test_an_install_without_the_tests_says_where_measurements_are",
    "tests/config/management/test_up.py::",
    "tests/claims/extraction/test_reader_same.py::test_two_processes_read_the_same_bytes",
    "tests/sources/fetching/test_networks.py::test_a_name_that_changes_its_address_after_it_was_looked_at_leads_nowhere_else",
    "tests/sources/fetching/test_networks.py::test_a_site_is_asked_by_its_name_through_tls",
    "tests/sources/jobs/test_notify.py::",
)
# Tests that measure long texts, build the whole schema, read all articles or walk all the code: the beginnings of their names, or files.
_SLOW = (
    "test_a_megabyte_",
    "test_every_length_at_which_",
    "test_every_step_of_a_claim_is_known_",
    "test_every_type_of_event_is_known_",
    "test_four_times_the_text_",
    "test_many_names_take_time_",
    "test_each_round_measures_",
    "test_no_sentence_of_the_code_is_missing",
    "test_the_reader_comes_near_enough_",
    "test_the_schema_is_valid_",
    "test_twice_the_text_",
    "test_two_texts_of_the_longest_kind_",
    "test_wherever_a_text_is_cut_",
    "test_wherever_a_quote_begins_",
)
_SLOW_FILES = ("tests/claims/extraction/test_articles.py::",)
_MARKS = ("django_db", "soak", "browser")
_EVENTS = {
    "subprocess.Popen": "started a program",
    "os.posix_spawn": "started a program",
    "socket.connect": "opened a connection",
    "socket.bind": "opened a port",
}

_watched = False
_of_others: set[int | None] = set()  # threads that an earlier test left running: what they do is not this test's doing
_seen: list[str] = []


def is_pure(item: pytest.Item) -> bool:
    """Whether the test is to run without any server."""
    if _FIXTURES & set(getattr(item, "fixturenames", ())) or any(item.get_closest_marker(mark) for mark in _MARKS):
        return False
    return not item.nodeid.startswith(_BY_THEMSELVES)


@pytest.hookimpl(tryfirst=True)  # before tests are chosen by their marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks them."""
    for item in items:
        if is_pure(item):
            item.add_marker("pure")
        if item.name.startswith(_SLOW) or item.nodeid.startswith(_SLOW_FILES):
            item.add_marker("slow")


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watched and (what := _EVENTS.get(event)) and threading.get_ident() not in _of_others:
        _seen.append(f"{what}: {arguments[:2]!r:.200}")


sys.addaudithook(_watch)


def _watching(item: pytest.Item) -> Iterator[None]:
    """Fails a pure test that goes outside its process meanwhile."""
    global _watched, _of_others
    _of_others = {thread.ident for thread in threading.enumerate()} - {threading.get_ident()}
    _watched = item.get_closest_marker("pure") is not None
    _seen.clear()
    try:
        result = yield
    finally:
        _watched = False
    if _seen:
        seen = "; ".join(dict.fromkeys(_seen))
        pytest.fail(f"a pure test {seen}\nIf it has to, it asks for the fixture `servers`, or is named in tests/kinds.py.", pytrace=False)
    return result


pytest_runtest_setup = pytest.hookimpl(wrapper=True)(_watching)
pytest_runtest_call = pytest.hookimpl(wrapper=True)(_watching)
