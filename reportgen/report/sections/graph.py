"""Graph: its name scopes as a table."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen import wording
from reportgen.analysis.scopes import folded
from reportgen.report.model import Cell, Column, Table

_INDENT = "\N{EM SPACE}"
_MOST_OPERATIONS = 4


def table(title: str, nodes: Iterable[tuple[str, str]]) -> Table:
    """The tree of scopes, small ones folded, with what each holds.

    Args:
        title: the table's heading.
        nodes: name and operation of each node.
    """
    held = list(nodes)
    rows = tuple(
        (
            Cell(_INDENT * one.depth + one.name),
            Cell(f"{one.nodes:,}", float(one.nodes)),
            Cell(
                wording.listing(
                    [f"{count:,} × {name}" for name, count in one.operations],  # noqa: RUF001
                    _MOST_OPERATIONS,
                )
            ),
        )
        for one in folded(held)
    )
    columns = (Column("scope"), Column("nodes", numeric=True), Column("operations"))
    return Table(title, columns, rows, f"{wording.count(len(held), 'node')} in all.")
