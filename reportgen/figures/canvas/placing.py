"""Placing: where small texts and rings stand in a chart, so that none covers another.

All lengths are CSS pixels from the lower left corner of the figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from matplotlib.font_manager import FontProperties, findfont, get_font

from reportgen.arrays import FloatArray
from reportgen.figures.canvas.fitted_names import letters

_USUAL = 0.6  # width of a letter that the font lacks
_SIZE = 100.0  # at which letters are measured
_OVERLAP = 1000.0  # cost of covering another text
_OUTSIDE = 500.0  # cost of leaving the figure
Box = tuple[float, float, float, float]  # left, bottom, right, top


def text_width(text: str, size: float = 11.0, *, bold: bool = False) -> float:
    """Return how many pixels a text takes in DejaVu Sans; fonts of a page are often narrower."""
    return size * sum(_advance(letter, bold=bold) for letter in text)


@lru_cache(maxsize=2048)
def _advance(letter: str, *, bold: bool) -> float:
    """Return the width of a letter in its size; East Asian letters are as wide as high."""
    if letters(letter) > 1:
        return 1.0
    weight = "bold" if bold else "normal"
    font = get_font(findfont(FontProperties(family=["DejaVu Sans"], weight=weight)))
    if ord(letter) not in _letters(weight):
        return _USUAL
    font.set_size(_SIZE, 72)
    return float(font.load_char(ord(letter)).linearHoriAdvance) / 65_536 / _SIZE


@lru_cache(maxsize=2)
def _letters(weight: str) -> frozenset[int]:
    """Return the code points of the font of a weight."""
    font = get_font(findfont(FontProperties(family=["DejaVu Sans"], weight=weight)))
    return frozenset(font.get_charmap())


@dataclass(slots=True)
class Places:
    """The room of one chart.

    Attributes:
        width, height: of the figure.
        left: of the axes, which no text should reach over.
        points: (n, 2) of the lines, which a text should not cover.
        boxes: of what stands already.
    """

    width: float
    height: float
    left: float = 0.0
    points: FloatArray = field(default_factory=lambda: np.empty((0, 2)))
    boxes: list[Box] = field(default_factory=list)

    def choose(self, candidates: Sequence[Box], *, required: bool = True) -> int:
        """Return the index of the candidate that covers least, and take its room.

        Of equal ones the first is chosen. What is not required gets -1 and no room where it would
        cover another text or leave the figure.
        """
        costs = [self._cost(box) for box in candidates]
        best = min(range(len(candidates)), key=lambda place: costs[place])
        if not required and costs[best] >= _OUTSIDE:
            return -1
        self.boxes.append(candidates[best])
        return best

    def _cost(self, box: Box) -> float:
        left, bottom, right, top = box
        cost = sum(_OVERLAP for other in self.boxes if _overlap(box, other))
        outside = left < self.left or bottom < 0 or right > self.width or top > self.height
        x, y = self.points[:, 0], self.points[:, 1]
        covered = (x > left - 1) & (x < right + 1) & (y > bottom - 1) & (y < top + 1)
        return cost + _OUTSIDE * outside + float(covered.sum())


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places that are at least `gap` apart, near the given ones, in the same order.

    Neighbours that are too close move apart by the same distance; all stay between `low` and `high`
    as far as there is room.
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    groups: list[tuple[float, int]] = []  # middle and size
    for index in order:
        groups.append((min(max(places[index], low), high), 1))
        while len(groups) > 1 and _touch(groups[-2], groups[-1], gap):
            (first, m), (second, n) = groups[-2:]
            middle = (first * m + second * n) / (m + n)
            half = (m + n - 1) * gap / 2
            groups[-2:] = [(max(min(middle, high - half), low + half), m + n)]
    spaced = [
        middle + (place - (size - 1) / 2) * gap for middle, size in groups for place in range(size)
    ]
    result = [0.0] * len(places)
    for index, place in zip(order, spaced, strict=True):
        result[index] = place
    return result


def _touch(lower: tuple[float, int], upper: tuple[float, int], gap: float) -> bool:
    return upper[0] - lower[0] < (lower[1] + upper[1]) / 2 * gap - 1e-9


def _overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
