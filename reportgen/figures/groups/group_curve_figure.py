"""Group curve figure: the artists of a chart of seed groups over steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reportgen import wording
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.fitted_names import narrow
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.limits import say, undrawable, view
from reportgen.figures.canvas.pen import Pen
from reportgen.figures.canvas.placing import Places, spread, text_width
from reportgen.figures.canvas.style import (
    GREY,
    PIXELS_PER_INCH,
    new_figure,
    styled,
    text_color,
)
from reportgen.figures.curves.mark_rings import draw_marks
from reportgen.figures.curves.series import Series, Weight
from reportgen.figures.groups.group_line import MAX_FULL, GroupLine
from reportgen.figures.mark import Mark

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
    size: tuple[int, int],
    marked: tuple[Sequence[Series], Sequence[Mark]] = ((), ()),
) -> Figure:
    """Return the figure of seed groups over steps.

    Args:
        lines: the best group first, which lies on top.
        limits: of the y axis; None to show all values.
        value: what the strong line is, for the labels: "median".
        size: width and height of the figure in pixels.
        marked: its lines, and the marks of findings about them.
    """
    width, height = size
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
        full = lines[:MAX_FULL]
        last = [0, *accumulate(len(line.parts()) for line in full)]  # numbers of the strong lines
        first = last[-1] + 1 + sum(len(line.seeds) for line in full)
        for number, line in reversed([*zip(last[1:], full, strict=True)]):
            first -= len(line.seeds)
            _seeds(axes, line, number, first)
        for number, line in reversed([*zip(last, full, strict=False)]):
            _centre(axes, line, number + 1)
        if limits is not None:
            view(axes, limits)
        axes.xaxis.set_gid("x")
        axes.yaxis.set_gid("y")
        _write(figure, axes, dict(zip(last[1:], full, strict=True)), labels)
        _ring(figure, axes, *marked)
    return figure


def _ring(figure: Figure, axes: Axes, series: Sequence[Series], marks: Sequence[Mark]) -> None:
    """Draw the rings of findings."""
    pen = Pen(figure, axes)
    points = [pen.place(line.x, line.raw) for line in series if line.weight is Weight.STRONG]
    places = Places(pen.width, pen.height, pen.left, np.concatenate([np.empty((0, 2)), *points]))
    draw_marks(pen, places, series, marks, ())


def _drawn(lines: Sequence[GroupLine]) -> list[FloatArray]:
    return [values for line in lines for values in (line.centre, line.low, line.high)]


def _seeds(axes: Axes, line: GroupLine, number: int, first: int) -> None:
    """Shade the range of a group's seeds and draw a thin line for each."""
    if line.size > 1:
        shade = {
            "color": line.color,
            "alpha": 0.11,
            "linewidth": 0,
            "gid": Gid(f"gap-{number}", line.name),
        }
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
    for place, part in enumerate(line.parts()):
        is_whole = int(line.count[part.start]) == line.size
        # Where the number changes, the line jumps: the step between belongs to neither.
        axes.plot(
            line.steps[part],
            line.centre[part],
            color=line.color,
            linestyle="-" if is_whole else (0, (4, 2)),
            linewidth=(_STRONG if is_whole else _FEWER) * _POINT,
            marker="o" if part.stop - part.start == 1 else "",
            markersize=3.5,
            gid=Gid(f"line-{number + place}", line.name),
        )
    for start, _ in line.pieces()[1:]:
        axes.annotate(
            f"n = {int(line.count[start])}",
            (float(line.steps[start]), float(line.centre[start])),
            (3, 7),
            textcoords="offset pixels",
            color=text_color(line.color),
            fontsize=(_TEXT - 1) * _POINT,
            gid=Gid(f"mark-{number}-{start}", line.name),
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
    figure: Figure,
    axes: Axes,
    by_number: Mapping[int, GroupLine],
    labels: Sequence[tuple[str, str]],
) -> None:
    """Write names and last values right of the axes, joined to the ends of their lines.

    Args:
        figure: with the axes.
        axes: as they stay.
        by_number: groups by the number of the last part of their strong line.
        labels: name and value of each.
    """
    lines = list(by_number.values())
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
    for (number, line), (name, value), end, y in zip(
        by_number.items(), labels, ends, heights, strict=True
    ):
        share = (float(line.steps[-1]) - first) / (last - first) if last > first else 1.0
        start = box.x0 * width + share * (right - box.x0 * width)
        joint = Line2D(
            [(start + 2) / width, (right + 5) / width, (right + _START - 3) / width],
            [end / height, y / height, y / height],
            color=line.color,
            alpha=0.7,
            linewidth=0.8 * _POINT,
            gid=Gid(f"hair-{number}", line.name),
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
            gid=Gid(f"label-{number}", line.name),
            **look,  # type: ignore[arg-type]
        )
        after = at + (text_width(name, _TEXT, bold=True) + _SPACE) / width
        figure.text(
            after,
            y / height,
            value,
            color=GREY,
            gid=Gid(f"value-{number}", line.name),
            **look,  # type: ignore[arg-type]
        )
