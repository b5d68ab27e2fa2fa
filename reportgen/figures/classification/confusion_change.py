"""Change of a confusion matrix: against another step, or against another run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray

from reportgen import wording
from reportgen.analysis import matrices
from reportgen.figures.canvas.style import CHANGES, ON_HIGH, ON_LOW, STRONG, styled
from reportgen.figures.chart import Chart
from reportgen.figures.classification.confusion import in_words, order, told_unknown
from reportgen.figures.classification.matrix_grid import (
    MOST_TEXT,
    Floats,
    cell_text,
    fill,
    grid,
    text_size,
)

_COLORMAP = ListedColormap(CHANGES)


@dataclass(frozen=True, slots=True)
class ConfusionChangeChart(Chart):
    """The shares of each row now less those before.

    Attributes:
        change: (k, k) between -1 and 1; NaN in the row of a class that one of the two never met.
        order: (k,) in which the classes are drawn: as in the matrix now.
        accuracy: before and now; NaN where nothing was counted.
        before: what is compared with, as it stands in a sentence.
        note: a sentence on why it is this that is compared with; "" for none.
        unknown: how many cells of both held no count and are taken as 0.
    """

    kind: ClassVar[str] = "confusion_change"
    change: Floats
    labels: tuple[str, ...]
    order: NDArray[np.int64]
    accuracy: tuple[float, float]
    before: str
    note: str = ""
    unknown: int = 0

    def caption(self) -> str:
        """Accuracy before and now, and the class that gained and that lost the most."""
        was, now = self.accuracy
        sentences = [
            self.note,
            f"Percentage points of each row against {self.before}, blue more, brown fewer.",
            f"Accuracy {was:.1%} then, {now:.1%} now."
            if np.isfinite(self.accuracy).all()
            else "One of the two matrices is empty.",
        ]
        unmet = int(np.isnan(self.change).any(axis=1).sum())
        own = np.nan_to_num(np.diag(self.change))
        if unmet < len(own) and not np.nan_to_num(self.change).any():
            sentences.append("Nothing changed.")
        if own.max(initial=0.0) > 0:
            sentences.append(f"{self._told(int(own.argmax()))} gained most.")
        if own.min(initial=0.0) < 0:
            sentences.append(f"{self._told(int(own.argmin()))} lost most.")
        if unmet:
            rows = wording.count(unmet, "row is", "rows are")
            sentences.append(f"{rows} blank: one of the two never met the class.")
        return " ".join(filter(None, sentences)) + told_unknown(self.unknown)

    def _told(self, place: int) -> str:
        points = wording.number(100 * float(self.change[place, place]), 2)
        return f"{in_words(self.labels[place])} ({points} points)"

    def alt(self) -> str:
        """As the caption."""
        size = wording.count(len(self.labels), "class", "classes")
        return f"Change of a confusion matrix of {size}. {self.caption()}"

    def data(self) -> pd.DataFrame:
        """Percentage points by actual and predicted class."""
        names = [f"predicted {name}" for name in self.labels]
        points = pd.DataFrame(100 * self.change, columns=names)
        return pd.concat([pd.DataFrame({"actual": self.labels}), points], axis=1)

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002  # there are no lines
        """The figure."""
        known = np.nan_to_num(self.change)
        most = float(np.abs(known).max(initial=0.0)) or 1.0
        with styled():
            figure, axes = grid([self.labels[index] for index in self.order])
            change = self.change[np.ix_(self.order, self.order)]
            fill(axes, known[np.ix_(self.order, self.order)], _COLORMAP, (-most, most))
            if len(self.labels) <= MOST_TEXT:
                size = 9 if len(self.labels) <= MOST_TEXT // 2 else text_size(len(self.labels))
                for (row, column), part in np.ndenumerate(change):
                    if np.isnan(part):
                        continue
                    points = round(100 * part)
                    text = "0" if not points else f"{points:+d}".replace("-", "\N{MINUS SIGN}")
                    weak = -STRONG * most <= part < STRONG * most
                    color = ON_LOW if weak else ON_HIGH
                    cell_text(axes, row + 0.5, column + 0.5, text, size, color)
        return figure


def prepare(
    title: str, before: Floats, now: Floats, labels: Sequence[str], told: str, note: str = ""
) -> ConfusionChangeChart:
    """A chart of what changed.

    Args:
        title: its heading.
        before: (k, k); rows actual, columns predicted.
        now: the same.
        labels: k class names; a class without one is called by its place.
        told: what `before` is: "step 10", "the baseline lr=0.1, step 10".
        note: a sentence on why it is this that is compared with; "" for none.
    """
    given = [np.asarray(one, dtype=float) for one in (before, now)]
    was, is_ = (matrices.cleaned(one) for one in given)
    met = ((was.sum(axis=1) > 0) & (is_.sum(axis=1) > 0))[:, None]
    change = np.where(met, matrices.row_shares(is_) - matrices.row_shares(was), np.nan)
    return ConfusionChangeChart(
        title,
        change,
        matrices.named(labels, len(change)),
        order(is_),
        (matrices.accuracy(was), matrices.accuracy(is_)),
        told,
        note,
        sum(matrices.unknown(one) for one in given),
    )
