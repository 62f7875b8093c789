"""The log's rows, each made into its leaf again: what is not as it was written is named. Needs no Django.

Rows come by the tile, 256 in one value: a message for each row cost more than the hashing. An entry is not parsed but compared,
from its end, with the text that the columns make; only where they differ is it parsed, to say what differs.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from claims.tree import full_root

WIDTH = 256
# Fields end with U+001F, rows with U+001E. Canonical JSON holds neither, and a forged row that does is found: there are then
# more separators than the count of rows allows.
QUERY = """
SELECT count(*), string_agg(p.leaf, ''::bytea ORDER BY p.position), string_agg(e.salt, ''::bytea ORDER BY p.position),
    convert_to(string_agg(concat_ws(U&'\\001F', p.position, p.sealed_at, e.type, e.stream, e.version, e.id, e.schema, e.context,
    e.recorded_at, e.actor, e.entry, e.body), U&'\\001E' ORDER BY p.position), 'UTF8')
FROM claims_position p LEFT JOIN claims_event e USING (number)
WHERE p.position >= %s AND p.position < %s GROUP BY p.position >> 8 ORDER BY p.position >> 8
"""
FIELDS = 12
LEAF, SALT = 32, 16  # bytes
AT_ONCE = 4 * WIDTH  # of these PostgreSQL sorts the rows in memory; 64 tiles at once took three times as long
SESSION = "SET TIME ZONE 'UTC'; SET datestyle = 'ISO, YMD'"
MISSING, GONE, OTHER, ENTRY, COLUMNS, BODY = "missing", "gone", "leaf", "entry", "columns", "body"

Tiles = Iterable[tuple[int, bytes, bytes | None, bytes]]
Ask = Callable[[str, tuple[Any, ...]], Tiles]


class Wrong(NamedTuple):
    """What is wrong with the event at a position."""

    position: int
    what: str
    type: str = ""
    stream: str = ""


class Chunk(NamedTuple):
    """Positions `start` and on: their leaves as they must be (32 bytes each), and what was found wrong, first to last.

    After anything but a body that differs, reading stopped. `nodes` holds the node over each 256 leaves that begin at a
    multiple of 256, by its index.
    """

    start: int
    leaves: bytes
    wrong: list[Wrong]
    nodes: dict[int, bytes]


class _Row(NamedTuple):
    leaf: bytes
    salt: bytes
    fields: list[bytes]


def read(ask: Ask, start: int, stop: int) -> Chunk:
    """Reads and checks positions `start` to `stop`. `ask` runs a query in a session set as SESSION says."""
    leaves, wrong, expected = bytearray(), [], start
    for row in _rows(ask, start, stop):
        leaf, what = _checked(row, expected)
        leaves += leaf
        if what:
            about = row.fields[2:4] if len(row.fields) == FIELDS and what != MISSING else []
            wrong.append(Wrong(expected, what, *(text.decode() for text in about)))
            if what != BODY:
                break
        expected += 1
    else:
        if expected < stop:
            wrong.append(Wrong(expected, MISSING))
    return Chunk(start, bytes(leaves), wrong, _nodes(start, bytes(leaves)))


def _nodes(start: int, leaves: bytes) -> dict[int, bytes]:
    first, last = -(-start // WIDTH), (start + len(leaves) // LEAF) // WIDTH
    at = {index: (index * WIDTH - start) * LEAF for index in range(first, last)}
    return {index: full_root(leaves[place : place + WIDTH * LEAF]) for index, place in at.items()}


def _rows(ask: Ask, start: int, stop: int) -> Iterator[_Row]:
    for first in range(start, stop, AT_ONCE):
        yield from _tiles(ask, first, min(first + AT_ONCE, stop))


def _tiles(ask: Ask, start: int, stop: int) -> Iterator[_Row]:
    for count, leaves, salts, rows in ask(QUERY, (start, stop)):
        found = bytes(rows).split(b"\x1e")
        if len(found) == count and len(leaves) == count * LEAF and salts and len(salts) == count * SALT:
            for n, row in enumerate(found):
                yield _Row(leaves[n * LEAF : n * LEAF + LEAF], salts[n * SALT : n * SALT + SALT], row.split(b"\x1f"))
        elif count == 1:
            yield _Row(leaves, b"", [found[0].split(b"\x1f")[0]])  # a row that cannot be told from its neighbours is none
            return
        else:  # somewhere in this tile
            for position in range(start, stop):
                yield from _tiles(ask, position, position + 1)
            return
        start += count


# An entry from the actor's name on: canonical JSON, so that there is one way to write it.
_END = b'"text":%b},"body":"%b","context":"%b","id":"%b","recorded_at":"%b","schema":%b,"stream":"%b","type":"%b","version":%b}'


def _checked(row: _Row, expected: int) -> tuple[bytes, str]:
    """The leaf that the row must have, and what is wrong with it."""
    if row.fields[0] != b"%d" % expected:
        return b"", MISSING
    if len(row.fields) != FIELDS:  # a place without an event, or a text that holds what no canonical JSON holds
        return b"", GONE
    _position, sealed_at, type_, stream, version, id_, schema, context, recorded_at, actor, entry, body = row.fields
    leaf = hashlib.sha256(b"\x00%b\n%b" % (_stamp(sealed_at), entry)).digest()
    if leaf != row.leaf:
        return leaf, OTHER
    digest, recorded = hashlib.sha256(row.salt + body).hexdigest().encode(), _stamp(recorded_at)
    if entry.endswith(_END % (_quoted(actor), digest, context, id_, recorded, schema, stream, type_, version)):
        return leaf, ""
    return leaf, _difference(entry, actor, (context, id_, recorded, schema, stream, type_, version), digest)


def _difference(entry: bytes, actor: bytes, columns: tuple[bytes, ...], digest: bytes) -> str:
    """The slow way: which part of the row is not as the entry has it."""
    try:
        said = orjson.loads(entry)
        names = ("context", "id", "recorded_at", "schema", "stream", "type", "version")
        told = (said["actor"]["text"], *(str(said[name]) for name in names))
        body = said["body"]
    except (ValueError, KeyError, TypeError):
        return ENTRY
    if told != tuple(text.decode() for text in (actor, *columns)):
        return COLUMNS
    return "" if body == digest.decode() else BODY


@lru_cache(maxsize=1000)
def _quoted(actor: bytes) -> bytes:
    return orjson.dumps(actor.decode())


def _stamp(moment: bytes) -> bytes:
    """PostgreSQL's way to write a moment in UTC, as RFC 3339 with microseconds."""
    if len(moment) == 29:
        return b"%bT%bZ" % (moment[:10], moment[11:26])
    day, _, time = moment.removesuffix(b"+00").partition(b" ")
    whole, _, rest = time.partition(b".")
    return b"%bT%b.%bZ" % (day, whole, rest.ljust(6, b"0"))


# ── in processes of their own

_connections: dict[str, Any] = {}


def read_alone(conninfo: str, start: int, stop: int) -> Chunk:
    """One chunk over this process's own connection, which stays open for the next."""
    import psycopg

    if conninfo not in _connections:
        _connections[conninfo] = psycopg.connect(conninfo, autocommit=True)
        # Its own helpers would take the cores that the hashing needs; and tables that were never analysed would be read whole.
        _connections[conninfo].execute(f"{SESSION}; SET max_parallel_workers_per_gather = 0; SET enable_seqscan = off")

    def ask(query: str, words: tuple[Any, ...]) -> Tiles:
        with _connections[conninfo].cursor(binary=True) as cursor:
            yield from cursor.execute(query, words)

    return read(ask, start, stop)
