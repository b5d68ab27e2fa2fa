"""Curve scores: the numbers of a classifier's curves of one tag, a row a run."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from reportgen import wording
from reportgen.figures.classification.calibration import CalibrationChart
from reportgen.figures.classification.precision_recall import PrChart, PrCurve
from reportgen.figures.classification.roc import RocChart
from reportgen.report.sections import class_scores
from reportgen.report.table import Cell, Column, Table

_MIN_RUNS = 2
_HEADINGS = ("step", "average precision", "highest F1", "at threshold", "area under ROC")


def tables(
    tag: str, precision: PrChart, rates: RocChart, reliability: CalibrationChart
) -> Iterator[Table]:
    """Yield a table, the highest average precision first; nothing for one run.

    The captions of the figures say the same of a single run.

    Args:
        tag: of all three charts.
        precision: a curve of every run.
        rates: the same runs in the same order.
        reliability: of those that have scores from 0 to 1.
    """
    if len(precision.curves) < _MIN_RUNS:
        return
    errors = {curve.run: curve.error for curve in reliability.curves}
    columns = [Column("run"), *(Column(name, numeric=True) for name in _HEADINGS)]
    columns += [Column("calibration error", numeric=True)] if errors else []
    pairs = list(zip(precision.curves, rates.curves, strict=True))
    pairs.sort(key=lambda pair: -pair[0].average_precision)
    best_values = [
        max((curve.average_precision for curve in precision.curves), default=0.0),
        float(np.nanmax([0.0, *(curve.area for curve in rates.curves)])),
        min(errors.values(), default=0.0),
    ]
    rows = []
    for curve, rate in pairs:
        average_precision, highest_f1, threshold = _scores(curve)
        values = [average_precision, rate.area, errors.get(curve.run, float("nan"))]
        precision_cell, area_cell, error_cell = (
            class_scores.score(value, best=value == best)
            for value, best in zip(values, best_values, strict=True)
        )
        cells = (
            Cell(curve.run, color=curve.style.color, run=curve.run),
            Cell(f"{curve.step:,}", curve.step),
            precision_cell,
            class_scores.score(highest_f1),
            threshold,
            area_cell,
        )
        rows.append((*cells, error_cell) if errors else cells)
    thresholds = max(len(curve.thresholds) for curve in rates.curves)
    note = "Each run's last step, the highest average precision first."
    if thresholds:
        note += f" Exact at the thresholds that were logged, at most {max(0, thresholds - 2):,}."
    title = f"{tag}, {wording.count(len(rows), 'run')}"
    yield Table(title, tuple(columns), tuple(rows), note, headed=True, tag=tag)


def _scores(curve: PrCurve) -> tuple[float, float, Cell]:
    """Return average precision, the highest F1 and its threshold; undefined without examples."""
    if curve.best < 0:
        return float("nan"), float("nan"), class_scores.score(float("nan"))
    threshold = float(curve.thresholds[curve.best])
    cell = class_scores.score(threshold)
    if not 0 <= threshold <= 1:
        cell = Cell(wording.number(threshold, 3), threshold)
    return curve.average_precision, float(curve.f1[curve.best]), cell
