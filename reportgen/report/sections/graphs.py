"""Graphs: the tree of name scopes as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from reportgen import wording
from reportgen.analysis.media.scopes import Scope, folded
from reportgen.report.blocks import Block, Notice
from reportgen.report.table import Cell, Column, Table

_INDENT = "\N{NO-BREAK SPACE}" * 4
_MAX_TABLES = 8


def blocks(graphs: pd.DataFrame) -> list[Block]:
    """Return a table for each graph that differs from those before it.

    Args:
        graphs: the graphs frame.
    """
    different = graphs.drop_duplicates("nodes")
    different = different[different["nodes"].map(len) > 0]
    shown: list[Block] = [_graph(row) for _, row in different.head(_MAX_TABLES).iterrows()]
    hidden = len(graphs) - len(shown)
    if hidden:
        count = wording.count(hidden, "graph")
        reason = f"those that repeat others or are empty, and all after {_MAX_TABLES}"
        shown.append(Notice(f"{count} of {len(graphs):,} logged are not shown: {reason}."))
    return shown


def _graph(row: pd.Series) -> Table:
    title = ", ".join(filter(None, (str(row["tag"]) or "graph", str(row["run"]))))
    nodes = row["nodes"]
    content = table(title, [node.name for node in nodes], [node.op for node in nodes])
    return replace(content, tag=str(row["tag"]))


def table(title: str, names: Sequence[str], operations: Sequence[str]) -> Table:
    """Return a table with one row a scope.

    Args:
        title: the table's heading.
        names: of the nodes, "/" between scopes.
        operations: of each node.
    """
    scopes = folded(names, operations)
    shown = sum(scope.nodes for scope in scopes if not scope.depth)
    note = (
        f"{wording.count(len(names), 'node')} in all; scopes are folded where the table would "
        "grow too long."
    )
    if shown < len(names):
        note += f" {wording.count(len(names) - shown, 'node')} of small scopes left out."
    headings = (Column("scope"), Column("nodes", numeric=True), Column("operations"))
    return Table(title, headings, tuple(_row(scope) for scope in scopes), note, headed=True)


def _row(scope: Scope) -> tuple[Cell, ...]:
    operations = ", ".join(f"{name} ({count:,})" for name, count in scope.operations)
    return (
        Cell(_INDENT * scope.depth + scope.name),
        Cell(f"{scope.nodes:,}", float(scope.nodes)),
        Cell(operations),
    )
