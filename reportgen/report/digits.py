"""Digits: numbers of one metric with as many decimals as its noise deserves, alike in all rows."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from reportgen import wording
from reportgen.analysis.summary import Summary

_FEWEST_STEPS = 5  # from value to value, that tell a noise
_LEAST, _MOST = 1e-4, 1e6  # outside, a number is written with an exponent
_DIGITS = 4  # of the largest value, where no noise is known
_FEWEST_DIGITS = 2  # of the smallest
_MOST_DECIMALS = 6


def decimals(summary: Summary, index: int) -> int:
    """How many decimals the values of a metric have in a table.

    At most those that its noise leaves a meaning, and one more; none that is 0 in every row.

    Args:
        summary: of all runs.
        index: of the metric.
    """
    values = [abs(value) for value in _shown(summary, index) if _LEAST <= abs(value) < _MOST]
    if not values:
        return 0
    wanted = max(_after(max(values), _DIGITS), _after(min(values), _FEWEST_DIGITS))
    noise = _noise(summary, index)
    if noise > 0:
        wanted = min(wanted, _after(noise, 2))
    most = min(wanted, _MOST_DECIMALS)
    return next((one for one in range(most, 0, -1) if not _idle(values, one)), 0)


def fixed(value: float, places: int) -> str:
    """A value with so many decimals; with an exponent where it would take too many."""
    text = f"{value + 0.0:.{places}f}"  # no negative zero
    if not (value == 0 or _LEAST <= abs(value) < _MOST) or (value and not float(text)):
        return wording.number(value, _FEWEST_DIGITS if abs(value) < 1 else _DIGITS)
    return text.replace("-", "\N{MINUS SIGN}")


def change(difference: float, places: int) -> str:
    """A difference with so many decimals and its sign; "" where it is not known."""
    if math.isnan(difference):
        return ""
    return f"{'+' if difference > 0 else ''}{fixed(difference, places)}"


def _shown(summary: Summary, index: int) -> Iterator[float]:
    for run in summary.runs:
        reached = run.reached[index]
        if reached:
            yield from (reached.value, reached.last)


def _noise(summary: Summary, index: int) -> float:
    """What values differ by from one to the next, in the usual run's second half; 0 if none."""
    held = [row.reached[index] for row in summary.runs]
    steps = [np.abs(np.diff(one.values[len(one.values) // 2 :])) for one in held if one]
    medians = [float(np.median(step)) for step in steps if len(step) >= _FEWEST_STEPS]
    noise = float(np.median(medians)) if medians else 0.0
    return noise if noise >= _LEAST else 0.0


def _after(value: float, digits: int) -> int:
    """How many decimals show so many digits of a value."""
    return max(0, digits - 1 - math.floor(math.log10(value)))


def _idle(values: list[float], places: int) -> bool:
    """Whether the last of so many decimals is 0 in all of them."""
    return all(f"{value:.{places}f}".endswith("0") for value in values)
