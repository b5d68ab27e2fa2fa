"""Mermaid: a metric's curves as an xychart, for hosts that draw it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reportgen.figures.curves.series import Series, StepCurves
from reportgen.outputs.markdown.commonmark import fenced

_MAX_LINES = 5
_POINTS = 30  # a line; GitLab draws no chart of more than 2,000 characters unasked
_COLORS = ("#0072b2", "#d55e00", "#009e73", "#7b4fa3", "#8c564b")
_SQUARES = "🟦🟧🟩🟪🟫"  # the same colours in text, as Mermaid has no legend
_UNSAFE = re.compile(r"[^\w .,/()=+-]")
_LARGEST, _SMALLEST = 1e9, 1e-6  # Mermaid knows no exponents


def xychart(title: str, curves: StepCurves, order: Sequence[str]) -> str:
    """Return the chart in its fence; "" if Mermaid cannot draw it.

    Args:
        title: of the y axis.
        curves: any metric's.
        order: run groups, the best first, as only the first lines are drawn.
    """
    drawn = _chosen(curves, order)
    if not drawn:
        return ""
    low, high = _ends(drawn)
    lines = [_resampled(series, low, high) for series in drawn]
    bottom, top = _range(lines)
    if max(abs(bottom), abs(top)) > _LARGEST or top - bottom < _SMALLEST:
        return ""
    palette = ", ".join(_COLORS)
    rows = [
        f'%%{{init: {{"themeVariables": {{"xyChart": {{"plotColorPalette": "{palette}"}}}}}}}}%%',
        "xychart-beta",
        f'  x-axis "step" {low} --> {high}',
        f'  y-axis "{_safe(title)}" {_number(bottom)} --> {_number(top)}',
        *(f"  line [{', '.join(_number(value) for value in line)}]" for line in lines),
    ]
    return fenced("\n".join(rows), "mermaid")


def legend(curves: StepCurves, order: Sequence[str]) -> list[tuple[str, str]]:
    """Return a coloured square and the name of each line that `xychart` draws."""
    return [
        (square, series.name)
        for square, series in zip(_SQUARES, _chosen(curves, order), strict=False)
    ]


def _chosen(curves: StepCurves, order: Sequence[str]) -> list[Series]:
    """Return the lines to draw, best runs first; if there are too many, those of held-out data."""
    place = {group: index for index, group in enumerate(order)}
    lines = [line for line in curves.series if len(set(line.steps)) > 1]
    lines.sort(key=lambda line: place.get(line.group, len(place)))
    held_out = [line for line in lines if line.split in ("validation", "test")]
    return (held_out if held_out and len(lines) > _MAX_LINES else lines)[:_MAX_LINES]


def _ends(lines: Sequence[Series]) -> tuple[int, int]:
    first = min(int(line.steps.min()) for line in lines)
    return first, max(int(line.steps.max()) for line in lines)


def _resampled(line: Series, low: int, high: int) -> NDArray[np.float64]:
    """Return values at even distances, as Mermaid spaces a line's points evenly."""
    order = np.argsort(line.steps, kind="stable")
    return np.interp(np.linspace(low, high, _POINTS), line.steps[order], line.smoothed[order])


def _range(curves: Sequence[NDArray[np.float64]]) -> tuple[float, float]:
    low = float(min(curve.min() for curve in curves))
    high = float(max(curve.max() for curve in curves))
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _number(value: float) -> str:
    return np.format_float_positional(value, precision=4, fractional=False, trim="-")


def _safe(text: str) -> str:
    """Return text without what could end a Mermaid string or begin a directive."""
    return _UNSAFE.sub("_", " ".join(text.split()))[:60]
