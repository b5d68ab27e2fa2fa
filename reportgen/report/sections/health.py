"""Data health: what is wrong with the logs, and what of them is not drawn."""

from __future__ import annotations

from reportgen import wording
from reportgen.frames.experiment import Experiment
from reportgen.report.blocks import Block, Notice
from reportgen.report.health_groups import HealthGroup, health_groups
from reportgen.report.role import Role
from reportgen.report.table import Cell, Column, Table
from reportgen.series.history import totals

_MAX_DETAILS = 3


def blocks(experiment: Experiment) -> list[Block]:
    """Return values that are not finite, findings by kind, and tensors that are not drawn.

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
        rows = tuple(_row(group) for group in health_groups(experiment.health))
        columns = [Column(name, name == "records") for name in ("finding", "where", "records")]
        content.append(Table("Damaged or not understood", (*columns, Column("details")), rows))
    if len(experiment.tensors):
        tags = wording.listing(sorted(set(experiment.tensors["tag"].astype(str))))
        tensors = wording.count(len(experiment.tensors), "tensor")
        content.append(Notice(f"{tensors} read, not drawn: {tags}.", Role.HEALTH))
    return content


def _row(group: HealthGroup) -> tuple[Cell, ...]:
    details = group.details[:_MAX_DETAILS]
    left = len(group.details) - len(details)
    rest = [f"{left:,} more"] if left else []
    return (
        Cell(group.sentence),
        Cell(group.where),
        Cell(f"{group.records:,}", float(group.records)),
        Cell("; ".join([*details, *rest])),
    )
