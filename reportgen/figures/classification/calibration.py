"""Calibration: how often what got a score was right, one tag, all runs, each at its last step.

The exact counts of a PR curve say how many positives and negatives lie between two thresholds;
where between them is not known, so each stands at their middle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from reportgen import wording
from reportgen.figures.canvas import legend as legends
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.limits import say
from reportgen.figures.canvas.style import HAIRLINE, RunStyle, new_figure, styled
from reportgen.figures.chart import Chart
from reportgen.figures.classification import best_worst

_BINS = 10
_FEWEST_THRESHOLDS = 5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """One run's bins that hold something, scores ascending.

    Attributes:
        score: mean of the scores in each bin, to half the gap between thresholds.
        share: of positives.
        count: of both classes.
        gap: the widest between two thresholds.
    """

    run: str
    style: RunStyle
    step: int
    score: Floats
    share: Floats
    count: Floats
    gap: float

    @property
    def error(self) -> float:
        """Expected calibration error: mean distance of share and score, weighted by count."""
        return float(np.average(abs(self.share - self.score), weights=self.count))


@dataclass(frozen=True, slots=True)
class CalibrationChart(Chart):
    """A tag's reliability in all runs that have scores from 0 to 1."""

    kind: ClassVar[str] = "calibration"
    curves: tuple[Calibration, ...]

    def caption(self) -> str:
        """Expected calibration error of each run, its step, and how exact it is."""
        if not self.curves:
            return "No run has counts at enough thresholds from 0 to 1."
        told = [best_worst.Told(one.run, one.error, one.step) for one in self.curves]
        exact = wording.number(max(one.gap for one in self.curves) / 2, 2)
        name = f"Expected calibration error over {_BINS} bins"
        return (
            "On the grey line a score is the share of positives; below it scores are too high. "
            f"{best_worst.listed(name, told, lower=True)} Scores are known to {exact}."
        )

    def alt(self) -> str:
        """As the caption."""
        return f"Share of positives by score of {self.title}. {self.caption()}"

    def data(self) -> pd.DataFrame:
        """A row a bin."""
        columns = ["run", "score", "share of positives", "count"]
        held = [(one.run, one.score, one.share, one.count) for one in self.curves]
        parts = [pd.DataFrame(dict(zip(columns, part, strict=True))) for part in held]
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large."""
        return 130

    def line_groups(self) -> tuple[str, ...]:
        """Return the run of each curve."""
        return tuple(curve.run for curve in self.curves)

    def draw(self, *, legend: bool = False) -> Figure:
        """The figure, both axes from 0 to 1."""
        with styled():
            figure, axes = new_figure()
            axes.plot([0, 1], [0, 1], color=HAIRLINE, linewidth=1)
            for index, one in enumerate(self.curves, start=1):
                axes.plot(
                    one.score,
                    one.share,
                    color=one.style.color,
                    linestyle=one.style.dash,
                    marker="o",
                    markersize=3.5,
                    gid=Gid(f"line-{index}", one.run),
                )
            if not self.curves:
                say(axes, "not enough thresholds from 0 to 1")
            axes.set_xlim(-0.02, 1.02)
            axes.set_ylim(-0.02, 1.04)
            axes.set_xlabel("score")
            axes.set_ylabel("share of positives")
            if legend and len(self.curves) > 1:
                looks = [(one.run, one.style.color, one.style.dash) for one in self.curves]
                legends.add(figure, [legends.Entry(*look) for look in looks])
        return figure


def prepare(title: str, curves: pd.DataFrame, styles: Mapping[str, RunStyle]) -> CalibrationChart:
    """A chart of one tag.

    Args:
        title: its heading.
        curves: rows of the curves frame of one tag.
        styles: by run name.
    """
    last = curves.groupby("run", sort=False, observed=True).tail(1)
    found = (_curve(row, styles[str(row["run"])]) for _, row in last.iterrows())
    return CalibrationChart(title, tuple(one for one in found if one is not None))


def _curve(row: pd.Series, style: RunStyle) -> Calibration | None:
    """None where there are no scores from 0 to 1, or the counts contradict each other."""
    thresholds, tp, fp = (np.asarray(row[name], float) for name in ("thresholds", "tp", "fp"))
    if len(thresholds) < _FEWEST_THRESHOLDS or not (len(thresholds) == len(tp) == len(fp)):
        return None
    order = np.argsort(thresholds, kind="stable")
    edges = np.append(thresholds[order], 1.0)
    positive, negative = (-np.diff(np.append(one[order], 0.0)) for one in (tp, fp))
    total = positive + negative
    sound = np.isfinite(edges).all() and np.isfinite(total).all() and total.sum() > 0
    if not sound or edges.min() < 0 or edges.max() > 1 or min(positive.min(), negative.min()) < 0:
        return None
    middles = (edges[1:] + edges[:-1]) / 2
    places = np.minimum((middles * _BINS).astype(int), _BINS - 1)
    counts, right, scores = (
        np.bincount(places, weights, _BINS) for weights in (total, positive, total * middles)
    )
    held = counts > 1e-6 * counts.sum()  # TensorBoard writes 1e-7 in place of 0
    score, share = scores[held] / counts[held], right[held] / counts[held]
    gap = float(np.diff(edges).max())
    return Calibration(str(row["run"]), style, int(row["step"]), score, share, counts[held], gap)
