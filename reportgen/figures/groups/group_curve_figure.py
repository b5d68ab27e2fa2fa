"""Group curve figure: the artists of a chart of seed groups over steps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reportgen import wording
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.fitted_names import narrow
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.limits import say, undrawable, view
from reportgen.figures.canvas.placing import spread, text_width
from reportgen.figures.canvas.style import (
    GREY,
    PIXELS_PER_INCH,
    new_figure,
    styled,
    text_color,
)
from reportgen.figures.groups.group_line import MAX_FULL, GroupLine

_HEIGHTS = {932: 300, 452: 270}
_STRONG, _FEWER, _THIN = 2.6, 1.6, 0.8  # pixels
_LEFT, _BOTTOM, _TOP = 56.0, 44.0, 12.0  # pixels around the axes
_MIN_MARGIN, _MAX_MARGIN = 84.0, 140.0
_START, _SPACE, _LABEL_GAP = 14.0, 5.0, 13.0
_MAX_NAME = 12.0  # letters
_TEXT = 11.0
_POINT = 72 / PIXELS_PER_INCH  # points in a pixel


def draw_group_curves(
    lines: Sequence[GroupLine],
    limits: tuple[float, float] | None,
    *,
    value: str,
    width: int,
) -> Figure:
    """Return the figure of seed groups over steps.

    Args:
        lines: the best group first, which lies on top.
        limits: of the y axis; None to show all values.
        value: what the strong line is, for the labels: "median".
        width: of the figure in pixels, 932 or 452.
    """
    height = _HEIGHTS[width]
    with styled():
        figure, axes = new_figure(width, height)
        axes.margins(x=0)
        axes.set_xlabel("step")
        reason = undrawable(np.concatenate([np.empty(0), *_drawn(lines)]))
        if reason:
            say(axes, reason)
            return figure
        labels = _labels(lines[:MAX_FULL], value if width > 500 else "")
        if _margin(labels) > _MAX_MARGIN:
            labels = _labels(lines[:MAX_FULL], "")
        margin = min(_MAX_MARGIN, _margin(labels))
        axes.set_position(
            (
                _LEFT / width,
                _BOTTOM / height,
                (width - _LEFT - margin) / width,
                (height - _BOTTOM - _TOP) / height,
            )
        )
        for line in reversed(lines[MAX_FULL:]):
            axes.plot(line.steps, line.centre, color=GREY, alpha=0.5, linewidth=_THIN * _POINT)
        first = 1 + sum(len(line.seeds) for line in lines[:MAX_FULL])
        for number, line in reversed([*enumerate(lines[:MAX_FULL], start=1)]):
            first -= len(line.seeds)
            _seeds(axes, line, number, first)
        for number, line in reversed([*enumerate(lines[:MAX_FULL], start=1)]):
            _centre(axes, line, number)
        if limits is not None:
            view(axes, limits)
        _write(figure, axes, lines[:MAX_FULL], labels)
    return figure


def _drawn(lines: Sequence[GroupLine]) -> list[FloatArray]:
    return [values for line in lines for values in (line.centre, line.low, line.high)]


def _seeds(axes: Axes, line: GroupLine, number: int, first: int) -> None:
    """Shade the range of a group's seeds and draw a thin line for each."""
    if line.size > 1:
        shade = {"color": line.color, "alpha": 0.11, "linewidth": 0, "gid": f"band-{number}"}
        axes.fill_between(line.steps, line.low, line.high, **shade)  # type: ignore[arg-type]
    for place, seed in enumerate(line.seeds):
        axes.plot(
            seed.steps,
            seed.numbers,
            color=line.color,
            alpha=0.5,
            linewidth=_THIN * _POINT,
            marker="o" if len(seed.steps) == 1 else "",
            markersize=3,
            gid=Gid(f"line-{first + place}", seed.run),
        )


def _centre(axes: Axes, line: GroupLine, number: int) -> None:
    """Draw the strong line of a group; dashed and weaker where fewer seeds reach."""
    starts = [0, *(np.flatnonzero(np.diff(line.count)) + 1).tolist()]
    for piece, (start, end) in enumerate(zip(starts, [*starts[1:], len(line.steps)], strict=True)):
        is_whole = int(line.count[start]) == line.size
        # Where the number changes, the line jumps: the step between belongs to neither.
        axes.plot(
            line.steps[start:end],
            line.centre[start:end],
            color=line.color,
            linestyle="-" if is_whole else (0, (4, 2)),
            linewidth=(_STRONG if is_whole else _FEWER) * _POINT,
            marker="o" if end - start == 1 else "",
            markersize=3.5,
            gid=f"centre-{number}-{piece + 1}",
        )
    for start, _ in line.pieces()[1:]:
        axes.annotate(
            f"n = {int(line.count[start])}",
            (float(line.steps[start]), float(line.centre[start])),
            (3, 7),
            textcoords="offset pixels",
            color=text_color(line.color),
            fontsize=(_TEXT - 1) * _POINT,
        )


def _labels(lines: Sequence[GroupLine], value: str) -> list[tuple[str, str]]:
    """Return the name and the last value of each line."""
    return [
        (
            narrow(line.name, _MAX_NAME),
            f"{value} {wording.number(float(line.centre[-1]), 3)}".strip(),
        )
        for line in lines
    ]


def _label_width(label: tuple[str, str]) -> float:
    name, value = label
    return text_width(name, _TEXT, bold=True) + _SPACE + text_width(value, _TEXT)


def _margin(labels: Sequence[tuple[str, str]]) -> float:
    widest = max(map(_label_width, labels), default=0.0)
    return max(_MIN_MARGIN, _START + widest + 4)


def _write(
    figure: Figure, axes: Axes, lines: Sequence[GroupLine], labels: Sequence[tuple[str, str]]
) -> None:
    """Write names and last values right of the axes, joined to the ends of their lines."""
    width, height = (length * PIXELS_PER_INCH for length in figure.get_size_inches())
    box = axes.get_position()
    right, bottom, top = box.x1 * width, box.y0 * height, box.y1 * height
    low, high = axes.get_ylim()
    first, last = axes.get_xlim()
    ends = [
        bottom + (min(max(float(line.centre[-1]), low), high) - low) / (high - low) * (top - bottom)
        for line in lines
    ]
    heights = spread(ends, _LABEL_GAP, bottom + 4, top)
    for number, (line, (name, value), end, y) in enumerate(
        zip(lines, labels, ends, heights, strict=True), start=1
    ):
        share = (float(line.steps[-1]) - first) / (last - first) if last > first else 1.0
        start = box.x0 * width + share * (right - box.x0 * width)
        joint = Line2D(
            [(start + 2) / width, (right + 5) / width, (right + _START - 3) / width],
            [end / height, y / height, y / height],
            color=line.color,
            alpha=0.7,
            linewidth=0.8 * _POINT,
            gid=f"hair-{number}",
        )
        figure.add_artist(joint)
        at = (right + _START) / width
        look = {"va": "center", "fontsize": _TEXT * _POINT}
        figure.text(
            at,
            y / height,
            name,
            color=text_color(line.color),
            weight="bold",
            gid=f"label-{number}",
            **look,  # type: ignore[arg-type]
        )
        after = at + (text_width(name, _TEXT, bold=True) + _SPACE) / width
        figure.text(after, y / height, value, color=GREY, gid=f"value-{number}", **look)  # type: ignore[arg-type]
