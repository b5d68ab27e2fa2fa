"""Curve scores: what the curves of one tag come to in each run."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from reportgen import wording
from reportgen.figures.classification.calibration import CalibrationChart
from reportgen.figures.classification.precision_recall import PrChart, PrCurve
from reportgen.figures.classification.roc import RocChart
from reportgen.report.model import Cell, Column, Table
from reportgen.report.sections import class_scores

_FEWEST_RUNS = 2
_HEADINGS = ("step", "average precision", "highest F1", "at threshold", "area under ROC")


def tables(
    tag: str, precision: PrChart, rates: RocChart, reliability: CalibrationChart
) -> Iterator[Table]:
    """One row a run, the highest average precision first; none for one run: captions say all.

    Args:
        tag: of all three.
        precision: a curve of every run.
        rates: the same runs in the same order.
        reliability: of those that have scores from 0 to 1.
    """
    if len(precision.curves) < _FEWEST_RUNS:
        return
    errors = {one.run: one.error for one in reliability.curves}
    columns = [Column("run"), *(Column(name, numeric=True) for name in _HEADINGS)]
    columns += [Column("calibration error", numeric=True)] if errors else []
    pairs = list(zip(precision.curves, rates.curves, strict=True))
    pairs.sort(key=lambda pair: -pair[0].average_precision)
    bests = [
        max((one.average_precision for one in precision.curves), default=0.0),
        float(np.nanmax([0.0, *(one.area for one in rates.curves)])),
        min(errors.values(), default=0.0),
    ]
    rows = []
    for one, rate in pairs:
        known = _known(one)
        values = [known[0], rate.area, errors.get(one.run, float("nan"))]
        scores = [
            class_scores.score(value, best=value == best)
            for value, best in zip(values, bests, strict=True)
        ]
        cells = [
            Cell(one.run, color=one.style.color, run=one.run),
            Cell(f"{one.step:,}", one.step),
            scores[0],
        ]
        cells += [class_scores.score(known[1]), known[2], scores[1]]
        rows.append((*cells, *([scores[2]] if errors else [])))
    thresholds = max(len(one.thresholds) for one in rates.curves)
    note = "Each run's last step, the highest average precision first."
    if thresholds:
        note += f" Exact at the thresholds that were logged, at most {max(0, thresholds - 2):,}."
    yield Table(
        f"{tag}, {wording.count(len(rows), 'run')}",
        tuple(columns),
        tuple(rows),
        note,
        headed=True,
        tag=tag,
    )


def _known(one: PrCurve) -> tuple[float, float, Cell]:
    """Average precision, the highest F1 and its threshold; undefined where nothing was found."""
    if one.best < 0:
        return float("nan"), float("nan"), class_scores.score(float("nan"))
    threshold = float(one.thresholds[one.best])
    told = class_scores.score(threshold)
    if not 0 <= threshold <= 1:
        told = Cell(wording.number(threshold, 3), threshold)
    return one.average_precision, float(one.f1[one.best]), told
