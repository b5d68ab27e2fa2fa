"""Group differences: by how much the means of seed groups differ, with intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis.groups.group_results import GroupResult
from reportgen.analysis.groups.superiority import Better, Comparison, compare
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.fitted_names import short
from reportgen.figures.canvas.limits import say, undrawable
from reportgen.figures.canvas.style import GREY, INK, styled
from reportgen.figures.chart import Chart
from reportgen.figures.groups.group_rows import MAX_ROWS, POINT, TEXT, new_rows, row_limits

_MAX_ALL_PAIRS = 6  # groups; of more, each is compared with the best only
_MIN_SEEDS = 5  # with fewer, the caption says that the intervals are wide
_MAX_NAME = 14  # characters of a group in a row
_MAX_TEXTS = 8
_BACKGROUND = "#ffffff"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups: their names, the better mean first, and how they compare."""

    first: str
    second: str
    comparison: Comparison

    @property
    def crosses_zero(self) -> bool:
        """Whether the interval of the difference holds 0, or is not known."""
        low, high = self.comparison.difference_low, self.comparison.difference_high
        return not (low > 0 or high < 0)


@dataclass(frozen=True, slots=True)
class GroupDifferencesChart(Chart):
    """Differences of the means of groups, a row a pair.

    Attributes:
        tag: as logged.
        direction: the better one, "up" or "down".
        pairs: those of the best group first.
        groups: how many there are.
        wide: whether it takes the page's whole width.
    """

    kind: ClassVar[str] = "group_differences"
    tag: str
    direction: str
    pairs: tuple[Pair, ...]
    groups: int
    wide: bool = False

    def subtitle(self) -> str:
        """Return what a dot and a line are, and how many seeds stand behind them."""
        seeds = sorted({pair.comparison.seeds for pair in self.pairs})
        count = f"n = {seeds[0]}" if len(seeds) == 1 else f"n from {seeds[0]}" if seeds else ""
        interval = f"difference of the means with its 95 % interval (Welch, {count})"
        better = "positive" if self.direction == "up" else "negative"
        return f"{self.tag}, {interval} · {better}: the first is better"

    def caption(self) -> str:
        """Return what hollow dots mean, and what the intervals do not say."""
        if not self.pairs:
            return "There are no two groups with a finite value."
        hollow = any(pair.crosses_zero for pair in self.pairs)
        few = min(pair.comparison.seeds for pair in self.pairs)
        doubtful = [
            self._name(pair)
            for pair in self.pairs
            if not pair.crosses_zero and not pair.comparison.is_real
        ]
        parts = [
            "Hollow and grey: the interval holds 0, so the order may be chance." if hollow else "",
            f"With {wording.count(few, 'seed')} a group the intervals are wide."
            if few < _MIN_SEEDS
            else "",
            f"The seeds overlap in {wording.listing(doubtful)}: not certain." if doubtful else "",
            f"Of {len(self.pairs)} intervals, about one in twenty misses the true difference."
            if len(self.pairs) > _MAX_ALL_PAIRS
            else "",
            f"Each of {self.groups:,} groups is compared with the best only."
            if self.groups > _MAX_ALL_PAIRS
            else "",
            f"The first {MAX_ROWS} of {len(self.pairs)} pairs."
            if len(self.pairs) > MAX_ROWS
            else "",
        ]
        return " ".join(filter(None, parts))

    def shown(self) -> tuple[Pair, ...]:
        """Return the pairs that have a row."""
        return self.pairs[:MAX_ROWS]

    def alt(self) -> str:
        """Return each difference with its interval."""
        texts = [f"{self._name(pair)} {_text(pair)}" for pair in self.pairs[:_MAX_TEXTS]]
        hidden = len(self.pairs) - len(texts)
        rest = f"; and {wording.count(hidden, 'more pair')}" if hidden > 0 else ""
        return f"Differences of {self.tag} between groups: {'; '.join(texts) or 'none'}{rest}."

    def data(self) -> pd.DataFrame:
        """Return difference, interval, and probability of superiority, a row a pair."""
        rows = [
            (
                pair.first,
                pair.second,
                pair.comparison.difference,
                pair.comparison.difference_low,
                pair.comparison.difference_high,
                pair.comparison.probability,
            )
            for pair in self.pairs
        ]
        names = ["first", "second", "difference", "low", "high", "probability first beats second"]
        return pd.DataFrame(rows, columns=names)

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002  # rows have names
        """Return the figure; dots have the ids difference-1, ..., intervals interval-1, ..."""
        with styled():
            figure, axes = new_rows(
                [self._name(pair) for pair in self.shown()], 932 if self.wide else 452
            )
            values = np.array([pair.comparison.difference for pair in self.shown()], float)
            reason = undrawable(values)
            if reason:
                say(axes, reason)
                return figure
            axes.set_xlim(*row_limits(np.append(values, 0.0), self._edges()))
            axes.axvline(0, color=INK, linewidth=POINT, gid="zero")
            for row, pair in enumerate(self.shown(), start=1):
                _row(axes, pair, row)
            axes.set_xlabel(f"difference in {self.tag}")
        return figure

    def _edges(self) -> FloatArray:
        return np.array(
            [
                (pair.comparison.difference_low, pair.comparison.difference_high)
                for pair in self.shown()
            ],
            float,
        )

    @staticmethod
    def _name(pair: Pair) -> str:
        return f"{short(pair.first, _MAX_NAME)} \N{MINUS SIGN} {short(pair.second, _MAX_NAME)}"


