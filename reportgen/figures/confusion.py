"""Confusion matrix: what was taken for what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray

from reportgen import wording
from reportgen.figures.style import GREY, ON_HIGH, ON_LOW, SHARES, new_figure, styled

_MOST_TEXT = 20  # classes; beyond, numbers no longer fit their cells
_LONGEST_NAME = 14
_COLORMAP = ListedColormap(SHARES)


@dataclass(frozen=True, slots=True)
class ConfusionChart:
    """One matrix (k, k), rows actual and columns predicted, with k class names."""

    title: str
    matrix: NDArray[np.float64]
    labels: tuple[str, ...]
    kind: str = "confusion"

    def caption(self) -> str:
        """Accuracy, and the most frequent confusion."""
        total, right = self.matrix.sum(), np.trace(self.matrix)
        if not total:
            return "The matrix is empty."
        counts = f"{wording.number(right)} of {wording.number(total)} right"
        sentences = [f"Rows actual, columns predicted; {counts} ({right / total:.1%})."]
        wrong = self.matrix - np.diag(np.diag(self.matrix))
        if wrong.any():
            actual, predicted = np.unravel_index(wrong.argmax(), wrong.shape)
            sentences.append(
                f"{self.labels[actual]} is most often taken for {self.labels[predicted]} "
                f"({wording.number(float(wrong[actual, predicted]))} of "
                f"{wording.number(self.matrix[actual].sum())})."
            )
        if len(self.labels) > _MOST_TEXT:
            sentences.append("Numbers are in the table: the cells are too small for them.")
        return " ".join(sentences)

    def alt(self) -> str:
        """The caption's facts, as the matrix itself has no words."""
        return f"Confusion matrix of {len(self.labels)} classes. {self.caption()}"

    def data(self) -> pd.DataFrame:
        """Per class: counts by predicted class, precision, recall, F1 and support."""
        right, support = np.diag(self.matrix), self.matrix.sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            precision, recall = right / self.matrix.sum(axis=0), right / support
            f1 = 2 * precision * recall / (precision + recall)
        counts = {
            f"predicted {name}": column
            for name, column in zip(self.labels, self.matrix.T, strict=True)
        }
        scores = {"precision": precision, "recall": recall, "F1": f1, "support": support}
        return pd.DataFrame({"actual": self.labels} | counts | scores)

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002
        """The figure: colour by the share of the row, so that rare classes compare."""
        size = len(self.labels)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.nan_to_num(self.matrix / self.matrix.sum(axis=1, keepdims=True))
        with styled():
            side = min(440, max(360, 110 + 62 * size))
            figure, axes = new_figure(side, side - 40)
            axes.set_position((0.24, 0.16, 0.74, 0.82))
            axes.grid(visible=False)
            axes.pcolormesh(share, cmap=_COLORMAP, vmin=0, vmax=1, edgecolors="white", linewidth=1)
            axes.invert_yaxis()
            names = [_short(name) for name in self.labels]
            every = max(1, size // _MOST_TEXT)
            places = np.arange(0, size, every)
            axes.set_xticks(places + 0.5, names[::every], rotation=0 if size < 5 else 90)
            axes.set_yticks(places + 0.5, names[::every])
            axes.tick_params(length=0)
            axes.set_xlabel("predicted", color=GREY)
            axes.set_ylabel("actual", color=GREY)
            roomy = size <= _MOST_TEXT // 2
            if size <= _MOST_TEXT:
                for (row, column), part in np.ndenumerate(share):
                    text = wording.number(float(self.matrix[row, column]), 3)
                    look: dict[str, Any] = {
                        "ha": "center",
                        "va": "center",
                        "fontsize": 9 if roomy else 6,
                        "color": ON_HIGH if part >= 0.5 else ON_LOW,
                    }
                    axes.text(column + 0.5, row + (0.36 if roomy else 0.5), text, **look)
                    if roomy:
                        axes.text(column + 0.5, row + 0.64, f"{part:.0%}", **look)
        return figure


def prepare(title: str, matrix: NDArray[np.float64], labels: tuple[str, ...]) -> ConfusionChart:
    """A chart of one matrix.

    Args:
        title: its heading.
        matrix: (k, k), finite and not negative; rows actual, columns predicted.
        labels: k class names.
    """
    return ConfusionChart(title, np.asarray(matrix, dtype=float), labels)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
