"""What an auditor does with a consistency proof (RFC 9162, 2.1.4.2): the program makes such proofs and never needs to check one."""

from collections.abc import Sequence

from claims.tree import EMPTY, node_hash


def extends(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Does the proof show that the tree of `new` leaves begins with that of `old`?"""
    if not 0 <= old <= new or (old in (0, new) and proof):
        return False
    if old in (0, new):
        return old_root == (EMPTY if old == 0 else new_root)
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root
