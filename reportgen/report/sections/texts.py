"""Texts: the last of each tag and run."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from reportgen.report.model import Block, Cell, Column, Prose, Table

_MAX_ROWS = 100
_LABELS = re.compile(r"(?:^|/)(?:labels|classes|class_names)$")


def blocks(texts: pd.DataFrame) -> list[Block]:
    """Return each run's last text of a tag, as a table if it has rows and columns.

    Args:
        texts: the texts frame.
    """
    shown: list[Block] = []
    last = texts.groupby(["run", "tag"], sort=False, observed=True).tail(1)
    for _, row in last.iterrows():
        tag = str(row["tag"]).removesuffix("/text_summary")
        if _LABELS.search(tag):
            continue  # shown as the names of a confusion matrix's classes
        name, text = f"{tag}, {row['run']}", row["text"]
        title = f"{name}, step {row['step']:,}"
        if text.ndim == 2 and text.size:  # rows and columns
            shown.append(replace(_table(title, text.tolist()), tag=tag, name=name))
        else:
            markdown = "\n\n".join(map(str, text.flat))
            shown.append(Prose(title, markdown, tag=tag, name=name))
    return shown


def _table(title: str, rows: list[list[object]]) -> Table:
    """Return texts that were logged as rows and columns; the first row holds the headings."""
    headings = tuple(Column(str(text)) for text in rows[0])
    shown = rows[1 : 1 + _MAX_ROWS]
    hidden = len(rows) - 1 - len(shown)
    note = f"{hidden:,} more rows are not shown." if hidden else ""
    cells = tuple(tuple(Cell(str(text)) for text in row) for row in shown)
    return Table(title, headings, cells, note, headed=True)
