"""Smoother: `reportgen.series.transforms.smooth` of a series that arrives in pieces."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reportgen.series.smoothing import Smoothing
from reportgen.series.transforms import (
    Floats,
    even_recurrence,
    recurrence,
    trailing_mean,
)

_SMALL = 40.0  # e to the minus of it is less than a rounding error of 1


class Smoother:
    """Carries what the points so far mean for the next ones."""

    def __init__(self, method: Smoothing) -> None:
        """Starts a series."""
        self._parameter = method.parameter
        self._smooth = {
            "off": self._off,
            "tb": self._even,
            "ema": self._by_distance,
            "window": self._window,
        }[method.method if self._parameter else "off"]  # no weight on what was before
        self._count = 0
        self._step = 0  # of the last point
        self._sums = np.zeros(2)  # weighted, of the values and of their weights
        self._tail: Floats = np.empty(0)

    def add(self, values: Floats, steps: NDArray[np.int64]) -> Floats:
        """The next points smoothed, (n,).

        Args:
            values: (n,) finite, at least one.
            steps: (n,).
        """
        smoothed = self._smooth(values, steps)
        self._count += len(values)
        self._step = int(steps[-1])
        return smoothed

    def _off(self, values: Floats, _: NDArray[np.int64]) -> Floats:
        return values

    def _even(self, values: Floats, _: NDArray[np.int64]) -> Floats:
        weight, places = self._parameter, np.arange(1.0, len(values) + 1)
        sums = even_recurrence((1 - weight) * values, weight)
        decay = np.log(weight)
        early = places[: int(min(len(values), 745 / -decay + 1))]  # beyond, nothing is carried
        sums[: len(early)] += self._sums[0] * weight**early
        self._sums[0] = sums[-1]
        if self._count * -decay > _SMALL:
            return sums
        biased: Floats = sums / -np.expm1((self._count + places) * decay)
        return biased

    def _by_distance(self, values: Floats, steps: NDArray[np.int64]) -> Floats:
        before = self._step if self._count else int(steps[0])
        distance = np.maximum(np.diff(steps, prepend=before), 0)
        weights = np.exp(-distance / self._parameter)
        sums = recurrence(weights, np.stack([values, np.ones(len(values))]))
        sums = sums + self._sums[:, None] * weights.cumprod()
        self._sums = sums[:, -1].copy()
        mean: Floats = sums[0] / sums[1]
        return mean

    def _window(self, values: Floats, _: NDArray[np.int64]) -> Floats:
        size = int(self._parameter)
        known = np.concatenate([self._tail, values])
        self._tail = known[max(0, len(known) - size + 1) :].copy()
        return trailing_mean(known, size)[len(known) - len(values) :]
