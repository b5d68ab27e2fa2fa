"""ROC: true against false positive rate, one tag in all runs, each at its last step."""

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
from reportgen.figures.classification import best_worst, precision_recall


@dataclass(frozen=True, slots=True)
class RocCurve:
    """One run's curve from (0, 0) to (1, 1), exact at the logged thresholds.

    Attributes:
        false, true: positive rates FP / (FP + TN) and TP / (TP + FN), (t,), ascending; empty
            where one of the two classes has no count.
        thresholds: (t,); infinite and minus infinite at the ends that were added.
        best: the operating point, the same as on the curve of precision and recall: that of the
            highest F1; -1 where there is none.
    """

    run: str
    style: RunStyle
    step: int
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


@dataclass(frozen=True, slots=True)
class RocChart(Chart):
    """A tag's curves in all runs."""

    kind: ClassVar[str] = "roc_curve"
    curves: tuple[RocCurve, ...]

    def caption(self) -> str:
        """Return the area under the curve of each run, and its step."""
        drawn = [curve for curve in self.curves if len(curve.false)]
        if not drawn:
            return "One of the two classes has no examples, so there are no rates."
        scores = [_score(curve, alone=len(drawn) == 1) for curve in drawn]
        areas = best_worst.listed("Area under the curve", scores)
        return (
            f"Higher is better; grey is chance. {areas} "
            "Dots mark the threshold of each run's highest F1."
        )

    def alt(self) -> str:
        """Return what the axes are, and the caption."""
        return f"True against false positive rate of {self.title}. {self.caption()}"

    def data(self) -> pd.DataFrame:
        """Return threshold and both rates of every point."""
        columns = ["run", "threshold", "false positive rate", "true positive rate"]
        rows = [(curve.run, curve.thresholds, curve.false, curve.true) for curve in self.curves]
        frames = [pd.DataFrame(dict(zip(columns, row, strict=True))) for row in rows if len(row[1])]
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large."""
        return 120

    def line_groups(self) -> tuple[str, ...]:
        """Return the run of each curve."""
        return tuple(curve.run for curve in self.curves)

    def draw(self, *, legend: bool | None = False) -> Figure:
        """Return the figure; both axes go from 0 to 1."""
        with styled():
            figure, axes = new_figure()
            axes.plot([0, 1], [0, 1], color=HAIRLINE, linewidth=1)
            for index, curve in enumerate(self.curves, start=1):
                look = {"color": curve.style.color, "linestyle": curve.style.dash}
                axes.plot(curve.false, curve.true, gid=Gid(f"line-{index}", curve.run), **look)  # type: ignore[arg-type]
                if curve.best >= 0:
                    place = curve.false[curve.best], curve.true[curve.best]
                    axes.plot(*place, "o", color=curve.style.color, ms=4.5, gid=f"best-{index}")
            if not any(len(curve.false) for curve in self.curves):
                say(axes, "one of the two classes has no examples")
            axes.set_xlim(-0.02, 1.02)
            axes.set_ylim(-0.02, 1.04)
            axes.set_xlabel("false positive rate")
            axes.set_ylabel("true positive rate")
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


def prepare(title: str, curves: pd.DataFrame, styles: Mapping[str, RunStyle]) -> RocChart:
    """Return a chart of one tag.

    Args:
        title: its heading.
        curves: rows of the curves frame of one tag.
        styles: by run name.
    """
    last = curves.groupby("run", sort=False, observed=True).tail(1)
    rows = (curve(row, styles[str(row["run"])]) for _, row in last.iterrows())
    return RocChart(title, tuple(rows))


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
