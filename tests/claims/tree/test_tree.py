"""The tree is that of RFC 6962: the vectors of Certificate Transparency's own code, and laws over any size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import tree
from tests.claims.tree import consistency

LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A, B, C, D, E = (
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
)
INCLUDED = {(0, 1): [], (0, 8): [A, B, C], (5, 8): [D, E, ROOTS[4]], (2, 3): [ROOTS[2]], (1, 5): [ROOTS[1], B, D]}
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
EXTENDED = {(1, 1): [], (1, 8): [A, B, C], (6, 8): [F, E, ROOTS[4]], (2, 5): [B, D]}


def nodes_over(leaves):
    """Where nodes are kept: nowhere, they are made of the leaves each time."""
    return lambda level, index: tree.root_of(leaves[index << level : (index + 1) << level])


def hashes(count):
    return [tree.leaf_hash(n.to_bytes(4)) for n in range(count)]


KNOWN = [tree.leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_certificate_transparency(size):
    assert tree.root_of(KNOWN[:size]).hex() == ROOTS[size]
    assert tree.root(size, nodes_over(KNOWN)).hex() == ROOTS[size]


@pytest.mark.parametrize(("place", "proof"), INCLUDED.items())
def test_inclusion_proofs_are_those_of_certificate_transparency(place, proof):
    assert [h.hex() for h in tree.inclusion(*place, nodes_over(KNOWN))] == proof


@pytest.mark.parametrize(("sizes", "proof"), EXTENDED.items())
def test_consistency_proofs_are_those_of_certificate_transparency(sizes, proof):
    assert [h.hex() for h in tree.consistency(*sizes, nodes_over(KNOWN))] == proof


places = st.integers(1, 600).flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size)))


@given(places, st.data())
def test_a_leaf_is_proved_at_its_place_and_no_other(place, data):
    index, size = place
    leaves = hashes(size)
    proof, root = tree.inclusion(index, size, nodes_over(leaves)), tree.root_of(leaves)
    assert tree.included(leaves[index], index, size, proof, root)
    assert len(proof) <= size.bit_length()
    other = data.draw(st.integers(-1, size + 1).filter(lambda n: n != index))
    assert not tree.included(leaves[index], other, size, proof, root)
    assert not tree.included(tree.leaf_hash(b"other"), index, size, proof, root)
    assert not tree.included(leaves[index], index, size, [*proof, root], root)
    if proof:
        assert not tree.included(leaves[index], index, size, proof[:-1], root)


@given(places, st.integers(0, 600))
def test_growth_is_proved_and_a_rewrite_is_not(place, changed):
    old, new = place
    leaves = hashes(new)
    proof = tree.consistency(old, new, nodes_over(leaves))
    old_root, new_root = tree.root_of(leaves[:old]), tree.root_of(leaves)
    assert consistency.extends(old, old_root, new, new_root, proof)
    if old:
        rewritten = [*leaves]
        rewritten[changed % old] = tree.leaf_hash(b"other")
        forged = tree.consistency(old, new, nodes_over(rewritten))
        assert not consistency.extends(old, old_root, new, tree.root_of(rewritten), forged)
        assert not consistency.extends(old, old_root, new, tree.root_of(rewritten), proof)
    if proof:
        assert not consistency.extends(old, old_root, new, new_root, proof[:-1])
        assert not consistency.extends(old, old_root, new, new_root, [*proof, new_root])


@given(places)
def test_a_frontier_goes_on_from_stored_nodes(place):
    old, new = place
    leaves = hashes(new)
    edge = tree.Frontier(old, nodes_over(leaves))
    for leaf in leaves[old:]:
        edge.add(leaf)
    assert (edge.size, edge.root()) == (new, tree.root_of(leaves))


def test_whole_nodes_may_be_added_at_once():
    leaves, edge = hashes(1000), tree.Frontier()
    for index in range(3):
        edge.add_node(8, nodes_over(leaves)(8, index))
    for leaf in leaves[768:]:
        edge.add(leaf)
    assert edge.root() == tree.root_of(leaves)


@pytest.mark.parametrize("count", [1, 2, 8, 256])
def test_the_quick_way_to_a_full_root_is_the_same(count: int):
    assert tree.full_root(b"".join(hashes(count))) == tree.root_of(hashes(count))


@pytest.mark.parametrize("asked", [(-1, 3), (3, 3), (5, 0)])
def test_no_proof_is_made_of_a_leaf_that_is_not_there(asked):
    with pytest.raises(IndexError):
        tree.inclusion(*asked, nodes_over(hashes(3)))
    with pytest.raises(IndexError):
        tree.consistency(4, 3, nodes_over(hashes(3)))
