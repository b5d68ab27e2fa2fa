"""Curve panels: the curves of each run over steps, and what each comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reportgen.analysis.evenly import evenly
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.classification import precision_recall as pr
from reportgen.figures.classification import roc

FEWEST_STEPS = 3
MOST_STEPS = 6

Floats = NDArray[np.float64]
# One run at one step: x, y, and average precision or the area under the curve.
Line = tuple[Floats, Floats, float]


@dataclass(frozen=True, slots=True)
class Panel:
    """One run.

    Attributes:
        logged: every step with a curve, (n,), in order.
        scores: average precision or area at each of them, (n,).
        drawn: places of those that are drawn.
        lines: x and y of each of those.
    """

    run: str
    style: RunStyle
    logged: tuple[int, ...]
    scores: tuple[float, ...]
    drawn: tuple[int, ...]
    lines: tuple[tuple[Floats, Floats], ...]

    @property
    def steps(self) -> tuple[int, ...]:
        """Those that are drawn."""
        return tuple(self.logged[place] for place in self.drawn)


def precision_recall(row: pd.Series, style: RunStyle) -> Line | None:
    """Recall, precision and average precision; None where nothing was predicted.

    Args:
        row: of the curves frame.
        style: of the run.
    """
    one = pr.curve(row, style)
    return (*pr.steps_of(one), one.average_precision) if len(one.recall) else None


def receiver_operating(row: pd.Series, style: RunStyle) -> Line | None:
    """False and true positive rate and the area under the curve; None where there are none.

    Args:
        row: of the curves frame.
        style: of the run.
    """
    one = roc.curve(row, style)
    return (one.false, one.true, one.area) if len(one.false) else None


def panels(
    curves: pd.DataFrame,
    styles: Mapping[str, RunStyle],
    line: Callable[[pd.Series, RunStyle], Line | None],
) -> list[Panel]:
    """A panel for each run with enough steps, those that end best first.

    Args:
        curves: rows of the curves frame of one tag.
        styles: by run name.
        line: one of the functions above.
    """
    found = []
    for run, rows in curves.groupby("run", sort=False, observed=True):
        style = styles[str(run)]
        lines = [(int(row["step"]), line(row, style)) for _, row in rows.iterrows()]
        known = [(step, one) for step, one in lines if one is not None]
        if len(known) >= FEWEST_STEPS:
            found.append(_panel(str(run), style, known))
    return sorted(found, key=lambda one: -one.scores[-1])


def _panel(run: str, style: RunStyle, known: list[tuple[int, Line]]) -> Panel:
    """The first step, the last, and some evenly between."""
    drawn = tuple(evenly(len(known), MOST_STEPS).tolist())
    steps, lines = zip(*known, strict=True)
    return Panel(
        run,
        style,
        steps,
        tuple(score for _, _, score in lines),
        drawn,
        tuple(lines[place][:2] for place in drawn),
    )
