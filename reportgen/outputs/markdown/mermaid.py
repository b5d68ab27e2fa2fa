"""Mermaid: a metric's curves as an xychart, for hosts that draw it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from reportgen.arrays import FloatArray
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


def early_ends(curves: StepCurves, order: Sequence[str]) -> list[tuple[str, int, float]]:
    """Return name, last step and last value of lines that end too early to be drawn.

    Mermaid stretches every line over the whole axis, so that a line cannot end before the others.
    """
    lines = _logged_lines(curves, order)
    return [
        (line.name, int(line.steps.max()), float(line.raw[line.steps.argmax()]))
        for line in lines
        if _ends_early(line, lines)
    ][:_MAX_LINES]


def _chosen(curves: StepCurves, order: Sequence[str]) -> list[Series]:
    """Return the lines to draw, best runs first; if there are too many, those of held-out data."""
    lines = _logged_lines(curves, order)
    lines = [line for line in lines if not _ends_early(line, lines)]
    held_out = [line for line in lines if line.split in ("validation", "test")]
    return (held_out if held_out and len(lines) > _MAX_LINES else lines)[:_MAX_LINES]


def _logged_lines(curves: StepCurves, order: Sequence[str]) -> list[Series]:
    place = {group: index for index, group in enumerate(order)}
    lines = [line for line in curves.series if len(set(line.steps)) > 1]
    return sorted(lines, key=lambda line: place.get(line.group, len(place)))


def _ends_early(line: Series, lines: Sequence[Series]) -> bool:
    """Return whether a line ends more than two points of the drawing before the last one."""
    low, high = _ends(lines)
    return (high - int(line.steps.max())) * (_POINTS - 1) > 2 * (high - low)


def _ends(lines: Sequence[Series]) -> tuple[int, int]:
    first = min(int(line.steps.min()) for line in lines)
    return first, max(int(line.steps.max()) for line in lines)


def _resampled(line: Series, low: int, high: int) -> FloatArray:
    """Return values at even distances, as Mermaid spaces points evenly.

    Of many points, the logged ones that are nearest; few are joined by straight lines.
    """
    order = np.argsort(line.steps, kind="stable")
    steps, values = line.steps[order], line.raw[order]
    at = np.linspace(low, high, _POINTS)
    if len(steps) <= _POINTS:
        return np.interp(at, steps, values)
    after = np.clip(np.searchsorted(steps, at), 1, len(steps) - 1)
    before_is_nearer = at - steps[after - 1] <= steps[after] - at
    nearest: FloatArray = values[after - before_is_nearer]
    return nearest


def _range(curves: Sequence[FloatArray]) -> tuple[float, float]:
    low = float(min(curve.min() for curve in curves))
    high = float(max(curve.max() for curve in curves))
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _number(value: float) -> str:
    return np.format_float_positional(value, precision=4, fractional=False, trim="-")


def _safe(text: str) -> str:
    """Return text without what could end a Mermaid string or begin a directive."""
    return _UNSAFE.sub("_", " ".join(text.split()))[:60]
