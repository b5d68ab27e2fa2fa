"""Confusion matrix: how often each class was predicted as each other class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis import matrices
from reportgen.arrays import FloatArray, IntArray
from reportgen.figures.canvas import cells, style
from reportgen.figures.canvas.fitted_names import LONGEST, narrow
from reportgen.figures.canvas.rings import RingPlace, draw_rings
from reportgen.figures.canvas.style import ON_HIGH, ON_LOW, styled
from reportgen.figures.chart import Chart
from reportgen.figures.classification.matrix_grid import (
    MOST_TEXT,
    cell_text,
    fill,
    fitting,
    grid,
    room,
    text_size,
)
from reportgen.figures.mark import Mark
from reportgen.figures.text_table import TextCell, TextColumn, TextTable

_MAX_COLUMNS = 15  # of the text table
SHARES = ListedColormap(style.SHARES)


@dataclass(frozen=True, slots=True)
class ConfusionChart(Chart):
    """One matrix (k, k), rows actual and columns predicted, with k class names.

    Attributes:
        order: (k,) in which the classes are drawn.
        unknown: how many cells held no valid count and are counted as 0.
        marks: of findings.
    """

    kind: ClassVar[str] = "confusion"
    matrix: FloatArray
    labels: tuple[str, ...]
    order: IntArray
    unknown: int = 0
    marks: tuple[Mark, ...] = ()

    def caption(self) -> str:
        """Return the accuracy and the most frequent confusion."""
        right = matrices.accuracy(self.matrix)
        if np.isnan(right):
            return f"The matrix is empty.{unknown_text(self.unknown)}"
        sentences = [f"Rows actual, columns predicted; {accuracy_text(self.matrix)}."]
        worst = matrices.confusions(self.matrix, 1)
        if worst:
            actual = wording.amount(self.matrix[worst[0].actual].sum())
            sentences.append(
                f"{in_words(self.labels[worst[0].actual])} is most often taken for "
                f"{in_words(self.labels[worst[0].predicted])} ({wording.amount(worst[0].count)} "
                f"of {actual})."
            )
        if len(self.labels) > MOST_TEXT:
            sentences.append("Classes that are often confused are next to each other.")
            sentences.append("The counts are in the data, as the cells are too small for them.")
        return " ".join(sentences) + unknown_text(self.unknown)

    def alt(self) -> str:
        """Return the number of classes, and the caption."""
        return f"Confusion matrix of {wording.count(len(self.labels), 'class', 'classes')}. " + (
            self.caption()
        )

    def data(self) -> pd.DataFrame:
        """Return counts by predicted class, precision, recall, F1 and support, a row a class."""
        names = [f"predicted {name}" for name in self.labels]
        counts = pd.DataFrame(self.matrix, columns=names)
        actual = pd.DataFrame({"actual": self.labels})
        return pd.concat([actual, counts, matrices.scores(self.matrix)], axis=1)

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large."""
        return 150

    def with_marks(self, marks: Sequence[Mark]) -> ConfusionChart:
        """Return the chart with the marks of findings about its cells."""
        return replace(self, marks=tuple(marks))

    def text_table(self, order: Mapping[str, int]) -> TextTable | None:
        """Return the matrix, correct counts emphasised; None where it is too wide for a page."""
        del order
        if len(self.labels) > _MAX_COLUMNS:
            return None
        names = [wording.clipped(label, 30) for label in self.labels]
        predicted = (TextColumn(f"predicted {name}", numeric=True) for name in names)
        return TextTable(
            columns=(TextColumn("actual"), *predicted),
            rows=tuple(
                (
                    TextCell(name),
                    *(
                        TextCell(wording.number(count), count, best=row == column)
                        for column, count in enumerate(self.matrix[row].tolist())
                    ),
                )
                for row, name in enumerate(names)
            ),
            explanation=self.caption(),
        )

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002  # there are no lines
        """Return the figure, coloured by the share of the row, so that rare classes compare."""
        place = np.ix_(self.order, self.order)
        shares = matrices.row_shares(self.matrix)[place]
        with styled():
            figure, axes = grid([self.labels[index] for index in self.order])
            fill(axes, shares, SHARES, (0.0, 1.0))
            if len(self.labels) <= MOST_TEXT:
                _write(axes, self.matrix[place], shares)
            self._mark_cells(figure, axes)
        return figure

    def _mark_cells(self, figure: Figure, axes: Axes) -> None:
        """Frame the cells that marks are about; their rings are at the upper left corners."""
        drawn = {int(label): place for place, label in enumerate(self.order)}
        places = [
            RingPlace(mark, drawn[column], drawn[row])
            for mark in self.marks
            for row, column in mark.cells
            if row in drawn and column in drawn
        ]
        for place in places:
            cells.outline(axes, place.x, place.y, 1)
        draw_rings(figure, axes, places)


def prepare(title: str, matrix: FloatArray, labels: Sequence[str]) -> ConfusionChart:
    """Return a chart of one matrix; more than 20 classes are ordered by similarity.

    Args:
        title: its heading.
        matrix: (k, k); rows actual, columns predicted. Invalid counts are reported and taken as 0.
        labels: k class names; a class without a name is named by its index.
    """
    logged = np.asarray(matrix, dtype=float)
    counts = matrices.cleaned(logged)
    names = matrices.named(labels, len(counts))
    return ConfusionChart(title, counts, names, order(counts), matrices.unknown(logged))


def order(matrix: FloatArray) -> IntArray:
    """Return the order (k,) in which classes are drawn: as given, or by similarity beyond 20."""
    large = len(matrix) > MOST_TEXT
    return matrices.clustered(matrix) if large else np.arange(len(matrix))


def in_words(name: str) -> str:
    """Return a class name that is short enough for a sentence."""
    return narrow(name, LONGEST)


def accuracy_text(matrix: FloatArray) -> str:
    """Return the accuracy in words: "9 of 10 right (90.0%)"."""
    right, total = float(np.trace(matrix)), float(matrix.sum())
    return f"{wording.amount(right)} of {wording.amount(total)} right ({right / total:.1%})"


def unknown_text(cells: int) -> str:
    """Return a sentence about cells without a valid count; "" where there are none."""
    if not cells:
        return ""
    invalid = wording.count(cells, "cell holds", "cells hold")
    return f" {invalid} no count (NaN, infinite or negative), taken as 0."


def _write(axes: Axes, matrix: FloatArray, shares: FloatArray) -> None:
    """Write the count into each cell, and below it the share of its row where there is room."""
    roomy = len(matrix) <= MOST_TEXT // 2
    size = text_size(len(matrix))
    digits = room(axes, len(matrix), size)
    logged_rows = matrix.sum(axis=1) > 0
    for (row, column), share in np.ndenumerate(shares):
        text = fitting(float(matrix[row, column]), digits)
        color = ON_HIGH if share >= 0.5 else ON_LOW
        cell_text(axes, row + (0.36 if roomy else 0.5), column + 0.5, text, size, color)
        if roomy and logged_rows[row]:
            cell_text(axes, row + 0.64, column + 0.5, f"{share:.0%}", size, color)
