"""Calibration: how often a prediction of some score is right, for all runs at their last step.

The counts of a PR curve say how many positives and negatives have a score between two thresholds;
their scores are taken to be in the middle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.classification import best_worst
from reportgen.figures.classification.unit_square import RunCurve, UnitSquareChart, last_of_runs

_BINS = 10
_MIN_THRESHOLDS = 5


@dataclass(frozen=True, slots=True)
class Calibration(RunCurve):
    """One run's bins that hold a count, by score.

    Attributes:
        score: mean score in each bin, exact to half the gap between thresholds.
        share: of positives.
        count: of both classes.
        gap: the widest between two thresholds.
    """

    score: FloatArray
    share: FloatArray
    count: FloatArray
    gap: float

    @property
    def error(self) -> float:
        """Expected calibration error: mean distance of share and score, weighted by count."""
        return float(np.average(abs(self.share - self.score), weights=self.count))

    def points(self) -> tuple[FloatArray, FloatArray]:
        """Return score and share of positives."""
        return self.score, self.share

    def cells(self) -> tuple[FloatArray, ...]:
        """Return score, share of positives and count."""
        return self.score, self.share, self.count


@dataclass(frozen=True, slots=True)
class CalibrationChart(UnitSquareChart[Calibration]):
    """A tag's calibration in all runs that have scores from 0 to 1."""

    kind: ClassVar[str] = "calibration"
    heading: ClassVar[str] = "Share of positives by score"
    x_name: ClassVar[str] = "score"
    y_name: ClassVar[str] = "share of positives"
    marker: ClassVar[str] = "o"
    columns: ClassVar[tuple[str, ...]] = ("score", "share of positives", "count")
    nothing: ClassVar[str] = "not enough thresholds from 0 to 1"

    def caption(self) -> str:
        """Return the expected calibration error of each run, its step, and its precision."""
        if not self.curves:
            return "No run has counts at enough thresholds from 0 to 1."
        scores = [best_worst.RunScore(curve.run, curve.error, curve.step) for curve in self.curves]
        precision = wording.number(max(curve.gap for curve in self.curves) / 2, 2)
        name = f"Expected calibration error over {_BINS} bins"
        return (
            "On the grey line a score is the share of positives; below it scores are too high. "
            f"{best_worst.listed(name, scores, lower=True)} Scores are exact to {precision}."
        )

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large."""
        return 130


def prepare(title: str, curves: pd.DataFrame, styles: Mapping[str, RunStyle]) -> CalibrationChart:
    """Return a chart of one tag.

    Args:
        title: its heading.
        curves: rows of the curves frame of one tag.
        styles: by run name.
    """
    candidates = (_curve(row, styles[str(row["run"])]) for row in last_of_runs(curves))
    return CalibrationChart(title, tuple(curve for curve in candidates if curve is not None))


def _curve(row: pd.Series, style: RunStyle) -> Calibration | None:
    """Return one run's bins; None without scores from 0 to 1, or if the counts are inconsistent."""
    thresholds, tp, fp = (np.asarray(row[name], float) for name in ("thresholds", "tp", "fp"))
    if len(thresholds) < _MIN_THRESHOLDS or not (len(thresholds) == len(tp) == len(fp)):
        return None
    order = np.argsort(thresholds, kind="stable")
    edges = np.append(thresholds[order], 1.0)
    positive, negative = (-np.diff(np.append(counts[order], 0.0)) for counts in (tp, fp))
    total = positive + negative
    sound = np.isfinite(edges).all() and np.isfinite(total).all() and total.sum() > 0
    if not sound or edges.min() < 0 or edges.max() > 1 or min(positive.min(), negative.min()) < 0:
        return None
    middles = (edges[1:] + edges[:-1]) / 2
    places = np.minimum((middles * _BINS).astype(int), _BINS - 1)
    counts, right, scores = (
        np.bincount(places, weights, _BINS) for weights in (total, positive, total * middles)
    )
    filled = counts > 1e-6 * counts.sum()  # TensorBoard writes 1e-7 in place of 0
    score, share = scores[filled] / counts[filled], right[filled] / counts[filled]
    gap = float(np.diff(edges).max())
    return Calibration(str(row["run"]), style, int(row["step"]), score, share, counts[filled], gap)
