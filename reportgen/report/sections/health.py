"""Data health: what is wrong with the logs, and what of them is not drawn."""

from __future__ import annotations

from pathlib import Path

from reportgen import wording
from reportgen.frames.experiment import Experiment
from reportgen.frames.health import KINDS
from reportgen.report.model import Block, Cell, Column, Notice, Role, Table
from reportgen.series.history import totals

_MAX_ROWS = 100


def blocks(experiment: Experiment) -> list[Block]:
    """Return values that are not finite, damaged files, and tensors that are not drawn.

    Args:
        experiment: what was read.
    """
    content: list[Block] = []
    points, not_finite = totals(experiment.plain_scalars())
    if not_finite:
        scalars = wording.count(not_finite, "scalar")
        are = "is" if not_finite == 1 else "are"
        content.append(Notice(f"{scalars} of {points:,} {are} NaN or infinite.", Role.HEALTH))
    if len(experiment.health):
        content.append(_table(experiment))
    if len(experiment.tensors):
        tags = wording.listing(sorted(set(experiment.tensors["tag"].astype(str))))
        tensors = wording.count(len(experiment.tensors), "tensor")
        content.append(Notice(f"{tensors} read, not drawn: {tags}.", Role.HEALTH))
    return content


def _table(experiment: Experiment) -> Table:
    """Return the frame of health as a table."""
    shown = experiment.health.head(_MAX_ROWS)
    rows = tuple(
        (
            Cell(str(row["run"]), run=str(row["run"])),
            Cell(Path(str(row["file"])).name),
            Cell(KINDS.get(str(row["kind"]), "") and str(row["kind"])),
            Cell(f"{row['records']:,}", float(row["records"])),
            Cell(str(row["detail"])),
        )
        for _, row in shown.iterrows()
    )
    headings = ("run", "file", "what", "records", "meaning")
    columns = tuple(Column(heading, numeric=heading == "records") for heading in headings)
    hidden = len(experiment.health) - len(shown)
    note = f"{hidden:,} more rows are in experiment.health." if hidden else ""
    return Table("Damaged or not understood", columns, rows, note)
