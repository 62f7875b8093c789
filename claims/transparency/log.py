"""The log gone through from a position on: every row, the tree over them, every head that was ever signed."""

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

from claims.erasure.redaction import Allowed
from claims.models import EventRecord, Tile
from claims.transparency import external_copy, faults
from claims.transparency.faults import Fault, Progress
from claims.transparency.heads import Heads
from claims.tree import Frontier, leaves, root_of, tiles
from claims.tree.leaves import WIDTH, Chunk, Wrong

CHUNK = 64 * WIDTH  # positions read together
MANY = 4 * CHUNK  # fewer are read faster by one process than two are started
AHEAD = 8  # chunks taken beyond the one that is looked at


def wrong(start: int, stop: int, progress: Progress, processes: int = 1) -> Iterator[Fault]:
    """What is wrong with positions `start` to `stop`, first to last; before `start` the tree that is kept is believed."""
    edge, heads, allowed = Frontier(start, tiles.Tiles(start)), Heads(start, stop), Allowed()
    yield from heads.disagree(edge)
    for chunk in chunks(start, stop, processes):
        yield from _looked_at(chunk, edge, heads, allowed)
        progress(min(chunk.start + CHUNK, stop), stop)
    if start == 0:
        yield from _inner_tiles(stop)


def may_differ(found: Wrong, allowed: Allowed) -> bool:
    """Whether a body may be another than was written: only as an erasure says that it reads now."""
    if found.what != leaves.BODY:
        return False
    event = EventRecord.objects.get(sealed__position=found.position)
    return allowed.body(event.id, bytes(event.salt), event.body)


def _looked_at(chunk: Chunk, edge: Frontier, heads: Heads, allowed: Allowed) -> Iterator[Fault]:
    """The first fault of a chunk: in its rows, or earlier where they are not what the tree and the signed heads say."""
    bad = next((found for found in chunk.wrong if not may_differ(found, allowed)), None)
    stop = bad.position if bad else chunk.start + len(chunk.leaves) // 32
    sound = chunk.leaves[: (stop - chunk.start) * 32]
    other = _other(chunk.start, sound)
    signed = next(_grown(chunk.start, sound, chunk.nodes, edge, heads), None)
    if other:
        yield other
    if signed:
        yield signed
    if bad:
        yield faults.row(bad)


def _grown(start: int, sound: bytes, nodes: dict[int, bytes], edge: Frontier, heads: Heads) -> Iterator[Fault]:
    """The tree grows by these leaves; the heads that were signed on the way, and the tiles' own roots, must be the same."""
    stop = start + len(sound) // 32
    roots = dict(_kept(start, stop).values_list("index", "root"))
    for at in range(start - start % WIDTH, stop, WIDTH):
        first, last, index = max(at, start), min(at + WIDTH, stop), at // WIDTH
        whole = last - first == WIDTH
        if whole and heads.next_size >= last:
            edge.add_node(tiles.HEIGHT, nodes[index])
            yield from heads.disagree(edge)
        else:
            for leaf in tiles.split(sound[(first - start) * 32 : (last - start) * 32]):
                edge.add(leaf)
                yield from heads.disagree(edge)
        if whole and index in roots and nodes[index] != bytes(roots[index]):
            yield faults.tile(0, index)


