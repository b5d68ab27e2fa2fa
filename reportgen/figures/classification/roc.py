"""ROC: true against false positive rate, one tag in all runs, each at its last step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.classification import best_worst, precision_recall
from reportgen.figures.classification.unit_square import (
    RunCurve,
    UnitSquareChart,
    last_of_runs,
    place_of,
)


@dataclass(frozen=True, slots=True)
class RocCurve(RunCurve):
    """One run's curve from (0, 0) to (1, 1), exact at the logged thresholds.

    Attributes:
        false, true: positive rates FP / (FP + TN) and TP / (TP + FN), (t,), ascending; empty
            where one of the two classes has no count.
        thresholds: (t,); infinite and minus infinite at the ends that were added.
        best: the operating point, the same as on the curve of precision and recall: that of the
            highest F1; -1 where there is none.
    """

    false: FloatArray
    true: FloatArray
    thresholds: FloatArray
    best: int = -1

    @property
    def area(self) -> float:
        """Area under the curve, by trapezoids; NaN without a curve."""
        if not len(self.false):
            return float("nan")
        return float((np.diff(self.false) * (self.true[1:] + self.true[:-1]) / 2).sum())

    def points(self) -> tuple[FloatArray, FloatArray]:
        """Return the rates."""
        return self.false, self.true

    def cells(self) -> tuple[FloatArray, ...]:
        """Return threshold and both rates."""
        return self.thresholds, self.false, self.true

    def dot(self) -> tuple[float, float] | None:
        """Return the place of the operating point; None where there is none."""
        return place_of(self.best, self.false, self.true)


@dataclass(frozen=True, slots=True)
class RocChart(UnitSquareChart[RocCurve]):
    """A tag's curves in all runs."""

    kind: ClassVar[str] = "roc_curve"
    heading: ClassVar[str] = "True against false positive rate"
    x_name: ClassVar[str] = "false positive rate"
    y_name: ClassVar[str] = "true positive rate"
    columns: ClassVar[tuple[str, ...]] = ("threshold", "false positive rate", "true positive rate")
    nothing: ClassVar[str] = "one of the two classes has no examples"

    def caption(self) -> str:
        """Return the area under the curve of each run, and its step."""
        drawn = self.drawn()
        if not drawn:
            return "One of the two classes has no examples, so there are no rates."
        scores = [_score(curve, alone=len(drawn) == 1) for curve in drawn]
        areas = best_worst.listed("Area under the curve", scores)
        return (
            f"Higher is better; grey is chance. {areas} "
            "Dots mark the threshold of each run's highest F1."
        )

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large."""
        return 120


def prepare(title: str, curves: pd.DataFrame, styles: Mapping[str, RunStyle]) -> RocChart:
    """Return a chart of one tag.

    Args:
        title: its heading.
        curves: rows of the curves frame of one tag.
        styles: by run name.
    """
    rows = last_of_runs(curves)
    return RocChart(title, tuple(curve(row, styles[str(row["run"])]) for row in rows))


def curve(row: pd.Series, style: RunStyle) -> RocCurve:
    """Return one run's curve at one step.

    Args:
        row: of the curves frame.
        style: of the run.
    """
    tp, fp, tn, fn = (np.asarray(row[name], float)[::-1] for name in ("tp", "fp", "tn", "fn"))
    thresholds = np.asarray(row["thresholds"], float)[::-1]
    positive, negative = tp + fn, fp + tn
    both = (positive > 0) & (negative > 0)
    false, true = fp[both] / negative[both], tp[both] / positive[both]
    best = -1
    if len(false):
        false, true = (np.concatenate([[0.0], rate, [1.0]]) for rate in (false, true))
        thresholds = np.concatenate([[np.inf], thresholds[both], [-np.inf]])
        operating = precision_recall.curve(row, style)
        if operating.best >= 0:
            same = np.flatnonzero(thresholds == operating.thresholds[operating.best])
            best = int(same[0]) if len(same) else -1
    else:
        thresholds = thresholds[:0]
    return RocCurve(str(row["run"]), style, int(row["step"]), false, true, thresholds, best)


def _score(curve: RocCurve, *, alone: bool) -> best_worst.RunScore:
    """Return a run's area, with its operating point if it is the only run (else in a table)."""
    detail = ""
    if alone and curve.best >= 0:
        threshold = wording.number(float(curve.thresholds[curve.best]), 3)
        rates = f"{curve.true[curve.best]:.3f} against {curve.false[curve.best]:.3f}"
        detail = f"{rates} at threshold {threshold}"
    return best_worst.RunScore(curve.run, curve.area, curve.step, detail)
