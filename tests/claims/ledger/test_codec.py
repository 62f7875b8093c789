"""What is hashed of an event is canonical JSON, whoever did it and whenever."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import orjson
from hypothesis import given
from hypothesis import strategies as st

from claims.domain import events
from claims.domain.lifecycle import Happening
from claims.ledger import codec
from sources.roles import Actor

MOMENTS = st.datetimes(
    min_value=datetime(1900, 1, 1), timezones=st.sampled_from([UTC, timezone(timedelta(hours=3)), timezone(timedelta(hours=-9.5))])
)


@given(st.text(), st.text(), st.text(), st.uuids(), st.uuids(), st.integers(1, 2**31), MOMENTS)
def test_an_entry_is_what_a_writer_of_canonical_json_makes_of_it(name, id_, reason, stream, context, version, at):
    event = events.ClaimRejected(reason=reason)
    happened = Happening(UUID(int=7), stream, version, event, name, at, context)
    [row] = codec.records([happened], [Actor(name, id_)], context)
    entry, body, salt = row[8], row[9], bytes.fromhex(row[10].removeprefix("\\x"))
    told = orjson.loads(entry)
    assert entry == orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()
    assert entry == codec.entry_of(happened, Actor(name, id_), context, body, salt)
    assert told == {
        "actor": {"id": id_, "text": name},
        "body": hashlib.sha256(salt + body.encode()).hexdigest(),
        "context": str(context),
        "id": str(UUID(int=7)),
        "recorded_at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "schema": 1,
        "stream": str(stream),
        "type": "ClaimRejected",
        "version": version,
    }
    assert row[:8] == [told["id"], told["stream"], version, "ClaimRejected", 1, name, told["context"], told["recorded_at"]]


@given(st.integers(2, 40))
def test_no_two_events_share_their_salt(number):
    written = [Happening(UUID(int=n), UUID(int=n), 1, events.ClaimAccepted(), "a", datetime.now(UTC)) for n in range(number)]
    assert len({row[10] for row in codec.records(written, [Actor("a")] * number, UUID(int=1))}) == number
