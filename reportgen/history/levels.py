"""Levels of a series of values, one a report: where it changed by more than its noise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from reportgen.arrays import FloatArray

# A change must be this many standard errors, in means and in medians. Of series of noise, normal
# or Student's t with 3 degrees of freedom, 30 to 300 values long, about 1 in 100 has a change then;
# one of 4 standard deviations is found in 3 of 4 series after 3 values, in 9 of 10 after 5.
THRESHOLD = 4.0
_BEFORE, _AFTER = 5, 3  # values that a change needs on either side
_WINDOW = 10  # values on either side that are compared
_NEAR = 5  # the place of a change is looked for this near the largest difference
_EFFICIENCY = 1.2533  # standard error of a median of normal values, as that of a mean: sqrt(pi / 2)
_BAND = 2.0  # standard deviations


@dataclass(frozen=True, slots=True)
class Level:
    """A stretch without a change.

    Attributes:
        start, stop: places in the series, the second exclusive.
        center: the median.
        low, high: two standard deviations of the noise below and above it.
    """

    start: int
    stop: int
    center: float
    low: float
    high: float


def levels(values: Sequence[float]) -> list[Level]:
    """Return the levels of a series, at least one where there is a value.

    Args:
        values: finite, in the order of time.
    """
    series = np.asarray(values, np.float64)
    if not len(series):
        return []
    noise = _noise(series)
    bounds = [0, *_changes(series, noise), len(series)]
    return [_level(series, start, stop, noise) for start, stop in pairwise(bounds)]


def _level(series: FloatArray, start: int, stop: int, noise: float) -> Level:
    center = float(np.median(series[start:stop]))
    return Level(start, stop, center, center - _BAND * noise, center + _BAND * noise)


def _noise(series: FloatArray) -> float:
    """Return the standard deviation of the noise, from the differences of neighbours.

    These hold no level; their median absolute deviation is unmoved by single values far off. 1.4826
    makes it a standard deviation of normal values, and a difference has twice the variance.
    """
    differences = np.diff(series)
    if not len(differences):
        return 0.0
    deviation = np.median(np.abs(differences - np.median(differences)))
    return float(1.4826 * deviation / np.sqrt(2))


def _changes(series: FloatArray, noise: float) -> list[int]:
    """Return the places where a new level begins: the largest change, and those on its sides."""
    places = range(_BEFORE, len(series) - _AFTER + 1)
    if not places:
        return []
    scores = [_score(series, place, noise) for place in places]
    largest = int(np.argmax(scores))
    if scores[largest] < THRESHOLD:
        return []
    place = _located(series, places[largest])
    before, after = _changes(series[:place], noise), _changes(series[place:], noise)
    return [*before, place, *(place + other for other in after)]


def _score(series: FloatArray, place: int, noise: float) -> float:
    """Return a change in standard errors: the smaller of that of means and that of medians."""
    before = series[max(0, place - _WINDOW) : place]
    after = series[place : place + _WINDOW]
    of_medians = abs(float(np.median(after) - np.median(before))) / _EFFICIENCY
    change = min(of_medians, abs(float(np.mean(after) - np.mean(before))))
    if noise == 0:
        return math.inf if change > 0 else 0.0
    return change / (noise * math.sqrt(1 / len(before) + 1 / len(after)))


def _located(series: FloatArray, place: int) -> int:
    """Return the place near another at which two medians fit best, by absolute deviations."""
    start, stop = max(0, place - _WINDOW), min(len(series), place + _WINDOW)
    near = range(max(_BEFORE, place - _NEAR), min(len(series) - _AFTER, place + _NEAR) + 1)

    def deviation(split: int) -> float:
        parts = (series[start:split], series[split:stop])
        return sum(float(np.abs(part - np.median(part)).sum()) for part in parts if len(part))

    return min(near, key=deviation)
