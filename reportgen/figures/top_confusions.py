"""Top confusions: of very many classes, what is most often taken for what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from reportgen import wording
from reportgen.analysis import matrices
from reportgen.analysis.matrices import Confusion
from reportgen.figures.confusion import short
from reportgen.figures.style import INK, new_figure, styled

MOST_CLASSES = 60  # beyond, a matrix is only a texture
_MOST_BARS = 15
_LONGEST = 16
_COLOR = "#0072b2"


@dataclass(frozen=True, slots=True)
class TopConfusionsChart:
    """The most frequent confusions of a matrix.

    Attributes:
        found: most frequent first.
        right, total: counts over the whole matrix.
        scores: precision, recall, F1 and support of each class.
    """

    title: str
    labels: tuple[str, ...]
    found: tuple[Confusion, ...]
    right: float
    total: float
    scores: pd.DataFrame
    kind: str = "top_confusions"

    def caption(self) -> str:
        """Accuracy, and how much of what is wrong the bars hold."""
        if not self.total:
            return "The matrix is empty."
        counts = f"{wording.number(self.right)} of {wording.number(self.total)} right"
        told = f"{len(self.labels)} classes; {counts} ({self.right / self.total:.1%})."
        wrong = self.total - self.right
        if not self.found:
            return f"{told} Nothing was confused."
        held = sum(one.count for one in self.found) / wrong
        return f"{told} The {len(self.found)} most frequent confusions are {held:.1%} of all."

    def alt(self) -> str:
        """The three most frequent."""
        told = "; ".join(
            f"{self.labels[one.actual]} taken for {self.labels[one.predicted]} "
            f"{wording.number(one.count)} times"
            for one in self.found[:3]
        )
        return f"Top confusions: {told}. {self.caption()}" if told else self.caption()

    def data(self) -> pd.DataFrame:
        """Per class: precision, recall, F1 and support."""
        return pd.concat([pd.DataFrame({"class": self.labels}), self.scores], axis=1)

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002  # there are no lines
        """The figure: a bar a confusion, its share of the actual class at its end."""
        size = max(1, len(self.found))
        with styled():
            figure, axes = new_figure(440, 60 + 22 * size)
            axes.set_position((0.5, 44 / (60 + 22 * size), 0.42, 22 * size / (60 + 22 * size)))
            places = np.arange(len(self.found))
            counts = [one.count for one in self.found]
            axes.barh(places, counts, height=0.62, color=_COLOR)
            names = [
                f"{short(self.labels[one.actual], _LONGEST)} → "
                f"{short(self.labels[one.predicted], _LONGEST)}"
                for one in self.found
            ]
            axes.set_yticks(places, names, fontsize=8)
            axes.tick_params(axis="y", length=0)
            axes.grid(visible=False, axis="y")
            for place, one in enumerate(self.found):
                axes.text(one.count, place, f" {one.share:.0%}", va="center", fontsize=7, color=INK)
            axes.set_ylim(size - 0.4, -0.6)
            axes.set_xlabel("actual → predicted, times")
        return figure


def prepare(title: str, matrix: NDArray[np.float64], labels: tuple[str, ...]) -> TopConfusionsChart:
    """A chart of one matrix.

    Args:
        title: its heading.
        matrix: (k, k); rows actual, columns predicted. What is no count is taken as 0.
        labels: k class names.
    """
    known = matrices.cleaned(np.asarray(matrix, dtype=float))
    found = tuple(matrices.confusions(known, _MOST_BARS))
    right, total = float(np.trace(known)), float(known.sum())
    return TopConfusionsChart(title, tuple(labels), found, right, total, matrices.scores(known))
