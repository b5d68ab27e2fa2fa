"""Smoother: smooth a series that arrives in pieces, as `transforms.smooth` does a whole one."""

from __future__ import annotations

import numpy as np

from reportgen.arrays import FloatArray, IntArray
from reportgen.series.smoothing import Smoothing
from reportgen.series.transforms import (
    even_recurrence,
    recurrence,
    trailing_mean,
)

_NEGLIGIBLE = 40.0  # exp(-40) is less than the rounding error of 1


class Smoother:
    """Smooths the pieces of one series in order."""

    def __init__(self, method: Smoothing) -> None:
        """Start a series."""
        self._parameter = method.parameter
        self._smooth = {
            "off": self._off,
            "auto": self._off,  # follows from the sketch, see `History.smoothed`
            "tb": self._even,
            "ema": self._by_distance,
            "window": self._window,
        }[method.method if self._parameter else "off"]  # tb:0 gives earlier points no weight
        self._count = 0
        self._step = 0  # of the last point
        self._sums = np.zeros(2)  # weighted, of the values and of their weights
        self._tail: FloatArray = np.empty(0)

    def add(self, values: FloatArray, steps: IntArray) -> FloatArray:
        """Return the next points smoothed, (n,).

        Args:
            values: (n,) finite, n > 0.
            steps: (n,).
        """
        smoothed = self._smooth(values, steps)
        self._count += len(values)
        self._step = int(steps[-1])
        return smoothed

    def _off(self, values: FloatArray, _: IntArray) -> FloatArray:
        return values

    def _even(self, values: FloatArray, _: IntArray) -> FloatArray:
        weight, places = self._parameter, np.arange(1.0, len(values) + 1)
        sums = even_recurrence((1 - weight) * values, weight)
        decay = np.log(weight)
        early = places[: int(min(len(values), 745 / -decay + 1))]  # later the power underflows to 0
        sums[: len(early)] += self._sums[0] * weight**early
        self._sums[0] = sums[-1]
        if self._count * -decay > _NEGLIGIBLE:
            return sums
        biased: FloatArray = sums / -np.expm1((self._count + places) * decay)
        return biased

    def _by_distance(self, values: FloatArray, steps: IntArray) -> FloatArray:
        before = self._step if self._count else int(steps[0])
        distance = np.maximum(np.diff(steps, prepend=before), 0)
        weights = np.exp(-distance / self._parameter)
        sums = recurrence(weights, np.stack([values, np.ones(len(values))]))
        sums = sums + self._sums[:, None] * weights.cumprod()
        self._sums = sums[:, -1].copy()
        mean: FloatArray = sums[0] / sums[1]
        return mean

    def _window(self, values: FloatArray, _: IntArray) -> FloatArray:
        size = int(self._parameter)
        series = np.concatenate([self._tail, values])
        self._tail = series[max(0, len(series) - size + 1) :].copy()
        return trailing_mean(series, size)[len(series) - len(values) :]
