"""Points: the last mesh or cloud of each tag and run, and the embeddings of the projector."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reportgen import wording
from reportgen.arrays import AnyArray
from reportgen.choices import EmbeddingMethod
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.media import embedding, mesh
from reportgen.report.blocks import Block, FigureBlock, Notice

_MAX_FIGURES = 12  # a section
_MIN_ROWS = 2  # that share a name, on average, if a column is one of classes


def meshes(rows: pd.DataFrame, by_run: Mapping[str, RunStyle]) -> list[Block]:
    """Return the last mesh of each tag, run and place in its batch.

    Args:
        rows: the meshes frame.
        by_run: the style of each run.
    """
    keys = ["tag", "run", "index"]
    last = rows.drop_duplicates(keys, keep="last").sort_values(keys, kind="stable")
    shown = last.head(_MAX_FIGURES).to_dict("records")
    figures = [_mesh(row, by_run[str(row["run"])]) for row in shown]
    return _with_count(figures, len(rows), "mesh", "meshes")


def embeddings(
    rows: pd.DataFrame, by_run: Mapping[str, RunStyle], method: EmbeddingMethod
) -> list[Block]:
    """Return the last embedding of each tag and run.

    Args:
        rows: the embeddings frame.
        by_run: the style of each run.
        method: see `reportgen.figures.media.embedding`.

    Raises:
        DependencyError: the method's package is not installed.
    """
    ordered = rows.sort_values("step", kind="stable")
    last = ordered.drop_duplicates(["tag", "run"], keep="last").sort_values(["tag", "run"])
    shown = [row for row in last.to_dict("records") if row["points"].size][:_MAX_FIGURES]
    content = [_embedding(row, by_run[str(row["run"])], method) for row in shown]
    with_sprite = sum(row.get("sprite") is not None for row in shown)
    if with_sprite:
        count = wording.count(with_sprite, "embedding")
        text = f"{count} with a picture of every point (a sprite): only the points are drawn."
        content.append(Notice(text))
    return _with_count(content, len(rows), "embedding", "embeddings")


def _mesh(row: Mapping[Any, Any], style: RunStyle) -> Block:
    place = f", number {row['index'] + 1}" if row["index"] else ""
    name = f"{row['tag']}{place}, {row['run']}"
    title = f"{name}, step {row['step']:,}"
    chart = mesh.prepare(title, row["vertices"], style, row["faces"], row["colors"])
    return FigureBlock("", chart, runs=(str(row["run"]),), tag=str(row["tag"]), name=name)


def _embedding(row: Mapping[Any, Any], style: RunStyle, method: EmbeddingMethod) -> Block:
    name = f"{row['tag'] or 'embedding'}, {row['run']}"
    title = f"{name}, step {row['step']:,}"
    labels = _labels(row["metadata"], len(row["points"]))
    chart = embedding.prepare(title, row["points"], style, labels, method)
    return FigureBlock("", chart, runs=(str(row["run"]),), tag=str(row["tag"]), name=name)


def _labels(metadata: AnyArray, points: int) -> list[str]:
    """Return the column of class names, or the first; nothing if rows and points do not match."""
    if len(metadata) != points or not metadata.size:
        return []
    columns = [[str(cell) for cell in column] for column in metadata.T]
    classes = (column for column in columns if 1 < len(set(column)) <= points / _MIN_ROWS)
    return next(classes, columns[0])


def _with_count(content: list[Block], logged: int, noun: str, plural: str) -> list[Block]:
    """Return the blocks, and a sentence on how many of those logged are not shown."""
    hidden = logged - sum(isinstance(block, FigureBlock) for block in content)
    if not hidden:
        return content
    count = wording.count(hidden, noun, plural)
    reason = f"shown is the last of a tag and run, of at most {_MAX_FIGURES}"
    return [*content, Notice(f"{count} of {logged:,} logged are not shown; {reason}.")]
