"""Scopes: a graph's nodes by the parts of their names, folded until they fit a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_COMMON = 3  # operations that a scope names


@dataclass(frozen=True, slots=True)
class Scope:
    """One name scope, or one node outside any.

    Attributes:
        name: its last part.
        depth: how many scopes it stands in.
        nodes: in it and below.
        operations: the commonest in it and below, with how often each stands there.
    """

    name: str
    depth: int
    nodes: int
    operations: tuple[tuple[str, int], ...]


def folded(names: Sequence[str], operations: Sequence[str], most: int = 40) -> tuple[Scope, ...]:
    """The scopes of a graph in depth-first order, as deep as fits `most` rows.

    Where not even the first level fits, the scopes with most nodes stay, in their order.

    Args:
        names: of the nodes, "/" between scopes.
        operations: of each.
        most: rows.
    """
    paths = [tuple(name.split("/")) for name in names]
    deepest = max(map(len, paths), default=0)
    found: dict[tuple[str, ...], Counter[str]] = {}
    for depth in range(1, deepest + 1):
        deeper = _level(paths, operations, depth)
        if depth > 1 and len(found) + len(deeper) > most:
            break
        found |= deeper
    kept = set(sorted(found, key=lambda path: -found[path].total())[:most])
    place = {path: index for index, path in enumerate(found)}  # first seen, first named
    order = sorted(kept, key=lambda path: [place[path[: end + 1]] for end in range(len(path))])
    return tuple(
        Scope(path[-1], len(path) - 1, found[path].total(), tuple(found[path].most_common(_COMMON)))
        for path in order
    )


def _level(
    paths: Sequence[tuple[str, ...]], operations: Sequence[str], depth: int
) -> dict[tuple[str, ...], Counter[str]]:
    """The operations in each scope of one depth."""
    found: dict[tuple[str, ...], Counter[str]] = {}
    for path, operation in zip(paths, operations, strict=True):
        if len(path) >= depth:
            found.setdefault(path[:depth], Counter())[operation] += 1
    return found
