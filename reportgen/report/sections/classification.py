"""Classification: confusion matrices, precision and recall."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.figures import confusion, roc_pr
from reportgen.figures.style import RunStyle
from reportgen.frames.experiment import Experiment
from reportgen.report.model import Block, FigureBlock


def blocks(experiment: Experiment, by_run: Mapping[str, RunStyle]) -> list[Block]:
    """Each run's last confusion matrix of a tag, and the curves of each tag.

    Args:
        experiment: what was read.
        by_run: the style of each run.
    """
    found: list[Block] = []
    last = experiment.confusions.groupby(["run", "tag"], sort=False, observed=True).tail(1)
    for _, row in last.iterrows():
        title = f"{row['tag']}, {row['run']}, step {row['step']:,}"
        chart = confusion.prepare(title, row["matrix"], row["labels"])
        found.append(FigureBlock("", chart, runs=(str(row["run"]),)))
    charts = experiment.curves.groupby("tag", sort=True, observed=True)
    for tag, rows in charts:
        found.append(FigureBlock("", roc_pr.prepare(str(tag), rows, by_run)))
    return found
