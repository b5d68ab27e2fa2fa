"""Classification: confusion matrices, precision and recall, true and false positives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.classification import calibration, curve_steps, precision_recall, roc
from reportgen.frames.experiment import Experiment
from reportgen.report.blocks import Block, FigureBlock
from reportgen.report.sections import confusions, curve_scores


def blocks(
    experiment: Experiment, by_run: Mapping[str, RunStyle], baseline: str = ""
) -> list[Block]:
    """Return the confusion matrices of each tag and run, then the curves of each tag.

    Args:
        experiment: what was read.
        by_run: the style of each run.
        baseline: the run group whose last matrix others are compared with; "" to compare each
            run with its own first step.
    """
    content = confusions.blocks(experiment.confusions, experiment.runs, by_run, baseline)
    for name, rows in experiment.curves.groupby("tag", sort=True, observed=True):
        content += _curves(str(name), rows, by_run)
    return content


def _curves(tag: str, rows: pd.DataFrame, by_run: Mapping[str, RunStyle]) -> Iterator[Block]:
    """Yield the scores of a tag's last curves, the curves, and how they changed over steps."""
    precision = precision_recall.prepare(tag, rows, by_run)
    rates = roc.prepare(f"{tag}, ROC", rows, by_run)
    reliability = calibration.prepare(f"{tag}, calibration", rows, by_run)
    yield from curve_scores.tables(tag, precision, rates, reliability)
    yield FigureBlock("", precision, tag=tag)
    yield FigureBlock("", rates, tag=tag)
    for over_steps in (
        curve_steps.prepare(f"{tag}, over steps", rows, by_run, "pr_steps"),
        curve_steps.prepare(f"{tag}, ROC over steps", rows, by_run, "roc_steps"),
    ):
        if over_steps.panels:
            yield FigureBlock("", over_steps, tag=tag)
    if reliability.curves:
        yield FigureBlock("", reliability, tag=tag)
