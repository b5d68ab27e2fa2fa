"""The name scopes of a graph's nodes, to a depth that fits a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_MAX_OPERATIONS = 3  # that a scope names


@dataclass(frozen=True, slots=True)
class Scope:
    """One name scope, or one node outside any.

    Attributes:
        name: the last part of its name.
        depth: the number of scopes around it.
        nodes: the number of nodes in it and in scopes within it.
        operations: the most frequent ones of these nodes, with their counts.
    """

    name: str
    depth: int
    nodes: int
    operations: tuple[tuple[str, int], ...]


def folded(names: Sequence[str], operations: Sequence[str], most: int = 40) -> tuple[Scope, ...]:
    """Return the scopes of a graph in depth-first order, as deep as fits `most` rows.

    If not even the first level fits, only the scopes with most nodes are returned.

    Args:
        names: of the nodes, "/" between scopes.
        operations: of the nodes.
        most: the largest number of scopes.
    """
    paths = [tuple(name.split("/")) for name in names]
    deepest = max(map(len, paths), default=0)
    scopes: dict[tuple[str, ...], Counter[str]] = {}
    for depth in range(1, deepest + 1):
        level = _level(paths, operations, depth)
        if depth > 1 and len(scopes) + len(level) > most:
            break
        scopes |= level
    largest = set(sorted(scopes, key=lambda path: -scopes[path].total())[:most])
    index = {path: index for index, path in enumerate(scopes)}  # in the order of the graph
    order = sorted(largest, key=lambda path: [index[path[: end + 1]] for end in range(len(path))])
    return tuple(
        Scope(
            name=path[-1],
            depth=len(path) - 1,
            nodes=scopes[path].total(),
            operations=tuple(scopes[path].most_common(_MAX_OPERATIONS)),
        )
        for path in order
    )


def _level(
    paths: Sequence[tuple[str, ...]], operations: Sequence[str], depth: int
) -> dict[tuple[str, ...], Counter[str]]:
    """Return the counts of operations in each scope of one depth."""
    scopes: dict[tuple[str, ...], Counter[str]] = {}
    for path, operation in zip(paths, operations, strict=True):
        if len(path) >= depth:
            scopes.setdefault(path[:depth], Counter())[operation] += 1
    return scopes
