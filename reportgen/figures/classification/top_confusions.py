"""Top confusions: of very many classes, what is most often taken for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from reportgen import wording
from reportgen.analysis import matrices
from reportgen.analysis.matrices import Confusion
from reportgen.figures.canvas.fitted_names import columns, narrow
from reportgen.figures.canvas.style import GREY, INK, RunStyle, new_figure, styled
from reportgen.figures.chart import Chart
from reportgen.figures.classification.confusion import in_words, told_right, told_unknown
from reportgen.figures.classification.matrix_grid import fitting

MOST_CLASSES = 60  # beyond, a matrix is only a texture
_MOST_BARS = 15
_LONGEST = 15
_LETTER = 7.9  # pixels, as a phone shows them
_TOP, _BOTTOM, _ROW, _ARROW, _WIDTH = 24, 44, 22, 30, 440  # pixels


@dataclass(frozen=True, slots=True)
class TopConfusionsChart(Chart):
    """The most frequent confusions of a matrix (k, k).

    Attributes:
        found: most frequent first.
        style: of the run.
        unknown: how many cells held no count and are taken as 0.
    """

    kind: ClassVar[str] = "top_confusions"
    matrix: NDArray[np.float64]
    labels: tuple[str, ...]
    found: tuple[Confusion, ...]
    style: RunStyle
    unknown: int = 0

    def caption(self) -> str:
        """Accuracy, and how much of what is wrong the bars hold."""
        if not self.matrix.sum():
            return f"The matrix is empty.{told_unknown(self.unknown)}"
        classes = wording.count(len(self.labels), "class", "classes")
        told = f"{classes}; {told_right(self.matrix)}."
        if not self.found:
            return f"{told} Nothing was confused.{told_unknown(self.unknown)}"
        held = sum(one.count for one in self.found) / (self.matrix.sum() - np.trace(self.matrix))
        many = f"The {len(self.found)} most frequent confusions are"
        if len(self.found) == 1:
            many = "The confusion is"
        return (
            f"{told} {many} {held:.1%} of all. Percentages are of the actual class."
            f"{told_unknown(self.unknown)}"
        )

    def alt(self) -> str:
        """The three most frequent."""
        told = "; ".join(
            f"{in_words(self.labels[one.actual])} taken for "
            f"{in_words(self.labels[one.predicted])} {wording.amount(one.count)} times"
            for one in self.found[:3]
        )
        return f"Top confusions: {told}. {self.caption()}" if told else self.caption()

    def data(self) -> pd.DataFrame:
        """Per class: precision, recall, F1 and support."""
        classes = pd.DataFrame({"class": self.labels})
        return pd.concat([classes, matrices.scores(self.matrix)], axis=1)

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002  # there are no lines
        """The figure: a bar a confusion, its count and share of the actual class at its end."""
        size = max(1, len(self.found))
        height = _TOP + _BOTTOM + _ROW * size
        names = [(self._name(one.actual), self._name(one.predicted)) for one in self.found]
        names.insert(0, ("actual", "predicted"))
        actual, predicted = (_LETTER * max(map(columns, one)) for one in zip(*names, strict=True))
        left = round(actual + _ARROW + predicted + 12)
        told = [f"{fitting(one.count, 6)} ({one.share:.0%})" for one in self.found]
        ends = 6 + _LETTER * max(map(len, told), default=0)
        across = _WIDTH - 8 - left
        with styled():
            figure, axes = new_figure(_WIDTH, height)
            axes.set_position(
                (left / _WIDTH, _BOTTOM / height, across / _WIDTH, _ROW * size / height)
            )
            counts = [one.count for one in self.found]
            axes.barh(np.arange(len(counts)), counts, height=0.62, color=self.style.color)
            axes.set_yticks([])
            axes.grid(visible=False, axis="y")
            axes.set_ylim(size - 0.4, -0.6)
            axes.set_xlim(0, max(counts, default=1.0) * across / (across - ends))
            whole = all(float(one).is_integer() for one in counts)
            axes.xaxis.set_major_locator(MaxNLocator(4, integer=whole, steps=[1, 2, 2.5, 5, 10]))
            axes.set_xlabel("times")
            for row, (first, second) in enumerate(names, start=-1):
                color = GREY if row < 0 else INK
                _beside(axes, (0, row), -8 - predicted - _ARROW, first, "right", color)
                _beside(axes, (0, row), -8 - predicted - _ARROW / 2, "→", "center", GREY)
                _beside(axes, (0, row), -8 - predicted, second, "left", color)
            for row, (end, text) in enumerate(zip(counts, told, strict=True)):
                _beside(axes, (end, row), 4, text, "left", INK)
        return figure

    def _name(self, place: int) -> str:
        return narrow(self.labels[place], _LONGEST)


def prepare(
    title: str, matrix: NDArray[np.float64], labels: Sequence[str], style: RunStyle
) -> TopConfusionsChart:
    """A chart of one matrix.

    Args:
        title: its heading.
        matrix: (k, k); rows actual, columns predicted. What is no count is taken as 0, and told.
        labels: k class names; a class without one is called by its place.
        style: of the run.
    """
    given = np.asarray(matrix, dtype=float)
    known = matrices.cleaned(given)
    found = tuple(matrices.confusions(known, _MOST_BARS))
    names = matrices.named(labels, len(known))
    return TopConfusionsChart(title, known, names, found, style, matrices.unknown(given))


def _beside(
    axes: Axes, place: tuple[float, float], right: float, text: str, side: str, color: str
) -> None:
    """A text so many pixels to the right of a place in the data.

    Names and arrow are a text each: names that run to the left would else change places.
    """
    axes.annotate(
        text,
        place,
        (right * 0.72, 0),  # in points
        textcoords="offset points",
        ha=side,
        va="center",
        fontsize=9,
        color=color,
        annotation_clip=False,
    )
