"""Data health: what was wrong, what is not shown."""

from __future__ import annotations

from pathlib import Path

from reportgen import wording
from reportgen.frames.experiment import Experiment
from reportgen.frames.health import KINDS
from reportgen.report.model import Block, Cell, Column, Notice, Role, Table
from reportgen.series.history import totals

_MOST_HEALTH = 100  # rows


def blocks(experiment: Experiment) -> list[Block]:
    """Values that are not finite, damaged files, and kinds that are read and not drawn.

    Args:
        experiment: what was read.
    """
    found: list[Block] = []
    points, bad = totals(experiment.plain_scalars())
    if bad:
        found.append(
            Notice(
                f"{wording.count(bad, 'scalar')} of {points:,} are NaN or infinite.", Role.HEALTH
            )
        )
    if len(experiment.health):
        shown = experiment.health.head(_MOST_HEALTH)
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
        columns = ("run", "file", "what", "records", "meaning")
        left = len(experiment.health) - len(shown)
        note = f"{left:,} more rows are in experiment.health." if left else ""
        headed = tuple(Column(name, name == "records") for name in columns)
        found.append(Table("Damaged or not understood", headed, rows, note))
    if len(experiment.tensors):
        tags = wording.listing(sorted(set(experiment.tensors["tag"].astype(str))))
        told = wording.count(len(experiment.tensors), "tensor")
        found.append(Notice(f"{told} read, not drawn: {tags}.", Role.HEALTH))
    return found
