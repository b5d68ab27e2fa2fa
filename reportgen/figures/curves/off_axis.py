"""Off axis: where lines leave the axis, and where their values are not finite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reportgen import wording
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.pen import RING, TEXT, Pen
from reportgen.figures.canvas.placing import Box, Places, text_width
from reportgen.figures.canvas.style import text_color
from reportgen.figures.curves.series import Series, Weight

_MAX_ARROWS = 100  # a line
_MAX_TEXTS = 5  # a chart
_CLOSE = 0.02  # of the axis: excursions of one line that are closer have one arrow
NEAR = 0.06  # of the axis: arrows of one run that are closer have one text
_MAX_GROUPS = 3  # whose bars have texts
_BAR = 5.0  # pixels high, and at least as long


@dataclass(frozen=True, slots=True)
class Excursion:
    """Where a line leaves the axis.

    Attributes:
        index: of the series in its chart.
        x: of the farthest point.
        value: there.
        step: there.
        up: whether it leaves over the upper end.
    """

    index: int
    x: float
    value: float
    step: int
    up: bool


def excursions(series: Sequence[Series], limits: tuple[float, float]) -> list[Excursion]:
    """Return the farthest point of each time that a line is outside the limits.

    Times that are closer than a fiftieth of the axis count as one.
    """
    ends = [(line.x.min(), line.x.max()) for line in series if len(line.x)]
    gap = _CLOSE * (max(high for _, high in ends) - min(low for low, _ in ends)) if ends else 0.0
    result = []
    for index, line in enumerate(series):
        for up in (True, False):
            sign = 1 if up else -1
            outside = line.raw > limits[1] if up else line.raw < limits[0]
            places = np.flatnonzero(outside)
            apart = (np.diff(places) > 1) & (np.abs(np.diff(line.x[places])) > gap)
            for group in np.split(places, np.flatnonzero(apart) + 1)[:_MAX_ARROWS]:
                if len(group):
                    at = group[np.argmax(sign * line.raw[group])]
                    facts = float(line.x[at]), float(line.raw[at]), int(line.steps[at])
                    result.append(Excursion(index, *facts, up))
    return result


def draw_arrows(pen: Pen, series: Sequence[Series], off_axis: Sequence[Excursion]) -> list[Box]:
    """Draw an arrow at the edge for each excursion; groups are named over-1, under-1, ...

    Returns:
        The room that the arrows take.
    """
    at = pen.place(np.array([item.x for item in off_axis]), np.full(len(off_axis), np.nan))[:, 0]
    heights = [pen.top if item.up else pen.bottom for item in off_axis]
    for index, line in enumerate(series):
        for up, name, marker in ((True, "over", "^"), (False, "under", "v")):
            x = [item.x for item in off_axis if item.index == index and item.up is up]
            if x:
                edge, size = (1.0 if up else 0.0), 6.0 if line.weight is Weight.LIGHT else 8.0
                (mark,) = pen.axes.plot(
                    x,
                    np.full(len(x), edge),
                    linestyle="",
                    marker=marker,
                    markersize=size * 0.72,
                    markeredgewidth=0,
                    color=line.style.color,
                    transform=pen.axes.get_xaxis_transform(),
                    clip_on=False,
                    zorder=5,
                    gid=f"{name}-{index + 1}",
                )
                mark.set_in_layout(False)
    return [(x - 5, y - 5, x + 5, y + 5) for x, y in zip(at.tolist(), heights, strict=True)]


def write_ends(
    pen: Pen,
    places: Places,
    series: Sequence[Series],
    off_axis: Sequence[Excursion],
    names: Mapping[str, str],
) -> None:
    """Write "to 4.3" beside the farthest arrow of each run; with its name where it stays outside.

    Args:
        pen: of the chart.
        places: where texts stand already.
        series: the lines.
        off_axis: see `excursions`.
        names: short name of each run group.
    """
    limits = pen.axes.get_ylim()
    for number, item in enumerate(_told(pen, series, off_axis)[:_MAX_TEXTS], start=1):
        line = series[item.index]
        name = names.get(line.group, "") if _stays_outside(line, item, limits) else ""
        text = f"{name} to {wording.number(item.value, 3)}".strip()
        x, _ = pen.place(np.array([item.x]), np.array([np.nan]))[0]
        y = pen.top - 1 if item.up else pen.bottom + 7
        width = text_width(text)
        boxes = [
            box
            for up in (0, -13 if item.up else 13)
            for box in (
                (x + 8, y + up - 6, x + 8 + width, y + up + 6),
                (x - 8 - width, y + up - 6, x - 8, y + up + 6),
            )
        ]
        chosen = places.choose(boxes, required=bool(name))
        if chosen >= 0:
            left, bottom, *_ = boxes[chosen]
            color = text_color(line.style.color)
            pen.text(left, bottom + 6, text, color, gid=Gid(f"to-{number}", line.group))


def _stays_outside(line: Series, item: Excursion, limits: tuple[float, float]) -> bool:
    end = float(line.smoothed[-1])
    return end > limits[1] if item.up else end < limits[0]


def _told(pen: Pen, series: Sequence[Series], off_axis: Sequence[Excursion]) -> list[Excursion]:
    """Return the excursions that get a text: the farthest of those of a run that are close."""
    low, high = pen.axes.get_xlim()
    strong_first = sorted(
        off_axis, key=lambda item: (series[item.index].weight is Weight.LIGHT, -abs(item.value))
    )
    written: list[Excursion] = []
    for item in strong_first:
        group = series[item.index].group
        near = any(
            series[other.index].group == group
            and other.up is item.up
            and abs(other.x - item.x) <= NEAR * (high - low)
            for other in written
        )
        if not near:
            written.append(item)
    return written


def draw_bars(pen: Pen, places: Places | None, series: Sequence[Series]) -> None:
    """Draw a bar on the x axis where values are not finite; groups are named bad-1, ...

    Args:
        pen: of the chart.
        places: where texts stand already; None for no text.
        series: the lines.
    """
    groups = list(dict.fromkeys(line.group for line in series if len(line.non_finite)))
    named_groups: set[str] = set()
    for index, line in enumerate(series, start=1):
        if not len(line.non_finite):
            continue
        y = pen.bottom + _BAR / 2 + 0.5 + min(3, groups.index(line.group)) * (_BAR + 1)
        spans = list(_spans(line))
        x, at = [], []
        for first, last in spans:
            ends = pen.place(np.array([line.non_finite_x[first], line.non_finite_x[last]]), _NONE)
            left, right = ends[:, 0]
            spare = max(0.0, _BAR + 1 - (right - left)) / 2
            left = min(max(left - spare, pen.left), pen.right - _BAR - 1)
            right = max(min(right + spare, pen.right), left + _BAR + 1)
            x += [left + _BAR / 2, right - _BAR / 2, np.nan]  # the ends are round
            at.append((left, right))
        gid = Gid(f"bad-{index}", line.group)
        pen.stroke(x, [y] * len(x), line.style.color, width=_BAR, gid=gid)
        if places is None:
            continue
        places.boxes.extend((left, y - 3, right, y + 3) for left, right in at)
        if line.group not in named_groups and len(groups) <= _MAX_GROUPS:
            named_groups.add(line.group)
            _write_spans(pen, places, line, spans, at[0], y, Gid(f"hole-{index}", line.group))


_NONE = np.full(2, np.nan)


def _write_spans(
    pen: Pen,
    places: Places,
    line: Series,
    spans: Sequence[tuple[int, int]],
    ends: tuple[float, float],
    y: float,
    gid: str,
) -> None:
    first, last = (int(line.non_finite[place]) for place in (spans[0][0], spans[-1][1]))
    what = "NaN or ∞" if line.has_infinity else "NaN"
    whole = f"{what}, {first:,} to {last:,}"
    if len(spans) > 1:
        whole = f"{what} {len(spans)} times, {first:,} to {last:,}"
    text = f"{what} at {first:,}" if first == last else whole
    width, (left, right) = text_width(text), ends
    boxes = [
        (start, up, start + width, up + TEXT)
        for up in (y + 5, y + 5 + RING, y + 5 + 2 * RING)
        for start in (left, right - width)
    ] + [(left - width - 5, y - 5, left - 5, y + 6), (right + 5, y - 5, right + 5 + width, y + 6)]
    box = boxes[places.choose(boxes)]
    pen.text(box[0], (box[1] + box[3]) / 2, text, text_color(line.style.color), gid=gid)


def _spans(line: Series) -> Iterator[tuple[int, int]]:
    """Yield first and last place of each stretch without a finite value in between."""
    finite: FloatArray = np.sort(line.x)
    between = np.searchsorted(finite, line.non_finite_x)
    starts = np.flatnonzero(np.diff(between, prepend=-1))
    for start, end in zip(starts, np.append(starts[1:], len(between)), strict=True):
        yield int(start), int(end) - 1
