"""Robust scores: how far values of a curve above 0 stand out of those before them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from reportgen.arrays import FloatArray, IntArray

MIN_BEFORE = 12  # points that must stand before one that is scored
_WINDOW = 64  # points before, of which median and scatter are taken
_MAD_TO_SD = 1.4826
_SAMPLE = 4_000  # points that the tail below is measured on


@dataclass(frozen=True, slots=True)
class LogCurve:
    """Logarithms of a curve, and what its scatter is measured by.

    Attributes:
        logs: (n,).
        window: how many points before a point are looked at.
        usual_change: the median distance of neighbours.
    """

    logs: FloatArray
    window: int
    usual_change: float

    def scores(self, places: IntArray) -> tuple[FloatArray, FloatArray]:
        """Return the robust z of values against those before, and the median of these, (k,) each.

        Args:
            places: at least `window`, (k,).
        """
        before = sliding_window_view(self.logs, self.window)[places - self.window]
        # Of the nearer half, so that the trend within the window does not hide a spike.
        near = before[:, -max(MIN_BEFORE, self.window // 2) :]
        middle = np.median(near, axis=1)
        changes = np.median(np.abs(np.diff(before, axis=1)), axis=1) / math.sqrt(2)
        spread = np.median(np.abs(near - middle[:, None]), axis=1)
        deviation = np.maximum(np.maximum(spread, changes), self.usual_change / 2)
        z = (self.logs[places] - middle) / np.maximum(_MAD_TO_SD * deviation, 1e-6)
        return z, np.exp(middle)

    def candidates(self, least: float, rise: float) -> IntArray:
        """Return the places that may exceed `least`: those far enough above the lowest before."""
        lowest = sliding_window_view(self.logs, self.window)[:-1].min(axis=1)
        height = max(math.log1p(rise), least * _MAD_TO_SD * self.usual_change / 2)
        places: IntArray = np.flatnonzero(self.logs[self.window :] - lowest > height) + self.window
        return places

    def low_tail(self) -> float:
        """Return how far the values reach below those before, but for 1 in 200."""
        stride = max(1, len(self.logs) // _SAMPLE)
        z, _ = self.scores(np.arange(self.window, len(self.logs), stride))
        low = -z[z < 0]
        return float(np.quantile(low, 0.995)) if len(low) else 0.0


def log_curve(values: FloatArray) -> LogCurve:
    """Return the logarithms of a curve.

    Args:
        values: above 0, in order, (n,).
    """
    logs = np.log(values)
    window = min(_WINDOW, max(MIN_BEFORE, len(logs) // 5))
    return LogCurve(logs, window, float(np.median(np.abs(np.diff(logs)))))
