"""Scopes: a graph's nodes as the tree that their names make, small scopes folded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Scope:
    """A row of the folded tree: what stands before a "/" in names, or a single node.

    Attributes:
        name: its last part; depth: how many scopes are around it.
        nodes: how many are within.
        operations: how often each operation occurs in it, most frequent first.
    """

    name: str
    depth: int
    nodes: int
    operations: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class _Tree:
    operations: Counter[str] = field(default_factory=Counter)
    children: dict[str, _Tree] = field(default_factory=dict)


def folded(nodes: Iterable[tuple[str, str]], most: int = 60) -> list[Scope]:
    """The tree in order, scopes opened level by level as long as no more than `most` rows result.

    Args:
        nodes: name ("model/layer1/weights") and operation ("MatMul") of each.
        most: rows.
    """
    root = _Tree()
    for name, operation in nodes:
        tree = root
        for part in name.split("/"):
            tree = tree.children.setdefault(part, _Tree())
            tree.operations[operation] += 1
    depth = 1
    while _size(root, depth) < _size(root, depth + 1) <= most:
        depth += 1
    return _rows(root, 0, depth)[:most]


def _size(tree: _Tree, depth: int) -> int:
    """Rows of a tree that is open to a depth."""
    if not depth:
        return 0
    return sum(1 + _size(child, depth - 1) for child in tree.children.values())


def _rows(tree: _Tree, level: int, depth: int) -> list[Scope]:
    if level == depth:
        return []
    rows = []
    for name, child in tree.children.items():
        count = child.operations.total()
        rows.append(Scope(name, level, count, tuple(child.operations.most_common())))
        rows += _rows(child, level + 1, depth)
    return rows
