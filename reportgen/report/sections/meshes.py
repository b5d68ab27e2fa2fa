"""Meshes: the last points or faces of each tag and run."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reportgen import wording
from reportgen.figures import mesh
from reportgen.figures.style import RunStyle
from reportgen.report.model import Block, FigureBlock, Notice


def blocks(meshes: pd.DataFrame, by_run: Mapping[str, RunStyle]) -> list[Block]:
    """A figure for each tag and run, of the last that was logged.

    Args:
        meshes: the meshes frame.
        by_run: the style of each run.
    """
    found: list[Block] = []
    for (tag, run), rows in meshes.groupby(["tag", "run"], sort=True, observed=True):
        row = rows.iloc[-1]
        if row["vertices"] is None:
            continue
        title = f"{tag!s}, {run!s}, step {row['step']:,}"
        chart = mesh.prepare(title, row["vertices"], by_run[str(run)], row["faces"], row["colors"])
        found.append(FigureBlock("", chart, runs=(str(run),)))
    hidden = len(meshes) - len(found)
    if hidden:
        told = wording.count(hidden, "mesh", "meshes")
        found.append(Notice(f"{told} of {len(meshes):,} logged not drawn; each tag's last is."))
    return found
