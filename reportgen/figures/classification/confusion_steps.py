"""Confusion steps: small confusion matrices of one run at some of its steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis import matrices
from reportgen.analysis.evenly import evenly
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.style import PIXELS_PER_INCH, styled
from reportgen.figures.chart import Chart
from reportgen.figures.classification.confusion import SHARES, order, unknown_text
from reportgen.figures.classification.matrix_grid import fill

_MAX_MATRICES = 6
_ACROSS = 3
_SIDE, _GAP = 124, 22  # pixels


@dataclass(frozen=True, slots=True)
class ConfusionStepsChart(Chart):
    """Matrices (k, k) at some steps, in order.

    Attributes:
        accuracy: at every step that was logged, (n,); NaN where nothing was counted.
        logged: those steps.
        resized: how many matrices of another size were left out.
        unknown: how many cells held no valid count and are counted as 0.
    """

    kind: ClassVar[str] = "confusion_steps"
    steps: tuple[int, ...]
    matrices: tuple[FloatArray, ...]
    labels: tuple[str, ...]
    logged: tuple[int, ...]
    accuracy: tuple[float, ...]
    resized: int = 0
    unknown: int = 0

    def caption(self) -> str:
        """Return how many matrices are drawn, and the step of the highest accuracy."""
        text = f"{len(self.steps)} of {wording.count(len(self.logged), 'matrix', 'matrices')}"
        best = ""
        if np.isfinite(self.accuracy).any():
            place = int(np.nanargmax(self.accuracy))
            best = f" Accuracy is best at step {self.logged[place]:,}: {self.accuracy[place]:.1%}."
        text += f" by step; stronger for a larger share of the row.{best}"
        if self.resized:
            others = wording.count(self.resized, "matrix", "matrices")
            text += f" {others} of another number of classes left out."
        return text + unknown_text(self.unknown)

    def alt(self) -> str:
        """Return the title and the caption."""
        return f"Confusion matrices of {self.title}. {self.caption()}"

    def data(self) -> pd.DataFrame:
        """Return the accuracy at each step."""
        return pd.DataFrame({"step": self.logged, "accuracy": self.accuracy})

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large."""
        return 140

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002  # there are no lines
        """Return the figure."""
        down = max(1, -(-len(self.steps) // _ACROSS))
        width, height = 440, down * (_SIDE + _GAP) + 6
        places = order(self.matrices[-1])
        with styled():
            figure = Figure(figsize=(width / PIXELS_PER_INCH, height / PIXELS_PER_INCH))
            for index, (step, matrix) in enumerate(zip(self.steps, self.matrices, strict=True)):
                row, column = divmod(index, _ACROSS)
                left, top = 12 + column * (_SIDE + _GAP), row * (_SIDE + _GAP) + _GAP
                bottom = height - top - _SIDE
                axes = figure.add_axes(
                    (left / width, bottom / height, _SIDE / width, _SIDE / height)
                )
                axes.set_axis_off()
                axes.set_title(f"step {step:,}", fontsize=8, pad=4)
                shares = matrices.row_shares(matrix)[np.ix_(places, places)]
                fill(axes, shares, SHARES, (0.0, 1.0))
                axes.set_ylim(len(matrix), 0)
        return figure


def prepare(title: str, confusions: pd.DataFrame) -> ConfusionStepsChart:
    """Return a chart of one tag in one run: the first step, the last and some evenly between.

    Args:
        title: its heading.
        confusions: rows of the confusions frame; matrices of another size than the last are left
            out, and reported.
    """
    size = len(confusions["matrix"].iloc[-1])
    rows = confusions[[len(matrix) == size for matrix in confusions["matrix"]]]
    logged = [np.asarray(matrix, float) for matrix in rows["matrix"]]
    cleaned = [matrices.cleaned(matrix) for matrix in logged]
    steps = rows["step"].tolist()
    places = evenly(len(cleaned), _MAX_MATRICES)
    return ConfusionStepsChart(
        title,
        tuple(steps[place] for place in places),
        tuple(cleaned[place] for place in places),
        matrices.named(rows["labels"].iloc[-1], size),
        tuple(steps),
        tuple(matrices.accuracy(matrix) for matrix in cleaned),
        len(confusions) - len(rows),
        sum(matrices.unknown(matrix) for matrix in logged),
    )
