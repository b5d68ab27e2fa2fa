"""Classification: confusion matrices, precision and recall, true and false positives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.analysis import matrices
from reportgen.figures import calibration, confusion, confusion_change, confusion_steps, roc, roc_pr
from reportgen.figures.style import RunStyle
from reportgen.figures.top_confusions import MOST_CLASSES
from reportgen.figures.top_confusions import prepare as top_confusions
from reportgen.frames.experiment import Experiment
from reportgen.report.model import Block, Cell, Column, FigureBlock, Table

_FEWEST_STEPS = 3  # for small matrices beside one another


def blocks(experiment: Experiment, by_run: Mapping[str, RunStyle]) -> list[Block]:
    """Each run's last confusion matrix of a tag and its change, and the curves of each tag.

    Args:
        experiment: what was read.
        by_run: the style of each run.
    """
    found: list[Block] = []
    groups = experiment.confusions.groupby(["run", "tag"], sort=False, observed=True)
    for (run, tag), rows in groups:
        found += _matrix(str(tag), str(run), rows)
    for name, rows in experiment.curves.groupby("tag", sort=True, observed=True):
        tag = str(name)
        found.append(FigureBlock("", roc_pr.prepare(tag, rows, by_run)))
        found.append(FigureBlock("", roc.prepare(f"{tag}, ROC", rows, by_run)))
        reliability = calibration.prepare(f"{tag}, calibration", rows, by_run)
        if reliability.curves:
            found.append(FigureBlock("", reliability))
    return found


def _matrix(tag: str, run: str, rows: pd.DataFrame) -> Iterator[Block]:
    """The last matrix, its classes' scores, what changed since the first, and some between."""
    name = f"{tag}, {run}"
    first, last = rows.iloc[0], rows.iloc[-1]
    matrix, labels = np.asarray(last["matrix"], float), tuple(last["labels"])
    title = f"{name}, step {last['step']:,}"
    if len(labels) > MOST_CLASSES:
        yield FigureBlock("", top_confusions(title, matrix, labels), runs=(run,))
        return
    yield FigureBlock("", confusion.prepare(title, matrix, labels), runs=(run,))
    if len(rows) > 1 and first["step"] != last["step"] and len(first["matrix"]) == len(matrix):
        told = f"step {first['step']:,}"
        before = np.asarray(first["matrix"], float)
        change = confusion_change.prepare(f"{name}, change", before, matrix, labels, told)
        yield FigureBlock("", change, runs=(run,))
    if len(rows) >= _FEWEST_STEPS:
        yield FigureBlock("", confusion_steps.prepare(f"{name}, over steps", rows), runs=(run,))
    yield _scores(f"{title}: classes", matrix, labels)


def _scores(title: str, matrix: matrices.Floats, labels: tuple[str, ...]) -> Table:
    """Precision, recall, F1 and support of each class."""
    table = matrices.scores(matrices.cleaned(matrix))
    columns = (Column("class"), *(Column(name, numeric=True) for name in table.columns))
    rows = tuple(
        (Cell(label), *(_cell(value) for value in values))
        for label, values in zip(labels, table.to_numpy(), strict=True)
    )
    return Table(title, columns, rows)


def _cell(value: float) -> Cell:
    return Cell(wording.number(value, 3), value) if np.isfinite(value) else Cell("")
