"""Confusion matrix: what was taken for what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, ListedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray

from reportgen import wording
from reportgen.analysis import matrices
from reportgen.figures import legend as legends
from reportgen.figures import style
from reportgen.figures.style import GREY, ON_HIGH, ON_LOW, new_figure, styled

MOST_TEXT = 20  # classes; beyond, numbers no longer fit their cells
_MOST_NAMES = 40  # on an axis
_LONGEST_NAME = 14
_LETTER = 7.9  # pixels, as a phone shows them
SHARES = ListedColormap(style.SHARES)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ConfusionChart:
    """One matrix (k, k), rows actual and columns predicted, with k class names.

    Attributes:
        order: (k,) in which the classes are drawn.
    """

    title: str
    matrix: Floats
    labels: tuple[str, ...]
    order: NDArray[np.int64]
    kind: str = "confusion"

    def caption(self) -> str:
        """Accuracy, and the most frequent confusion."""
        total, right = self.matrix.sum(), np.trace(self.matrix)
        if not total:
            return "The matrix is empty."
        counts = f"{wording.number(right)} of {wording.number(total)} right"
        sentences = [f"Rows actual, columns predicted; {counts} ({right / total:.1%})."]
        worst = matrices.confusions(self.matrix, 1)
        if worst:
            actual = wording.number(self.matrix[worst[0].actual].sum())
            sentences.append(
                f"{self.labels[worst[0].actual]} is most often taken for "
                f"{self.labels[worst[0].predicted]} ({wording.number(worst[0].count)} of {actual})."
            )
        if len(self.labels) > MOST_TEXT:
            sentences.append("Classes that are taken for one another stand together.")
            sentences.append("Numbers are in the table: the cells are too small for them.")
        return " ".join(sentences)

    def alt(self) -> str:
        """The caption's facts, as the matrix itself has no words."""
        return f"Confusion matrix of {len(self.labels)} classes. {self.caption()}"

    def data(self) -> pd.DataFrame:
        """Per class: counts by predicted class, precision, recall, F1 and support."""
        names = [f"predicted {name}" for name in self.labels]
        counts = pd.DataFrame(self.matrix, columns=names)
        actual = pd.DataFrame({"actual": self.labels})
        return pd.concat([actual, counts, matrices.scores(self.matrix)], axis=1)

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002  # there are no lines
        """The figure: colour by the share of the row, so that rare classes compare."""
        place = np.ix_(self.order, self.order)
        shares = matrices.row_shares(self.matrix)[place]
        with styled():
            figure, axes = grid([self.labels[index] for index in self.order])
            fill(axes, shares, SHARES, (0.0, 1.0))
            if len(self.labels) <= MOST_TEXT:
                _write(axes, self.matrix[place], shares)
        return figure


def prepare(title: str, matrix: Floats, labels: tuple[str, ...]) -> ConfusionChart:
    """A chart of one matrix; beyond 20 classes they are put in an order of likeness.

    Args:
        title: its heading.
        matrix: (k, k); rows actual, columns predicted. What is no count is taken as 0.
        labels: k class names.
    """
    known = matrices.cleaned(np.asarray(matrix, dtype=float))
    many = len(labels) > MOST_TEXT
    order = matrices.clustered(known) if many else np.arange(len(labels))
    return ConfusionChart(title, known, tuple(labels), order)


def grid(names: list[str]) -> tuple[Figure, Axes]:
    """An empty square figure with class names on both axes, the first at the top."""
    size = len(names)
    side = min(440, max(360, 110 + 62 * size))
    figure, axes = new_figure(side, side - 40)
    axes.grid(visible=False)
    every = max(1, -(-size // _MOST_NAMES))
    places = np.arange(0, size, every)
    small: dict[str, Any] = {"fontsize": 6} if size > MOST_TEXT else {}
    shown = [short(name) for name in names[::every]]
    upright = _place(axes, (side, side - 40), shown)
    axes.set_xticks(places + 0.5, shown, rotation=90 if upright else 0, **small)
    axes.set_yticks(places + 0.5, shown, **small)
    axes.tick_params(length=0)
    axes.set_xlim(0, max(size, 1))
    axes.set_ylim(max(size, 1), 0)
    axes.set_xlabel("predicted", color=GREY)
    axes.set_ylabel("actual", color=GREY)
    return figure, axes


def _place(axes: Axes, sides: tuple[int, int], names: list[str]) -> bool:
    """Makes room for the names and what the axes are; returns whether names below stand upright.

    Args:
        axes: to be placed.
        sides: of the figure, in pixels.
        names: as they are shown.
    """
    width, height = sides
    letter = _LETTER if len(names) <= MOST_TEXT else _LETTER / 2
    longest = letter * max(map(len, names), default=0)
    left = max(0.24 * width, 38 + longest)
    across = 0.98 * width - left
    upright = len(names) >= 5 or longest > across / max(len(names), 1)
    bottom = max(0.22 * height, 34 + longest) if upright else 0.16 * height
    axes.set_position((left / width, bottom / height, across / width, 0.98 - bottom / height))
    axes.yaxis.set_label_coords((14 - left) / across, 0.5)
    if upright:
        axes.xaxis.set_label_coords(0.5, (18 - bottom) / (0.98 * height - bottom))
    return upright


def fill(axes: Axes, values: Floats, colors: Colormap, limits: tuple[float, float]) -> None:
    """The cells of a matrix, (k, k), from the top."""
    if len(values):
        low, high = limits
        line = 1.0 if len(values) <= MOST_TEXT else 0.0
        axes.pcolormesh(
            values, cmap=colors, vmin=low, vmax=high, edgecolors="white", linewidth=line
        )


def cell_text(axes: Axes, row: float, column: float, text: str, size: float, color: str) -> None:
    """A number in a cell."""
    axes.text(column, row, text, color=color, ha="center", va="center", fontsize=size)


def short(name: str, most: int = _LONGEST_NAME) -> str:
    """A name of at most so many characters, its end kept: there names differ."""
    return legends.short(name, most)


def _write(axes: Axes, matrix: Floats, shares: Floats) -> None:
    """The count in each cell, and where there is room the share of its row below."""
    roomy = len(matrix) <= MOST_TEXT // 2
    for (row, column), part in np.ndenumerate(shares):
        text = wording.number(float(matrix[row, column]), 3)
        size, color = (
            (9 if len(matrix) <= 6 else 7 if roomy else 6),
            ON_HIGH if part >= 0.5 else ON_LOW,
        )
        cell_text(axes, row + (0.36 if roomy else 0.5), column + 0.5, text, size, color)
        if roomy:
            cell_text(axes, row + 0.64, column + 0.5, f"{part:.0%}", size, color)
