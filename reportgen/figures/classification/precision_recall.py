"""Precision against recall: one tag in all runs, each at its last step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from reportgen import wording
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.style import GREY, HAIRLINE, RunStyle
from reportgen.figures.classification import best_worst
from reportgen.figures.classification.unit_square import (
    RunCurve,
    UnitSquareChart,
    last_of_runs,
    place_of,
)

_ISO_F1 = (0.2, 0.4, 0.6, 0.8)


@dataclass(frozen=True, slots=True)
class PrCurve(RunCurve):
    """One run's curve, recall ascending.

    Thresholds at which nothing is predicted are left out, as are those below the highest with a
    recall of 1: they only add false positives.
    """

    recall: FloatArray
    precision: FloatArray
    thresholds: FloatArray

    @property
    def average_precision(self) -> float:
        """Sum of precision times the increase of recall: scikit-learn's definition of AP."""
        return float((np.diff(self.recall, prepend=0) * self.precision).sum())

    @property
    def f1(self) -> FloatArray:
        """2PR / (P + R) of each point."""
        total = self.precision + self.recall
        twice = 2 * self.precision * self.recall
        f1: FloatArray = np.divide(twice, total, out=0 * total, where=total > 0)
        return f1

    @property
    def best(self) -> int:
        """Index of the operating point, which has the highest F1; -1 where there is none."""
        return int(self.f1.argmax()) if len(self.recall) else -1

    def points(self) -> tuple[FloatArray, FloatArray]:
        """Return recall and precision as drawn: from recall 0 at the first precision on."""
        if not len(self.recall):
            return np.zeros(1), np.zeros(1)
        return np.append(0.0, self.recall), np.append(self.precision[:1], self.precision)

    def cells(self) -> tuple[FloatArray, ...]:
        """Return threshold, precision and recall."""
        return self.thresholds, self.precision, self.recall

    def dot(self) -> tuple[float, float] | None:
        """Return the place of the operating point; None where there is none."""
        return place_of(self.best, self.recall, self.precision)


@dataclass(frozen=True, slots=True)
class PrChart(UnitSquareChart[PrCurve]):
    """A tag's curves in all runs."""

    kind: ClassVar[str] = "pr_curve"
    heading: ClassVar[str] = "Precision against recall"
    x_name: ClassVar[str] = "recall"
    y_name: ClassVar[str] = "precision"
    x_end: ClassVar[float] = 1.06
    drawstyle: ClassVar[str] = "steps-pre"
    columns: ClassVar[tuple[str, ...]] = ("threshold", "precision", "recall")
    nothing: ClassVar[str] = "nothing was predicted at any threshold"

    def caption(self) -> str:
        """Return the average precision of each run, its step, and the threshold of its best F1."""
        if not self.drawn():
            return "Nothing was predicted at any threshold."
        scores = [_score(curve) for curve in self.curves if curve.best >= 0]
        return (
            f"Higher is better. {best_worst.listed('Average precision', scores)} "
            "Dots mark each run's highest F1, grey lines are of equal F1."
        )

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large."""
        return 110

    def draw_ground(self, axes: Axes) -> None:
        """Draw lines of equal F1."""
        for f1 in _ISO_F1:
            _iso_f1(axes, f1)


def prepare(title: str, curves: pd.DataFrame, styles: Mapping[str, RunStyle]) -> PrChart:
    """Return a chart of one tag.

    Args:
        title: its heading.
        curves: rows of the curves frame of one tag.
        styles: by run name.
    """
    rows = last_of_runs(curves)
    return PrChart(title, tuple(curve(row, styles[str(row["run"])]) for row in rows))


def curve(row: pd.Series, style: RunStyle) -> PrCurve:
    """Return one run's curve at one step.

    Args:
        row: of the curves frame.
        style: of the run.
    """
    recall, precision = (np.asarray(row[name], float) for name in ("recall", "precision"))
    counted = np.asarray(row["tp"]) + np.asarray(row["fp"]) > 0
    predicted = np.flatnonzero(counted & np.isfinite(recall) & np.isfinite(precision))[::-1]
    complete = recall[predicted] >= 1
    if complete.any():
        predicted = predicted[: complete.argmax() + 1]
    thresholds = np.asarray(row["thresholds"], float)[predicted]
    step = int(row["step"])
    return PrCurve(
        str(row["run"]), style, step, recall[predicted], precision[predicted], thresholds
    )


def _score(curve: PrCurve) -> best_worst.RunScore:
    threshold = wording.number(float(curve.thresholds[curve.best]), 3)
    detail = f"F1 {curve.f1[curve.best]:.3f} at threshold {threshold}"
    return best_worst.RunScore(curve.run, curve.average_precision, curve.step, detail)


def _iso_f1(axes: Axes, f1: float) -> None:
    """Draw the line of points with this F1: P = F1 R / (2R - F1)."""
    recall = np.linspace(f1 / (2 - f1), 1, 40)
    axes.plot(recall, f1 * recall / (2 * recall - f1), color=HAIRLINE, linewidth=0.8, zorder=1)
    axes.text(1.01, f1 / (2 - f1), f"{f1:g}", color=GREY, fontsize=7, va="center")
