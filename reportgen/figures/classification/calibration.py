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
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.arrays import FloatArray
from reportgen.figures.canvas import legend as legends
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.limits import say
from reportgen.figures.canvas.style import HAIRLINE, RunStyle, new_figure, styled
from reportgen.figures.chart import Chart
from reportgen.figures.classification import best_worst

_BINS = 10
_MIN_THRESHOLDS = 5


@dataclass(frozen=True, slots=True)
class Calibration:
    """One run's bins that hold a count, by score.

    Attributes:
        score: mean score in each bin, exact to half the gap between thresholds.
        share: of positives.
        count: of both classes.
        gap: the widest between two thresholds.
    """

    run: str
    style: RunStyle
    step: int
    score: FloatArray
    share: FloatArray
    count: FloatArray
    gap: float

    @property
    def error(self) -> float:
        """Expected calibration error: mean distance of share and score, weighted by count."""
        return float(np.average(abs(self.share - self.score), weights=self.count))


@dataclass(frozen=True, slots=True)
class CalibrationChart(Chart):
    """A tag's calibration in all runs that have scores from 0 to 1."""

    kind: ClassVar[str] = "calibration"
    curves: tuple[Calibration, ...]

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

    def alt(self) -> str:
        """Return what the axes are, and the caption."""
        return f"Share of positives by score of {self.title}. {self.caption()}"

    def data(self) -> pd.DataFrame:
        """Return score, share of positives and count, a row a bin."""
        columns = ["run", "score", "share of positives", "count"]
        rows = [(curve.run, curve.score, curve.share, curve.count) for curve in self.curves]
        frames = [pd.DataFrame(dict(zip(columns, row, strict=True))) for row in rows]
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large."""
        return 130

    def line_groups(self) -> tuple[str, ...]:
        """Return the run of each curve."""
        return tuple(curve.run for curve in self.curves)

    def draw(self, *, legend: bool | None = False) -> Figure:
        """Return the figure; both axes go from 0 to 1."""
        with styled():
            figure, axes = new_figure()
            axes.plot([0, 1], [0, 1], color=HAIRLINE, linewidth=1)
            for index, curve in enumerate(self.curves, start=1):
                axes.plot(
                    curve.score,
                    curve.share,
                    color=curve.style.color,
                    linestyle=curve.style.dash,
                    marker="o",
                    markersize=3.5,
                    gid=Gid(f"line-{index}", curve.run),
                )
            if not self.curves:
                say(axes, "not enough thresholds from 0 to 1")
            axes.set_xlim(-0.02, 1.02)
            axes.set_ylim(-0.02, 1.04)
            axes.set_xlabel("score")
            axes.set_ylabel("share of positives")
            if legend is not None:
                legends.add(figure, self.names(alone=legend))
        return figure

    def names(self, *, alone: bool) -> list[legends.Entry]:
        """Return a name for each of several runs' curves, for a picture that stands alone."""
        if not alone or len(self.curves) < 2:
            return []
        return [
            legends.Entry(curve.run, curve.style.color, curve.style.dash) for curve in self.curves
        ]


def prepare(title: str, curves: pd.DataFrame, styles: Mapping[str, RunStyle]) -> CalibrationChart:
    """Return a chart of one tag.

    Args:
        title: its heading.
        curves: rows of the curves frame of one tag.
        styles: by run name.
    """
    last = curves.groupby("run", sort=False, observed=True).tail(1)
    candidates = (_curve(row, styles[str(row["run"])]) for _, row in last.iterrows())
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