def _other(start: int, sound: bytes) -> Fault | None:
    """The first position whose leaf is another in the tree that is kept, or in the copy outside the database."""
    found = [
        (at, "claims_tile")
        for index, row in _kept(start, start + len(sound) // 32).values_list("index", "hashes")
        if (at := _first_difference(start, sound, index * WIDTH, bytes(row))) is not None
    ]
    kept = external_copy.leaves(start, start + len(sound) // 32)
    if (at := _first_difference(start, sound, start, kept)) is not None:
        found.append((at, str(external_copy.folder() / "leaves")))
    return faults.other_leaf(*min(found)) if found else None


def _kept(start: int, stop: int) -> Any:
    return Tile.objects.filter(level=0, index__gte=start // WIDTH, index__lt=-(-stop // WIDTH)).order_by("index")


def _first_difference(start: int, sound: bytes, kept_start: int, kept: bytes) -> int | None:
    """Where two runs of leaves first differ, as far as both reach."""
    first, last = max(start, kept_start), min(start + len(sound) // 32, kept_start + len(kept) // 32)
    one = sound[(first - start) * 32 : (last - start) * 32]
    other = kept[(first - kept_start) * 32 : (last - kept_start) * 32]
    if one == other or first >= last:
        return None
    return first + next(n for n in range(last - first) if one[n * 32 : n * 32 + 32] != other[n * 32 : n * 32 + 32])


def _inner_tiles(stop: int) -> Iterator[Fault]:
    """None is left out, and each over others is made of those: the lowest ones were compared with the leaves."""
    level = 0
    while full := stop >> tiles.HEIGHT * (level + 1):
        rows = Tile.objects.filter(level=level, index__lt=full).order_by("index")
        for expected, index in enumerate(rows.values_list("index", flat=True).iterator()):
            if index != expected:
                yield faults.tile(level, expected)
            if level and not _made_of_those_below(level, index):
                yield faults.tile(level, index)
        level += 1


def _made_of_those_below(level: int, index: int) -> bool:
    below = Tile.objects.filter(level=level - 1, index__range=(index * WIDTH, index * WIDTH + WIDTH - 1)).order_by("index")
    row = [bytes(hash) for hash in below.values_list("root", flat=True)]
    tile = Tile.objects.get(level=level, index=index)
    return b"".join(row) == bytes(tile.hashes) and root_of(row) == bytes(tile.root)


# ── rows into leaves


def chunks(start: int, stop: int, processes: int) -> Iterator[Chunk]:
    """The positions in order, some at a time."""
    bounds = [(max(start, at), min(at + CHUNK, stop)) for at in range(start // CHUNK * CHUNK, stop, CHUNK)]
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute(leaves.SESSION)  # Django's own choices, unless the operator made others
    if processes == 1 or stop - start < MANY:
        yield from (leaves.read(_ask, *bound) for bound in bounds)
    else:
        yield from _side_by_side(bounds, processes)


def _ask(query: str, words: tuple[Any, ...]) -> leaves.Tiles:
    # Django's own cursors fill in the words themselves, and cannot be answered in binary.
    with psycopg.Cursor(connection.connection) as cursor:
        yield from cursor.execute(query, words, binary=True)


def _side_by_side(bounds: list[tuple[int, int]], processes: int) -> Iterator[Chunk]:
    """In order; this process reads, too, and does not wait until the others have started."""
    conninfo, others = _conninfo(), processes - 1
    given: dict[int, Future[Chunk]] = {}
    own: dict[int, Chunk] = {}
    free = 0  # the first chunk that nobody has taken
    # Spawned, not forked: a forked process would hold our connection to PostgreSQL.
    with ProcessPoolExecutor(others, mp_context=get_context("spawn")) as pool:
        try:
            for wanted in range(len(bounds)):
                while wanted not in own and not (wanted in given and given[wanted].done()):
                    ahead = min(len(bounds), wanted + AHEAD)
                    while free < ahead and sum(not future.done() for future in given.values()) < 2 * others:
                        given[free] = pool.submit(leaves.read_alone, conninfo, *bounds[free])
                        free += 1
                    if free == ahead:
                        break
                    own[free] = leaves.read(_ask, *bounds[free])
                    free += 1
                yield own.pop(wanted) if wanted in own else given.pop(wanted).result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _conninfo() -> str:
    s = connection.settings_dict
    words = {"dbname": s["NAME"], "user": s["USER"], "password": s["PASSWORD"], "host": s["HOST"], "port": s["PORT"]}
    return make_conninfo(**s["OPTIONS"], **{word: value for word, value in words.items() if value})
