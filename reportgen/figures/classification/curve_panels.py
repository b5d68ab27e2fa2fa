"""Curve panels: each run's curves at some steps, and the score of every step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from reportgen.analysis.evenly import evenly
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.classification import precision_recall as pr
from reportgen.figures.classification import roc

MIN_STEPS = 3
MAX_STEPS = 6

# One run at one step: x, y, and average precision or the area under the curve.
Line = tuple[FloatArray, FloatArray, float]


@dataclass(frozen=True, slots=True)
class Panel:
    """One run.

    Attributes:
        logged: all steps with a curve, (n,), in order.
        scores: average precision or area at each of these steps, (n,).
        drawn: indices of the steps that are drawn.
        lines: x and y at each of these.
    """

    run: str
    style: RunStyle
    logged: tuple[int, ...]
    scores: tuple[float, ...]
    drawn: tuple[int, ...]
    lines: tuple[tuple[FloatArray, FloatArray], ...]

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps that are drawn."""
        return tuple(self.logged[place] for place in self.drawn)


def precision_recall(row: pd.Series, style: RunStyle) -> Line | None:
    """Return recall, precision and average precision; None where nothing was predicted.

    Args:
        row: of the curves frame.
        style: of the run.
    """
    curve = pr.curve(row, style)
    return (*curve.points(), curve.average_precision) if len(curve.recall) else None


def receiver_operating(row: pd.Series, style: RunStyle) -> Line | None:
    """Return false and true positive rate and the area under the curve; None without rates.

    Args:
        row: of the curves frame.
        style: of the run.
    """
    curve = roc.curve(row, style)
    return (curve.false, curve.true, curve.area) if len(curve.false) else None


def panels(
    curves: pd.DataFrame,
    styles: Mapping[str, RunStyle],
    line: Callable[[pd.Series, RunStyle], Line | None],
) -> list[Panel]:
    """Return a panel for each run with enough steps, the best last score first.

    Args:
        curves: rows of the curves frame of one tag.
        styles: by run name.
        line: `precision_recall` or `receiver_operating`.
    """
    chosen = []
    for run, rows in curves.groupby("run", sort=False, observed=True):
        style = styles[str(run)]
        lines = [(int(row["step"]), line(row, style)) for _, row in rows.iterrows()]
        valid = [(step, curve) for step, curve in lines if curve is not None]
        if len(valid) >= MIN_STEPS:
            chosen.append(_panel(str(run), style, valid))
    return sorted(chosen, key=lambda panel: -panel.scores[-1])


def _panel(run: str, style: RunStyle, valid: list[tuple[int, Line]]) -> Panel:
    """Return a panel with curves at the first step, the last and some evenly between."""
    drawn = tuple(evenly(len(valid), MAX_STEPS).tolist())
    steps, curves = zip(*valid, strict=True)
    return Panel(
        run,
        style,
        steps,
        tuple(score for _, _, score in curves),
        drawn,
        tuple(curves[place][:2] for place in drawn),
    )
