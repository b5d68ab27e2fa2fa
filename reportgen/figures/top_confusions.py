"""Top confusions: of very many classes, what is most often taken for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from reportgen import wording
from reportgen.analysis import matrices
from reportgen.analysis.matrices import Confusion
from reportgen.figures.confusion import count, in_words, told_right, told_unknown
from reportgen.figures.matrix_grid import fitting, short
from reportgen.figures.style import GREY, INK, RunStyle, new_figure, styled

MOST_CLASSES = 60  # beyond, a matrix is only a texture
_MOST_BARS = 15
_LONGEST = 15
_LETTER = 6.6  # pixels
_TOP, _BOTTOM, _ROW = 24, 44, 22  # pixels
_LEFT, _WIDTH = 226, 440  # pixels: where bars begin; the figure


@dataclass(frozen=True, slots=True)
class TopConfusionsChart:
    """The most frequent confusions of a matrix (k, k).

    Attributes:
        found: most frequent first.
        style: of the run.
        unknown: how many cells held no count and are taken as 0.
    """

    title: str
    matrix: NDArray[np.float64]
    labels: tuple[str, ...]
    found: tuple[Confusion, ...]
    style: RunStyle
    unknown: int = 0
    kind: str = "top_confusions"

    def caption(self) -> str:
        """Accuracy, and how much of what is wrong the bars hold."""
        if not self.matrix.sum():
            return f"The matrix is empty.{told_unknown(self.unknown)}"
        classes = wording.count(len(self.labels), "class", "classes")
        told = f"{classes}; {told_right(self.matrix)}."
        if not self.found:
            return f"{told} Nothing was confused.{told_unknown(self.unknown)}"
        held = sum(one.count for one in self.found) / (self.matrix.sum() - np.trace(self.matrix))
        many = f"The {len(self.found)} most frequent confusions are {held:.1%} of all"
        if len(self.found) == 1:
            many = "It is the only confusion" if held > 1 - 1e-9 else f"The bar is {held:.1%}"
        return f"{told} {many}; percentages are of the actual class.{told_unknown(self.unknown)}"

    def alt(self) -> str:
        """The three most frequent."""
        told = "; ".join(
            f"{in_words(self.labels[one.actual])} taken for "
            f"{in_words(self.labels[one.predicted])} {count(one.count)} times"
            for one in self.found[:3]
        )
        return f"Top confusions: {told}. {self.caption()}" if told else self.caption()

    def data(self) -> pd.DataFrame:
        """The confusions that are drawn, most frequent first."""
        rows = [
            (self.labels[one.actual], self.labels[one.predicted], one.count, one.share)
            for one in self.found
        ]
        return pd.DataFrame(rows, columns=["actual", "predicted", "times", "share of actual"])

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002  # there are no lines
        """The figure: a bar a confusion, its count and share of the actual class at its end."""
        size = max(1, len(self.found))
        height = _TOP + _BOTTOM + _ROW * size
        with styled():
            figure, axes = new_figure(_WIDTH, height)
            across = _WIDTH - 8 - _LEFT
            axes.set_position(
                (_LEFT / _WIDTH, _BOTTOM / height, across / _WIDTH, _ROW * size / height)
            )
            told = [f"{fitting(one.count, 6)} ({one.share:.0%})" for one in self.found]
            counts = [one.count for one in self.found]
            axes.barh(np.arange(len(counts)), counts, height=0.62, color=self.style.color)
            axes.set_yticks([])
            axes.grid(visible=False, axis="y")
            axes.set_ylim(size - 0.4, -0.6)
            ends = 6 + _LETTER * max(map(len, told), default=0)
            axes.set_xlim(0, max(counts, default=1.0) * across / (across - ends))
            whole = all(float(one).is_integer() for one in counts)
            axes.xaxis.set_major_locator(MaxNLocator(4, integer=whole, steps=[1, 2, 2.5, 5, 10]))
            axes.set_xlabel("times")
            _write(axes, -1, "actual", "predicted", GREY)
            for place, one in enumerate(self.found):
                _write(axes, place, self.labels[one.actual], self.labels[one.predicted], INK)
                _beside(axes, (one.count, place), 4, told[place], "left", INK)
        return figure


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


def _write(axes: Axes, row: float, actual: str, predicted: str, color: str) -> None:
    """Two names and an arrow, each a text of its own: names that run to the left stay in place."""
    middle = -_LEFT / 2
    _beside(axes, (0, row), middle - 12, short(actual, _LONGEST), "right", color)
    _beside(axes, (0, row), middle, "→", "center", GREY)
    _beside(axes, (0, row), middle + 12, short(predicted, _LONGEST), "left", color)


def _beside(
    axes: Axes, place: tuple[float, float], right: float, text: str, side: str, color: str
) -> None:
    """A text so many pixels to the right of a place in the data."""
    axes.annotate(
        text,
        place,
        (right * 0.72, 0),  # in points
        textcoords="offset points",
        ha=side,
        va="center",
        fontsize=8,
        color=color,
        annotation_clip=False,
    )
