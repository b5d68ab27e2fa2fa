"""Top confusions: the most frequent confusions, for matrices of very many classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from reportgen import wording
from reportgen.analysis import matrices
from reportgen.analysis.matrices import Confusion
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.fitted_names import columns, narrow
from reportgen.figures.canvas.style import GREY, INK, RunStyle, new_figure, styled
from reportgen.figures.chart import Chart
from reportgen.figures.classification.confusion import accuracy_text, in_words, unknown_text
from reportgen.figures.classification.matrix_grid import fitting

MOST_CLASSES = 60  # beyond, a matrix is only a texture
_MAX_BARS = 15
_LONGEST = 15
_LETTER = 7.9  # pixels, as a phone shows them
_TOP, _BOTTOM, _ROW, _ARROW, _WIDTH = 24, 44, 22, 30, 440  # pixels


@dataclass(frozen=True, slots=True)
class TopConfusionsChart(Chart):
    """The most frequent confusions of a matrix (k, k).

    Attributes:
        confusions: the most frequent first.
        style: of the run.
        unknown: how many cells held no valid count and are counted as 0.
    """

    kind: ClassVar[str] = "top_confusions"
    matrix: FloatArray
    labels: tuple[str, ...]
    confusions: tuple[Confusion, ...]
    style: RunStyle
    unknown: int = 0

    def caption(self) -> str:
        """Return the accuracy, and the share of all errors that the bars show."""
        if not self.matrix.sum():
            return f"The matrix is empty.{unknown_text(self.unknown)}"
        classes = wording.count(len(self.labels), "class", "classes")
        text = f"{classes}; {accuracy_text(self.matrix)}."
        if not self.confusions:
            return f"{text} Nothing was confused.{unknown_text(self.unknown)}"
        share = sum(confusion.count for confusion in self.confusions) / (
            self.matrix.sum() - np.trace(self.matrix)
        )
        bars = f"The {len(self.confusions)} most frequent confusions are"
        if len(self.confusions) == 1:
            bars = "The confusion is"
        return (
            f"{text} {bars} {share:.1%} of all. Percentages refer to the actual class."
            f"{unknown_text(self.unknown)}"
        )

    def alt(self) -> str:
        """Return the three most frequent confusions, and the caption."""
        texts = "; ".join(
            f"{in_words(self.labels[confusion.actual])} taken for "
            f"{in_words(self.labels[confusion.predicted])} {wording.amount(confusion.count)} times"
            for confusion in self.confusions[:3]
        )
        return f"Top confusions: {texts}. {self.caption()}" if texts else self.caption()

    def data(self) -> pd.DataFrame:
        """Return precision, recall, F1 and support, a row a class."""
        classes = pd.DataFrame({"class": self.labels})
        return pd.concat([classes, matrices.scores(self.matrix)], axis=1)

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002  # there are no lines
        """Return the figure: a bar a confusion, with count and share of the actual class."""
        size = max(1, len(self.confusions))
        height = _TOP + _BOTTOM + _ROW * size
        names = [
            (self._name(confusion.actual), self._name(confusion.predicted))
            for confusion in self.confusions
        ]
        names.insert(0, ("actual", "predicted"))
        actual, predicted = (
            _LETTER * max(map(columns, confusion)) for confusion in zip(*names, strict=True)
        )
        left = round(actual + _ARROW + predicted + 12)
        labels = [
            f"{fitting(confusion.count, 6)} ({confusion.share:.0%})"
            for confusion in self.confusions
        ]
        ends = 6 + _LETTER * max(map(len, labels), default=0)
        across = _WIDTH - 8 - left
        with styled():
            figure, axes = new_figure(_WIDTH, height)
            axes.set_position(
                (left / _WIDTH, _BOTTOM / height, across / _WIDTH, _ROW * size / height)
            )
            counts = [confusion.count for confusion in self.confusions]
            axes.barh(np.arange(len(counts)), counts, height=0.62, color=self.style.color)
            axes.set_yticks([])
            axes.grid(visible=False, axis="y")
            axes.set_ylim(size - 0.4, -0.6)
            axes.set_xlim(0, max(counts, default=1.0) * across / (across - ends))
            whole = all(float(confusion).is_integer() for confusion in counts)
            axes.xaxis.set_major_locator(MaxNLocator(4, integer=whole, steps=[1, 2, 2.5, 5, 10]))
            axes.set_xlabel("times")
            for row, (first, second) in enumerate(names, start=-1):
                color = GREY if row < 0 else INK
                _beside(axes, (0, row), -8 - predicted - _ARROW, first, "right", color)
                _beside(axes, (0, row), -8 - predicted - _ARROW / 2, "→", "center", GREY)
                _beside(axes, (0, row), -8 - predicted, second, "left", color)
            for row, (end, text) in enumerate(zip(counts, labels, strict=True)):
                _beside(axes, (end, row), 4, text, "left", INK)
        return figure

    def _name(self, place: int) -> str:
        return narrow(self.labels[place], _LONGEST)


def prepare(
    title: str, matrix: FloatArray, labels: Sequence[str], style: RunStyle
) -> TopConfusionsChart:
    """Return a chart of one matrix.

    Args:
        title: its heading.
        matrix: (k, k); rows actual, columns predicted. Invalid counts are reported and taken as 0.
        labels: k class names; a class without a name is named by its index.
        style: of the run.
    """
    logged = np.asarray(matrix, dtype=float)
    counts = matrices.cleaned(logged)
    confusions = tuple(matrices.confusions(counts, _MAX_BARS))
    names = matrices.named(labels, len(counts))
    return TopConfusionsChart(title, counts, names, confusions, style, matrices.unknown(logged))


def _beside(
    axes: Axes, place: tuple[float, float], right: float, text: str, side: str, color: str
) -> None:
    """Write a text some pixels to the right of a point.

    Names and arrow are separate texts: bidirectional text would else swap names of right-to-left
    scripts.
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
