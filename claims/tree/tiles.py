"""The tree as it is kept: full tiles of 256 hashes, so that a proof reads a few rows however long the log is."""

from claims import tree
from claims.models import Position, Tile
from claims.tree.leaves import WIDTH

HEIGHT = 8  # of a tile, in the tree's own levels: 2**8 == WIDTH
AT_ONCE = 64  # tiles written together


class Tiles:
    """The nodes of the tree over the first `size` leaves; each tile is read once. `grow(size)` must have been called."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._read: dict[tuple[int, int], list[bytes]] = {}

    def __call__(self, level: int, index: int) -> bytes:
        """A node, as `tree.Nodes` asks for it."""
        tile_level, inside = divmod(level, HEIGHT)
        start = index << inside
        return tree.root_of(self._tile(tile_level, start // WIDTH)[start % WIDTH :][: 1 << inside])

    def _tile(self, level: int, index: int) -> list[bytes]:
        if (level, index) not in self._read:
            self._read[level, index] = hashes(level, index, self.size)
        return self._read[level, index]


def hashes(level: int, index: int, size: int) -> list[bytes]:
    """What the tile holds in the tree over `size` leaves; fewer than 256 hashes where it is the last of its level."""
    width = min(WIDTH, (size >> HEIGHT * level) - index * WIDTH)
    if width <= 0:
        return []
    if width == WIDTH and (kept := Tile.objects.filter(level=level, index=index).values_list("hashes", flat=True).first()):
        return split(bytes(kept))
    return _below(level, index * WIDTH, width)


def _below(level: int, first: int, count: int) -> list[bytes]:
    """The hashes that tiles of a level hold, from where they are made: leaves, or the roots of the tiles below."""
    between = (first, first + count - 1)
    if level == 0:
        leaves = Position.objects.filter(position__range=between).order_by("position")
        return [bytes(leaf) for leaf in leaves.values_list("leaf", flat=True)]
    below = Tile.objects.filter(level=level - 1, index__range=between).order_by("index")
    return [bytes(root) for root in below.values_list("root", flat=True)]


def split(row: bytes) -> list[bytes]:
    """Hashes that are kept as one value."""
    return [row[at : at + 32] for at in range(0, len(row), 32)]


def grow(size: int) -> None:
    """Keeps every tile that is full at `size` and not kept yet. Whoever does the same at the same time does no harm."""
    level = 0
    while full := size >> HEIGHT * (level + 1):
        last = Tile.objects.filter(level=level).order_by("-index").values_list("index", flat=True).first()
        for start in range(0 if last is None else last + 1, full, AT_ONCE):
            count = min(AT_ONCE, full - start)
            row = _below(level, start * WIDTH, count * WIDTH)
            assert len(row) == count * WIDTH
            Tile.objects.bulk_create(
                [_made(level, start + n, row[n * WIDTH : (n + 1) * WIDTH]) for n in range(count)], ignore_conflicts=True
            )
        level += 1


def _made(level: int, index: int, row: list[bytes]) -> Tile:
    hashes = b"".join(row)
    return Tile(level=level, index=index, hashes=hashes, root=tree.full_root(hashes))


def root(size: int) -> bytes:
    """The root over the first `size` leaves."""
    return tree.root(size, Tiles(size))
