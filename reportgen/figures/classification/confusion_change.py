"""Confusion change: a confusion matrix compared with another step's or another run's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis import matrices
from reportgen.arrays import FloatArray, IntArray
from reportgen.figures.canvas.style import CHANGES, ON_HIGH, ON_LOW, STRONG, styled
from reportgen.figures.chart import Chart
from reportgen.figures.classification.confusion import in_words, order, unknown_text
from reportgen.figures.classification.matrix_grid import (
    MOST_TEXT,
    cell_text,
    fill,
    grid,
    text_size,
)

_COLORMAP = ListedColormap(CHANGES)


@dataclass(frozen=True, slots=True)
class ConfusionChangeChart(Chart):
    """The shares of each row now minus those before.

    Attributes:
        change: (k, k) between -1 and 1; NaN in the row of a class that one of the two lacks.
        order: (k,) in which the classes are drawn: as in the matrix now.
        accuracy: before and now; NaN where nothing was counted.
        before: the name of what is compared with, for a sentence.
        note: a sentence on why this is what is compared with; "" for none.
        unknown: how many cells of both held no valid count and are counted as 0.
    """

    kind: ClassVar[str] = "confusion_change"
    change: FloatArray
    labels: tuple[str, ...]
    order: IntArray
    accuracy: tuple[float, float]
    before: str
    note: str = ""
    unknown: int = 0

    def caption(self) -> str:
        """Return both accuracies, and the classes that gained and lost the most."""
        was, now = self.accuracy
        sentences = [
            self.note,
            (
                f"Change of each row's shares against {self.before}, in percentage points: "
                "blue more, brown less."
            ),
            f"Accuracy {was:.1%} then, {now:.1%} now."
            if np.isfinite(self.accuracy).all()
            else "One of the two matrices is empty.",
        ]
        unmet = int(np.isnan(self.change).any(axis=1).sum())
        diagonal = np.nan_to_num(np.diag(self.change))
        if unmet < len(diagonal) and not np.nan_to_num(self.change).any():
            sentences.append("Nothing changed.")
        if diagonal.max(initial=0.0) > 0:
            sentences.append(f"{self._gain(int(diagonal.argmax()))} gained most.")
        if diagonal.min(initial=0.0) < 0:
            sentences.append(f"{self._gain(int(diagonal.argmin()))} lost most.")
        if unmet:
            rows = wording.count(unmet, "row is", "rows are")
            sentences.append(f"{rows} blank: one of the two matrices has no example of the class.")
        return " ".join(filter(None, sentences)) + unknown_text(self.unknown)

    def _gain(self, place: int) -> str:
        points = wording.number(100 * float(self.change[place, place]), 2)
        return f"{in_words(self.labels[place])} ({points} points)"

    def alt(self) -> str:
        """Return the number of classes, and the caption."""
        size = wording.count(len(self.labels), "class", "classes")
        return f"Change of a confusion matrix of {size}. {self.caption()}"

    def data(self) -> pd.DataFrame:
        """Return percentage points by actual and predicted class."""
        names = [f"predicted {name}" for name in self.labels]
        points = pd.DataFrame(100 * self.change, columns=names)
        return pd.concat([pd.DataFrame({"actual": self.labels}), points], axis=1)

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002  # there are no lines
        """Return the figure."""
        finite = np.nan_to_num(self.change)
        largest = float(np.abs(finite).max(initial=0.0)) or 1.0
        with styled():
            figure, axes = grid([self.labels[index] for index in self.order])
            change = self.change[np.ix_(self.order, self.order)]
            fill(axes, finite[np.ix_(self.order, self.order)], _COLORMAP, (-largest, largest))
            if len(self.labels) <= MOST_TEXT:
                size = 9 if len(self.labels) <= MOST_TEXT // 2 else text_size(len(self.labels))
                for (row, column), share in np.ndenumerate(change):
                    if np.isnan(share):
                        continue
                    points = round(100 * share)
                    text = "0" if not points else f"{points:+d}".replace("-", "\N{MINUS SIGN}")
                    weak = -STRONG * largest <= share < STRONG * largest
                    color = ON_LOW if weak else ON_HIGH
                    cell_text(axes, row + 0.5, column + 0.5, text, size, color)
        return figure


def prepare(
    title: str,
    before: FloatArray,
    now: FloatArray,
    labels: Sequence[str],
    before_name: str,
    note: str = "",
) -> ConfusionChangeChart:
    """Return a chart of the change between two matrices.

    Args:
        title: its heading.
        before: (k, k); rows actual, columns predicted.
        now: the same.
        labels: k class names; a class without a name is named by its index.
        before_name: what `before` is: "step 10", "the baseline lr=0.1, step 10".
        note: a sentence on why this is what is compared with; "" for none.
    """
    logged = [np.asarray(matrix, dtype=float) for matrix in (before, now)]
    was, after = (matrices.cleaned(matrix) for matrix in logged)
    met = ((was.sum(axis=1) > 0) & (after.sum(axis=1) > 0))[:, None]
    change = np.where(met, matrices.row_shares(after) - matrices.row_shares(was), np.nan)
    return ConfusionChangeChart(
        title,
        change,
        matrices.named(labels, len(change)),
        order(after),
        (matrices.accuracy(was), matrices.accuracy(after)),
        before_name,
        note,
        sum(matrices.unknown(matrix) for matrix in logged),
    )
