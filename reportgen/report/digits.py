"""Digits: all numbers of one metric with as many decimals as its noise justifies."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from reportgen import wording
from reportgen.analysis.summary import Summary

_MIN_DIFFERENCES = 5  # from value to value, to estimate a noise
_SMALLEST, _LARGEST = 1e-4, 1e6  # outside, a number is written with an exponent
_DIGITS = 4  # of the largest value, if the noise is not known
_MIN_DIGITS = 2  # of the smallest value
_MAX_DECIMALS = 6


def decimals(summary: Summary, index: int) -> int:
    """Return how many decimals the values of a metric have in a table.

    At most one more than its noise leaves significant, and none that is 0 in every row.

    Args:
        summary: of all runs.
        index: of the metric.
    """
    values = [abs(value) for value in _shown(summary, index) if _SMALLEST <= abs(value) < _LARGEST]
    if not values:
        return 0
    wanted = max(_after(max(values), _DIGITS), _after(min(values), _MIN_DIGITS))
    noise = _noise(summary, index)
    if noise > 0:
        wanted = min(wanted, _after(noise, 2))
    limit = min(wanted, _MAX_DECIMALS)
    return next((count for count in range(limit, 0, -1) if not _is_zero(values, count)), 0)


def fixed(value: float, places: int) -> str:
    """Return a value with so many decimals, or with an exponent if it would need too many."""
    text = f"{value + 0.0:.{places}f}"  # no negative zero
    if not (value == 0 or _SMALLEST <= abs(value) < _LARGEST) or (value and not float(text)):
        return wording.number(value, _MIN_DIGITS if abs(value) < 1 else _DIGITS)
    return text.replace("-", "\N{MINUS SIGN}")


def change(difference: float, places: int) -> str:
    """Return a difference with so many decimals and its sign; "" for NaN."""
    if math.isnan(difference):
        return ""
    return f"{'+' if difference > 0 else ''}{fixed(difference, places)}"


def _shown(summary: Summary, index: int) -> Iterator[float]:
    for run in summary.runs:
        reached = run.reached[index]
        if reached:
            yield from (reached.value, reached.last)


def _noise(summary: Summary, index: int) -> float:
    """Return the median difference of consecutive values in the second half; 0 if unknown."""
    reached = [row.reached[index] for row in summary.runs]
    halves = [run.values[len(run.values) // 2 :] for run in reached if run]
    steps = [np.abs(np.diff(values)) for values in halves]
    medians = [float(np.median(step)) for step in steps if len(step) >= _MIN_DIFFERENCES]
    noise = float(np.median(medians)) if medians else 0.0
    return noise if noise >= _SMALLEST else 0.0


def _after(value: float, digits: int) -> int:
    """Return how many decimals show so many digits of a value."""
    return max(0, digits - 1 - math.floor(math.log10(value)))


def _is_zero(values: list[float], places: int) -> bool:
    """Return whether the last of so many decimals is 0 in all values."""
    return all(f"{value:.{places}f}".endswith("0") for value in values)
