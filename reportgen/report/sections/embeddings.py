"""Embeddings: the points of the projector in a plane."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reportgen.figures import embedding
from reportgen.figures.style import RunStyle
from reportgen.report.model import Block, FigureBlock

_FEW = 12  # different labels, which a figure can tell apart


def blocks(embeddings: pd.DataFrame, by_run: Mapping[str, RunStyle]) -> list[Block]:
    """A figure for each set of points.

    Args:
        embeddings: the embeddings frame.
        by_run: the style of each run.
    """
    return [
        FigureBlock("", _chart(row, by_run[str(row["run"])]), runs=(str(row["run"]),))
        for _, row in embeddings.iterrows()
        if row["points"] is not None and len(row["points"])
    ]


def _chart(row: pd.Series, style: RunStyle) -> embedding.EmbeddingChart:
    title = ", ".join(filter(None, [str(row["tag"]), str(row["run"])]))
    return embedding.prepare(title, row["points"], style, _labels(row))


def _labels(row: pd.Series) -> list[str]:
    """The first column of the metadata that tells few classes apart, else the first; or none."""
    table = row["metadata"]
    if table is None or len(table) != len(row["points"]) or not table.size:
        return []
    columns = [[str(cell) for cell in column] for column in table.reshape(len(table), -1).T]
    return next((column for column in columns if 1 < len(set(column)) <= _FEW), columns[0])
