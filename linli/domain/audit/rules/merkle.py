"""Hash trees: one root for many leaves, and the path that shows that a leaf is under it.

The shape is that of RFC 6962, 2.1: leaves and nodes are hashed apart (0x00, 0x01), and a node
without a sister rises as it is.

Serves: X02.
"""

import hashlib
from collections.abc import Sequence

Step = tuple[str, bytes]
LEFT, RIGHT = "left", "right"


def leaf_of(data: bytes, algorithm: str = "sha256") -> bytes:
    """Return the leaf that stands for some data."""
    return hashlib.new(algorithm, b"\x00" + data).digest()


def node_of(left: bytes, right: bytes, algorithm: str = "sha256") -> bytes:
    """Return the node above two others."""
    return hashlib.new(algorithm, b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes], algorithm: str = "sha256") -> bytes:
    """Return the root above the leaves; of none, the hash of nothing."""
    if not leaves:
        return hashlib.new(algorithm).digest()
    level = list(leaves)
    while len(level) > 1:
        level = _above(level, algorithm)
    return level[0]


def path_to(leaves: Sequence[bytes], place: int, algorithm: str = "sha256") -> list[Step]:
    """Return the sisters on the way from a leaf to the root, each with its side."""
    level, steps = list(leaves), []
    while len(level) > 1:
        sister = place ^ 1
        if sister < len(level):
            steps.append((LEFT if sister < place else RIGHT, level[sister]))
        level, place = _above(level, algorithm), place // 2
    return steps


def climbed(leaf: bytes, steps: Sequence[Step], algorithm: str = "sha256") -> bytes:
    """Return the root to which a path leads from a leaf.

    >>> leaves = [leaf_of(bytes([n])) for n in range(5)]
    >>> all(climbed(leaves[n], path_to(leaves, n)) == root_of(leaves) for n in range(5))
    True
    """
    for side, sister in steps:
        pair = (sister, leaf) if side == LEFT else (leaf, sister)
        leaf = node_of(*pair, algorithm)
    return leaf


def _above(level: Sequence[bytes], algorithm: str) -> list[bytes]:
    pairs = [
        node_of(level[place], level[place + 1], algorithm) for place in range(0, len(level) - 1, 2)
    ]
    return [*pairs, level[-1]] if len(level) % 2 else pairs
