"""Texts: the last of each tag and run."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reportgen import wording
from reportgen.report.model import Block, Cell, Column, Prose, Table

_MOST_ROWS = 200
_LABELS = re.compile(r"(?:^|/)(?:labels|classes|class_names)$")


def blocks(texts: pd.DataFrame) -> list[Block]:
    """Each run's last text of a tag.

    Args:
        texts: the texts frame.
    """
    found: list[Block] = []
    last = texts.groupby(["run", "tag"], sort=False, observed=True).tail(1)
    for _, row in last.iterrows():
        tag = str(row["tag"]).removesuffix("/text_summary")
        if _LABELS.search(tag):
            continue  # shown as the names of a confusion matrix's classes
        if row["text"].ndim == 2:
            found.append(_table(f"{tag}, {row['run']}, step {row['step']:,}", row["text"]))
            continue
        text = "\n\n".join(str(part) for part in row["text"].flat)
        found.append(Prose(f"{tag}, {row['run']}, step {row['step']:,}", text))
    return found


def _table(title: str, text: NDArray[np.object_]) -> Table:
    """A text of rank 2 as the table that it is: its first row names the columns."""
    head, *rows = text.astype(str).tolist()
    shown = rows[:_MOST_ROWS]
    left = len(rows) - len(shown)
    note = f"{wording.count(left, 'more row')} not shown." if left else ""
    cells = tuple(tuple(Cell(cell) for cell in row) for row in shown)
    return Table(title, tuple(Column(name) for name in head), cells, note)
