"""Old payloads are read for ever: raised step by step to the newest shape, and no stored sample is touched."""

import hashlib
from dataclasses import field
from pathlib import Path
from typing import Any

import pytest

from claims.domain import events, upcasting
from claims.domain.events import Event, base

SAMPLES = Path(__file__).parents[2] / "data" / "events"


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> type[Event]:
    """A type that changed its shape twice: `place` became `places`, then each place an object."""
    known = dict(events.TYPES)
    monkeypatch.setattr(base, "TYPES", known)
    monkeypatch.setattr(events, "TYPES", known)
    monkeypatch.setattr(upcasting, "STEPS", dict(upcasting.STEPS))

    @events.event
    class DeskMovedInATest(Event):
        schema = 3

        places: tuple[dict[str, str], ...]
        note: str = ""
        tags: tuple[str, ...] = field(default_factory=tuple)

    @upcasting.upcaster("DeskMovedInATest", 1)
    def several(payload: dict[str, Any]) -> dict[str, Any]:
        return payload | {"places": [payload.pop("place")]}

    @upcasting.upcaster("DeskMovedInATest", 2)
    def named(payload: dict[str, Any]) -> dict[str, Any]:
        return payload | {"places": [{"name": place} for place in payload["places"]]}

    return DeskMovedInATest


@pytest.mark.parametrize(
    ("schema", "body"),
    [
        (1, '{"note":"ن","place":"دمشق"}'),
        (2, '{"note":"ن","places":["دمشق"]}'),
        (3, '{"note":"ن","places":[{"name":"دمشق"}],"tags":[]}'),
    ],
)
def test_a_payload_of_any_schema_reads_as_the_newest(moved, schema, body):
    assert events.read("DeskMovedInATest", schema, body) == moved(places=({"name": "دمشق"},), note="ن")


def test_a_payload_of_a_newer_program_is_not_guessed_at(moved):
    with pytest.raises(upcasting.TooNew, match="schema 4, and this program knows 3"):
        events.read("DeskMovedInATest", 4, "{}")


def test_a_missing_step_is_named(moved):
    del upcasting.STEPS["DeskMovedInATest", 2]
    with pytest.raises(upcasting.NoWayUp, match="from schema 2 to 3"):
        events.read("DeskMovedInATest", 1, '{"place":"دمشق"}')


def test_one_schema_has_one_way_up(moved):
    with pytest.raises(ValueError, match="already"):
        upcasting.upcaster("DeskMovedInATest", 1)(lambda payload: payload)


@pytest.mark.parametrize("name", sorted(events.TYPES))
def test_there_is_a_way_up_from_every_schema_a_type_ever_had(name):
    missing = [schema for schema in range(1, events.TYPES[name].schema) if (name, schema) not in upcasting.STEPS]
    assert not missing


def test_no_stored_sample_was_altered_or_taken_away():
    listed = dict(reversed(line.split("  ")) for line in (SAMPLES / "SHA256SUMS").read_text().splitlines())
    there = {sample.name: hashlib.sha256(sample.read_bytes()).hexdigest() for sample in SAMPLES.glob("*.json")}
    changed = {name for name, digest in listed.items() if there.get(name) != digest}
    assert not changed, "a sample says what was stored once: put it back, and add a new one beside it"
    assert not there.keys() - listed.keys(), "list the new sample: cd tests/data/events && sha256sum NAME >> SHA256SUMS"
