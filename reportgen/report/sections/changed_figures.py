"""Figures of what differs between two runs or groups: curves, and confusion matrices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from reportgen.analysis import matrices
from reportgen.analysis.comparison.confusion_difference import placed
from reportgen.analysis.groups.aggregation import Centre
from reportgen.analysis.groups.seed_groups import SeedGroup
from reportgen.analysis.summary import Summary
from reportgen.analysis.verdicts.run_values import RunValues, Series
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.style import INK, RunStyle
from reportgen.figures.classification import confusion_change
from reportgen.figures.classification.top_confusions import MOST_CLASSES
from reportgen.figures.groups import difference_curve, group_curves
from reportgen.frames.experiment import Experiment
from reportgen.report.blocks import Block, FigureBlock

_MAX_METRICS = 3
Sides = tuple[Sequence[RunValues], Sequence[RunValues]]


def curves(
    sides: Sides,
    names: tuple[str, str],
    ranking: Summary,
    styles: Mapping[str, RunStyle],
    centre: Centre,
) -> Iterator[Block]:
    """Yield of each key metric that both sides logged their curves, and beside them the difference.

    Args:
        sides: the runs of each, none of which is on both.
        names: of the sides.
        ranking: of the runs, whose metrics are compared.
        styles: by run group of the logs; other runs are drawn in ink.
        centre: what the strong line of a group is.
    """
    for key in ranking.metrics[:_MAX_METRICS]:
        logged = tuple(
            [(run, series) for run in side if (series := run.find(key.tag)) and _is_whole(series)]
            for side in sides
        )
        if not all(logged):
            continue
        lines = [[(series.steps, series.logged) for _, series in side] for side in logged]
        runs = [
            [run.name if not run.source else f"{run.name} ({run.source})" for run, _ in side]
            for side in logged
        ]
        rows = pd.concat(
            pd.DataFrame({"group": name, "step": steps, "value": values})
            for side, members in zip(lines, runs, strict=True)
            for name, (steps, values) in zip(members, side, strict=True)
        )
        rows = rows.assign(run=rows["group"], tag=key.tag, direction=key.direction)
        groups = [
            SeedGroup(name, tuple(members)) for name, members in zip(names, runs, strict=True)
        ]
        ink = RunStyle(INK, "-")
        by_run = {name: styles.get(name, ink) for members in runs for name in members}
        both = group_curves.prepare(
            f"{key.metric} of both", rows, groups, by_run, centre, wide=False
        )
        yield FigureBlock("", both, tag=key.metric)
        less = difference_curve.prepare(
            f"{key.metric}, difference", key.tag, key.direction, names, (lines[0], lines[1])
        )
        yield FigureBlock("", less, tag=key.metric)


def _is_whole(series: Series) -> bool:
    """Return whether a series has all its points, and not only those that a summary keeps."""
    return not series.stored and bool(np.isfinite(series.logged).any())


def confusions(experiment: Experiment, sides: Sides, names: tuple[str, str]) -> Iterator[Block]:
    """Yield the difference of the last matrices of each tag, those of a side's runs summed.

    Args:
        experiment: what was read.
        sides: the runs of each.
        names: of the sides.
    """
    group_of = dict(
        zip(experiment.runs["run"].astype(str), experiment.runs["group"].astype(str), strict=True)
    )
    members = [{run.name for run in side if not run.source} for side in sides]
    for tag, rows in experiment.confusions.groupby("tag", sort=False, observed=True):
        groups = [group_of[str(run)] for run in rows["run"]]
        summed = [_summed(rows[[name in side for name in groups]]) for side in members]
        sums = [side for side in summed if side is not None]
        if len(sums) < len(summed):
            continue
        (now, labels), (before, other_labels) = sums
        matrix = matrices.aligned(before, other_labels, labels)
        if matrix is None or len(labels) > MOST_CLASSES:
            continue
        chart = confusion_change.prepare(
            f"{tag}, {names[0]} less {names[1]}", matrix, now, labels, names[1]
        )
        yield FigureBlock("", chart, tag=str(tag))


def _summed(rows: pd.DataFrame) -> tuple[FloatArray, tuple[str, ...]] | None:
    """Return the sum of the last matrix of each run and its labels; None without any."""
    total: FloatArray | None = None
    labels: tuple[str, ...] = ()
    for _, of_run in rows.groupby("run", sort=False, observed=True):
        last = of_run.iloc[-1]
        matrix = matrices.cleaned(np.asarray(last["matrix"], float))
        names = matrices.named(last["labels"], len(matrix))
        if total is None:
            total, labels = matrix, names
            continue
        wanted = tuple(dict.fromkeys((*labels, *names)))
        total = placed(total, labels, wanted) + placed(matrix, names, wanted)
        labels = wanted
    return None if total is None else (total, labels)
