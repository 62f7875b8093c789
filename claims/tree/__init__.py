"""The Merkle tree of RFC 6962 and RFC 9162: roots, proofs that a leaf is in it, proofs that it only grew. Pure.

A *node* is the hash of 2**level leaves in a row: `nodes(level, index)` gives the one over leaves index * 2**level and on.
Whoever makes a proof says where nodes are kept; at most log2(size) of them are asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

Nodes = Callable[[int, int], bytes]
EMPTY = hashlib.sha256(b"").digest()  # the root of no leaves


def leaf_hash(data: bytes) -> bytes:
    """A leaf: SHA-256 of a zero byte and the data, so that no leaf can pass for a node."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """An inner node: SHA-256 of a one byte and the two nodes below."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: log2(size) hashes, enough to add leaves and to say the root at each size."""

    __slots__ = ("_peaks", "size")

    def __init__(self, size: int = 0, nodes: Nodes | None = None) -> None:
        self.size = size
        self._peaks = [nodes(level, index) for level, index in peaks(size)] if nodes else []

    def add(self, leaf: bytes) -> None:
        """Adds one leaf's hash."""
        self.add_node(0, leaf)

    def add_node(self, level: int, node: bytes) -> None:
        """Adds 2**level leaves at once, as the node over them; the size must be a multiple of as many."""
        assert self.size % (1 << level) == 0
        full = self.size >> level
        while full & 1:
            node, full = node_hash(self._peaks.pop(), node), full >> 1
        self._peaks.append(node)
        self.size += 1 << level

    def root(self) -> bytes:
        """The root at this size."""
        if not self._peaks:
            return EMPTY
        *others, root = self._peaks
        for peak in reversed(others):
            root = node_hash(peak, root)
        return root


def peaks(size: int) -> list[tuple[int, int]]:
    """The full nodes that a tree of `size` leaves is made of, left to right, as (level, index)."""
    found, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            found.append((level, start >> level))
            start += 1 << level
    return found


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes."""
    edge = Frontier()
    for leaf in leaves:
        edge.add(leaf)
    return edge.root()


def full_root(leaves: bytes) -> bytes:
    """The root over leaf hashes one after the other, a power of two of them: level by level, three times as fast."""
    while len(leaves) > 32:
        leaves = b"".join([hashlib.sha256(b"\x01" + leaves[at : at + 64]).digest() for at in range(0, len(leaves), 64)])
    return leaves


def root(size: int, nodes: Nodes) -> bytes:
    """The root over the first `size` leaves."""
    return Frontier(size, nodes).root()


# ── making proofs (RFC 9162, 2.1.3.1 and 2.1.4.1)


def inclusion(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """The hashes that lead from leaf `index` to the root at `size`. Raises IndexError where there is no such leaf."""
    if not 0 <= index < size:
        raise IndexError(index)
    return _path(index, 0, size, nodes)


def consistency(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """The hashes that show the tree of `new` leaves to begin with that of `old`. Raises IndexError unless 0 <= old <= new.

    Every tree begins with the empty one: that proof has no hashes.
    """
    if not 0 <= old <= new:
        raise IndexError(old)
    return _extension(old, 0, new, nodes, known=True) if old else []


def _path(index: int, start: int, stop: int, nodes: Nodes) -> list[bytes]:
    if stop - start == 1:
        return []
    middle = start + _split(stop - start)
    if index < middle:
        return [*_path(index, start, middle, nodes), _over(middle, stop, nodes)]
    return [*_path(index, middle, stop, nodes), _over(start, middle, nodes)]


def _extension(old: int, start: int, stop: int, nodes: Nodes, *, known: bool) -> list[bytes]:
    if old == stop:
        return [] if known else [_over(start, stop, nodes)]
    middle = start + _split(stop - start)
    if old <= middle:
        return [*_extension(old, start, middle, nodes, known=known), _over(middle, stop, nodes)]
    return [*_extension(old, middle, stop, nodes, known=False), _over(start, middle, nodes)]


def _over(start: int, stop: int, nodes: Nodes) -> bytes:
    """The hash over leaves start to stop, where start is where RFC 9162 splits."""
    count = stop - start
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return nodes(level, start >> level)
    middle = start + _split(count)
    return node_hash(_over(start, middle, nodes), _over(middle, stop, nodes))


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)


# ── checking proofs (RFC 9162, 2.1.3.2 and 2.1.4.2)


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Does the proof lead from this leaf hash at `index` to the root at `size`?"""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root