def _row(axes: Axes, pair: Pair, row: int) -> None:
    y = 1 - row
    color = GREY if pair.crosses_zero else INK
    low, high = pair.comparison.difference_low, pair.comparison.difference_high
    if not math.isnan(low):
        axes.plot([low, high], [y, y], color=color, linewidth=1.6 * POINT, gid=f"interval-{row}")
    axes.plot(
        pair.comparison.difference,
        y,
        "o",
        markersize=8.5 * POINT,
        markerfacecolor=_BACKGROUND if pair.crosses_zero else color,
        markeredgecolor=color,
        markeredgewidth=1.3 * POINT,
        gid=f"difference-{row}",
    )
    axes.annotate(
        f"{_signed(pair.comparison.difference)}{', may be none' if pair.crosses_zero else ''}",
        (pair.comparison.difference, y),
        (0, 8),
        textcoords="offset pixels",
        ha="center",
        color=color,
        fontsize=(TEXT - 1) * POINT,
        weight="normal" if pair.crosses_zero else "bold",
        # The line at 0 stops beside it.
        bbox={"facecolor": _BACKGROUND, "edgecolor": "none", "pad": POINT},
    )


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{wording.number(value, 3)}"


def _text(pair: Pair) -> str:
    comparison = pair.comparison
    if math.isnan(comparison.difference_low):
        return f"{_signed(comparison.difference)} (one seed: no interval)"
    ends = " to ".join(map(_signed, (comparison.difference_low, comparison.difference_high)))
    return f"{_signed(comparison.difference)} ({ends})"


def prepare(
    title: str, tag: str, better: Better, results: Sequence[GroupResult], *, wide: bool = False
) -> GroupDifferencesChart:
    """Return the chart of one metric: all pairs of a few groups, or each against the best.

    Args:
        title: its heading.
        tag: as logged.
        better: which direction is better.
        results: the best group first.
        wide: whether it takes the page's whole width.
    """
    if len(results) > _MAX_ALL_PAIRS:
        chosen = [(results[0], other) for other in results[1:]]
    else:
        chosen = list(combinations(results, 2))
    pairs = tuple(
        Pair(first.name, second.name, compare(first.values, second.values, better))
        for first, second in chosen
    )
    return GroupDifferencesChart(title, tag, better, pairs, len(results), wide)
