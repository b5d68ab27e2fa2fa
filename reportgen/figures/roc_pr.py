"""Precision against recall: one tag, all runs, each at its last step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from reportgen import wording
from reportgen.figures.style import RunStyle, new_figure, styled


@dataclass(frozen=True, slots=True)
class PrCurve:
    """One run's curve, recall ascending.

    Thresholds at which nothing is predicted are left out, and those below the highest one that
    already finds everything: they only add false positives.
    """

    run: str
    style: RunStyle
    step: int
    recall: NDArray[np.float64]
    precision: NDArray[np.float64]
    thresholds: NDArray[np.float64]

    @property
    def average_precision(self) -> float:
        """Sum of precision times the growth of recall: scikit-learn's definition of AP."""
        return float((np.diff(self.recall, prepend=0) * self.precision).sum())


@dataclass(frozen=True, slots=True)
class PrChart:
    """A tag's curves in all runs."""

    title: str
    curves: tuple[PrCurve, ...]
    kind: str = "pr_curve"

    def caption(self) -> str:
        """Average precision of each run, and the step that it stands for."""
        told = [
            f"{one.run} {wording.number(one.average_precision, 3)} (step {one.step:,})"
            for one in self.curves[:12]
        ]
        more = len(self.curves) - len(told)
        rest = f" and {wording.count(more, 'more run')}" if more else ""
        return f"Higher is better. Average precision: {', '.join(told)}{rest}."

    def alt(self) -> str:
        """As the caption."""
        return f"Precision against recall of {self.title}. {self.caption()}"

    def data(self) -> pd.DataFrame:
        """Threshold, precision and recall of every point."""
        columns = ["run", "threshold", "precision", "recall"]
        return pd.concat(
            [
                pd.DataFrame(
                    dict(
                        zip(
                            columns,
                            (one.run, one.thresholds, one.precision, one.recall),
                            strict=True,
                        )
                    )
                )
                for one in self.curves
            ],
            ignore_index=True,
        )

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002
        """The figure, both axes from 0 to 1."""
        with styled():
            figure, axes = new_figure()
            for index, one in enumerate(self.curves, start=1):
                axes.step(
                    np.concatenate([[0.0], one.recall]),
                    np.concatenate([one.precision[:1], one.precision]),
                    where="pre",
                    color=one.style.color,
                    linestyle=one.style.dash,
                    gid=f"line-{index}",
                )
            axes.set_xlim(-0.02, 1.02)
            axes.set_ylim(-0.02, 1.04)
            axes.set_xlabel("recall")
            axes.set_ylabel("precision")
        return figure


def prepare(title: str, curves: pd.DataFrame, styles: Mapping[str, RunStyle]) -> PrChart:
    """A chart of one tag.

    Args:
        title: its heading.
        curves: rows of the curves frame of one tag.
        styles: by run name.
    """
    last = curves.groupby("run", sort=False, observed=True).tail(1)
    return PrChart(title, tuple(_curve(row, styles[str(row["run"])]) for _, row in last.iterrows()))


def _curve(row: pd.Series, style: RunStyle) -> PrCurve:
    predicted = np.flatnonzero(np.asarray(row["tp"]) + np.asarray(row["fp"]) > 0)[::-1]
    complete = np.asarray(row["recall"], float)[predicted] >= 1
    if complete.any():
        predicted = predicted[: complete.argmax() + 1]
    recall, precision, thresholds = (
        np.asarray(row[name], float)[predicted] for name in ("recall", "precision", "thresholds")
    )
    return PrCurve(str(row["run"]), style, int(row["step"]), recall, precision, thresholds)
