"""Change of a confusion matrix: against another step, or against another run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis import matrices
from reportgen.figures.confusion import MOST_TEXT, Floats, cell_text, fill, grid
from reportgen.figures.style import CHANGES, ON_HIGH, ON_LOW, STRONG, styled

_COLORMAP = ListedColormap(CHANGES)


@dataclass(frozen=True, slots=True)
class ConfusionChangeChart:
    """The shares of each row now less those before.

    Attributes:
        change: (k, k) between -1 and 1.
        accuracy: before and now; NaN where nothing was counted.
        before: what is compared with, as it stands in a sentence.
    """

    title: str
    change: Floats
    labels: tuple[str, ...]
    accuracy: tuple[float, float]
    before: str
    kind: str = "confusion_change"

    def caption(self) -> str:
        """Accuracy before and now, and the class that gained and that lost the most."""
        was, now = self.accuracy
        sentences = [
            f"Percentage points of each row against {self.before}, blue more, brown fewer.",
            f"Accuracy {was:.1%} then, {now:.1%} now."
            if np.isfinite(self.accuracy).all()
            else "One of the two matrices is empty.",
        ]
        own = np.diag(self.change)
        if len(own) and own.max() > 0:
            sentences.append(f"{self._told(int(own.argmax()))} gained most.")
        if len(own) and own.min() < 0:
            sentences.append(f"{self._told(int(own.argmin()))} lost most.")
        return " ".join(sentences)

    def _told(self, place: int) -> str:
        points = wording.number(100 * float(self.change[place, place]), 2)
        return f"{self.labels[place]} ({points} points)"

    def alt(self) -> str:
        """As the caption."""
        return f"Change of a confusion matrix of {len(self.labels)} classes. {self.caption()}"

    def data(self) -> pd.DataFrame:
        """Percentage points by actual and predicted class."""
        names = [f"predicted {name}" for name in self.labels]
        points = pd.DataFrame(100 * self.change, columns=names)
        return pd.concat([pd.DataFrame({"actual": self.labels}), points], axis=1)

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002  # there are no lines
        """The figure."""
        most = float(np.abs(self.change).max(initial=0.0)) or 1.0
        with styled():
            figure, axes = grid(list(self.labels))
            fill(axes, self.change, _COLORMAP, (-most, most))
            if len(self.labels) <= MOST_TEXT:
                size = 9 if len(self.labels) <= MOST_TEXT // 2 else 6
                for (row, column), part in np.ndenumerate(self.change):
                    points = round(100 * part)
                    text = "0" if not points else f"{points:+d}".replace("-", "\N{MINUS SIGN}")
                    weak = -STRONG * most <= part < STRONG * most
                    color = ON_LOW if weak else ON_HIGH
                    cell_text(axes, row + 0.5, column + 0.5, text, size, color)
        return figure


def prepare(
    title: str, before: Floats, now: Floats, labels: tuple[str, ...], told: str
) -> ConfusionChangeChart:
    """A chart of what changed.

    Args:
        title: its heading.
        before: (k, k); rows actual, columns predicted.
        now: the same.
        labels: k class names.
        told: what `before` is: "step 10", "baseline".
    """
    was, is_ = (matrices.cleaned(np.asarray(one, dtype=float)) for one in (before, now))
    change = matrices.row_shares(is_) - matrices.row_shares(was)
    return ConfusionChangeChart(title, change, tuple(labels), (_right(was), _right(is_)), told)


def _right(matrix: Floats) -> float:
    total = matrix.sum()
    return float(np.trace(matrix) / total) if total else float("nan")
