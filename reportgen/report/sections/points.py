"""Points: the last mesh or cloud of each tag and run, and the embeddings of the projector."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from numpy.typing import NDArray

from reportgen import wording
from reportgen.choices import EmbeddingMethod
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.media import embedding, mesh
from reportgen.report.model import Block, FigureBlock, Notice

_MOST = 12  # figures a section
_FEWEST_ALIKE = 2  # rows that share a name, on average, where a column is one of classes


def meshes(rows: pd.DataFrame, by_run: Mapping[str, RunStyle]) -> list[Block]:
    """The last of each tag, run and place in its batch.

    Args:
        rows: the meshes frame.
        by_run: the style of each run.
    """
    keys = ["tag", "run", "index"]
    last = rows.drop_duplicates(keys, keep="last").sort_values(keys, kind="stable")
    found = [_mesh(row, by_run[str(row["run"])]) for row in last.head(_MOST).to_dict("records")]
    return _counted(found, len(rows), "mesh", "meshes")


def embeddings(
    rows: pd.DataFrame, by_run: Mapping[str, RunStyle], method: EmbeddingMethod
) -> list[Block]:
    """The last of each tag and run.

    Args:
        rows: the embeddings frame.
        by_run: the style of each run.
        method: see `reportgen.figures.media.embedding`.

    Raises:
        DependencyError: the method's package is not installed.
    """
    ordered = rows.sort_values("step", kind="stable")
    last = ordered.drop_duplicates(["tag", "run"], keep="last").sort_values(["tag", "run"])
    known = [row for row in last.to_dict("records") if row["points"].size]
    found = [_embedding(row, by_run[str(row["run"])], method) for row in known[:_MOST]]
    pictured = sum(row.get("sprite") is not None for row in known[:_MOST])
    if pictured:
        told = f"{wording.count(pictured, 'embedding')} with a picture of every point (a sprite)"
        found.append(Notice(f"{told}: drawn are the points alone."))
    return _counted(found, len(rows), "embedding", "embeddings")


def _mesh(row: Mapping[Any, Any], style: RunStyle) -> Block:
    place = f", number {row['index'] + 1}" if row["index"] else ""
    title = f"{row['tag']}{place}, {row['run']}, step {row['step']:,}"
    chart = mesh.prepare(title, row["vertices"], style, row["faces"], row["colors"])
    return FigureBlock("", chart, runs=(str(row["run"]),))


def _embedding(row: Mapping[Any, Any], style: RunStyle, method: EmbeddingMethod) -> Block:
    title = f"{row['tag'] or 'embedding'}, {row['run']}, step {row['step']:,}"
    labels = _labels(row["metadata"], len(row["points"]))
    chart = embedding.prepare(title, row["points"], style, labels, method)
    return FigureBlock("", chart, runs=(str(row["run"]),))


def _labels(metadata: NDArray[Any], points: int) -> list[str]:
    """The column that tells classes; the first where none does; none where it does not fit."""
    if len(metadata) != points or not metadata.size:
        return []
    columns = [[str(cell) for cell in column] for column in metadata.T]
    alike = (one for one in columns if 1 < len(set(one)) <= points / _FEWEST_ALIKE)
    return next(alike, columns[0])


def _counted(found: list[Block], logged: int, noun: str, plural: str) -> list[Block]:
    hidden = logged - sum(isinstance(block, FigureBlock) for block in found)
    if hidden:
        told = wording.count(hidden, noun, plural)
        reason = f"shown is the last of a tag and run, of at most {_MOST}"
        found.append(Notice(f"{told} of {logged:,} logged not shown; {reason}."))
    return found
