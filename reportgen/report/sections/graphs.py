"""Graphs: the tree of name scopes as a table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from reportgen import wording
from reportgen.analysis.scopes import Scope, folded
from reportgen.report.model import Block, Cell, Column, Table

_INDENT = "\N{NO-BREAK SPACE}" * 4


def blocks(graphs: pd.DataFrame) -> list[Block]:
    """A table for each run's last graph of a tag.

    Args:
        graphs: the graphs frame.
    """
    last = graphs.groupby(["run", "tag"], sort=False, observed=True).tail(1)
    return [
        table(
            ", ".join(filter(None, [str(row["tag"]), str(row["run"])])),
            [node.name for node in row["nodes"]],
            [node.op for node in row["nodes"]],
        )
        for _, row in last.iterrows()
        if len(row["nodes"])
    ]


def table(title: str, names: Sequence[str], operations: Sequence[str]) -> Table:
    """One row a scope.

    Args:
        title: the table's heading.
        names: of the nodes, "/" between scopes.
        operations: of each.
    """
    scopes = folded(names, operations)
    told = wording.count(len(names), "node")
    shown = sum(scope.nodes for scope in scopes if not scope.depth)
    note = f"{told} in all; scopes are folded where the table would grow too long."
    if shown < len(names):
        note += f" {wording.count(len(names) - shown, 'node')} of small scopes left out."
    headings = (Column("scope"), Column("nodes", True), Column("operations"))
    return Table(title, headings, tuple(_row(scope) for scope in scopes), note)


def _row(scope: Scope) -> tuple[Cell, ...]:
    common = ", ".join(f"{name} ({often:,})" for name, often in scope.operations)
    return (
        Cell(_INDENT * scope.depth + scope.name),
        Cell(f"{scope.nodes:,}", float(scope.nodes)),
        Cell(common),
    )
