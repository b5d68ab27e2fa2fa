"""Mark rings: numbered rings of findings, at the places of a chart of curves they are about."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from reportgen import wording
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.pen import RING, Pen
from reportgen.figures.canvas.placing import Box, Places, text_width
from reportgen.figures.canvas.style import GREY, text_color
from reportgen.figures.curves.off_axis import NEAR, Excursion
from reportgen.figures.curves.series import Series, Weight
from reportgen.figures.mark import Mark
from reportgen.series.automatic_smoothing import centred_means

_SIDES = {  # where a ring stands, the best first: pixels right and up from the place
    "best": ((0, -22), (0, 22), (-22, -18), (22, -18), (0, -36), (0, 36)),
    "spike": ((-18, 0), (18, 0), (-18, -16), (18, -16), (0, 20), (-18, 16)),
    "divergence": ((18, 0), (-18, 0), (18, -16), (-18, -16), (0, 20), (18, 18)),
    "nan": ((0, 26), (22, 14), (-22, 14), (0, 42), (26, 34)),
    "gap": ((0, 0), (-40, 0), (-80, 0), (0, -24), (-40, -24), (0, 24)),
    "trend": ((0, 20), (0, -20), (-26, 20), (26, 20), (0, 36), (0, -36)),
    "note": ((0, 20), (0, -20), (-22, 14), (22, 14), (0, 36), (0, -36)),
}
_RADIUS = RING / 2 + 1
_SHADE = 0.12  # opacity of an overfitting gap
_MEAN, _MIN_MEAN = 20, 5  # the edge of the gap is a mean over a twentieth of the training points


def line_of(series: Sequence[Series], mark: Mark) -> Series | None:
    """Return the line that a mark is about: of its tag, else the strongest of its run group."""
    lines = [line for line in series if line.group == mark.group and len(line.steps)]
    tagged = [line for line in lines if line.tag == mark.tag]
    order = [Weight.STRONG, Weight.PLAIN, Weight.MEDIUM, Weight.LIGHT]
    return min(tagged or lines, key=lambda line: order.index(line.weight), default=None)


def shade_gaps(pen: Pen, series: Sequence[Series], marks: Sequence[Mark]) -> None:
    """Shade the space between training and validation for each mark of a gap."""
    for mark in marks:
        ends = _gap(series, mark) if mark.kind == "gap" else None
        if ends is not None:
            x, low, high = ends
            color = next(line.style.color for line in series if line.group == mark.group)
            shade = pen.axes.fill_between(
                x, low, high, facecolor=(color, _SHADE), linewidth=0, zorder=1.5
            )
            shade.set_gid(Gid(f"gap-{mark.number}", mark.group))


def draw_marks(
    pen: Pen,
    places: Places,
    series: Sequence[Series],
    marks: Sequence[Mark],
    excursions: Sequence[Excursion],
) -> list[Excursion]:
    """Draw the ring of each mark, and its words beside it; groups are named mark-1, ...

    Args:
        pen: of the chart.
        places: where texts stand already.
        series: the lines.
        marks: of findings.
        excursions: where lines leave the axis.

    Returns:
        The excursions that a mark is about: its words say how far they go.
    """
    ringed: list[Excursion] = []
    for mark in marks:
        out = _excursion(pen, series, mark, excursions)
        if out is not None:
            low, high = pen.axes.get_ylim()
            anchor = _in_view(pen, out.x, high if out.up else low)
            words = f"to {wording.number(out.value, 3)}"
            words = f"{words}, {mark.text}" if mark.text else words
            _draw(pen, places, series, replace(mark, text=words), anchor)
            ringed += [item for item in excursions if _is_near(pen, series, item, out)]
            continue
        place = _anchor(pen, series, mark)
        if place is not None:
            _draw(pen, places, series, mark, place)
    return ringed


def _excursion(
    pen: Pen, series: Sequence[Series], mark: Mark, excursions: Sequence[Excursion]
) -> Excursion | None:
    """Return where the line of a spike or a divergence leaves the axis; None if it does not."""
    if mark.kind not in ("spike", "divergence"):
        return None
    of_group = [item for item in excursions if series[item.index].group == mark.group]
    tagged = [item for item in of_group if series[item.index].tag == mark.tag] or of_group
    low, high = pen.axes.get_xlim()
    around = []
    for item in tagged:
        line = series[item.index]
        first, last = (
            float(line.x[np.abs(line.steps - step).argmin()])
            for step in (mark.first_step, mark.last_step)
        )
        if first - NEAR * (high - low) <= item.x <= last + NEAR * (high - low):
            light = line.weight is Weight.LIGHT
            around.append((light, abs(item.x - (last if mark.kind != "spike" else first)), item))
    return min(around, key=lambda entry: entry[:2])[2] if around else None


def _is_near(pen: Pen, series: Sequence[Series], item: Excursion, other: Excursion) -> bool:
    low, high = pen.axes.get_xlim()
    same = series[item.index].group == series[other.index].group and item.up is other.up
    return same and abs(item.x - other.x) <= NEAR * (high - low)


def _draw(
    pen: Pen,
    places: Places,
    series: Sequence[Series],
    mark: Mark,
    anchor: tuple[float, float],
) -> None:
    line = line_of(series, mark)
    color = text_color(line.style.color) if line else GREY
    width = text_width(mark.text, bold=mark.kind == "best") + 5 if mark.text else 0.0
    options: list[tuple[float, float, int, Box]] = []  # middle of the ring, side of the text
    for right, up in _SIDES[mark.kind]:
        x = min(max(anchor[0] + right, pen.left + _RADIUS), pen.right + _RADIUS)
        y = min(max(anchor[1] + up, pen.bottom + _RADIUS), pen.top + 2)
        first = -1 if mark.kind in ("best", "spike") else 1
        for side in (first, -first) if mark.text else (1,):
            ends = (
                (x - _RADIUS, x + _RADIUS + width)
                if side > 0
                else (x - _RADIUS - width, x + _RADIUS)
            )
            options.append((x, y, side, (ends[0], y - _RADIUS, ends[1], y + _RADIUS)))
    x, y, side, _ = options[places.choose([option[-1] for option in options])]
    gid = Gid(f"mark-{mark.number}", mark.group)
    if mark.kind == "best":
        below = [min(anchor[1] - 6, y), pen.bottom]
        pen.line(
            [anchor[0]] * 2,
            below,
            color,
            linestyle=":",
            linewidth=1.0,
            gid=Gid(f"{gid}-step", mark.group),
        )
    if mark.text:
        pen.text(
            x + side * (_RADIUS + 4),
            y,
            mark.text,
            color,
            bold=mark.kind == "best",
            align="left" if side > 0 else "right",
            gid=Gid(f"{gid}-text", mark.group),
        )
    pen.ring(x, y, mark.number, gid)


def _anchor(pen: Pen, series: Sequence[Series], mark: Mark) -> tuple[float, float] | None:
    """Return the place in pixels that a mark is about; None where it is not in the chart."""
    line = line_of(series, mark)
    if line is None:
        return None
    if mark.kind == "gap":
        ends = _gap(series, mark)
        if ends is None:
            return None
        x, low, high = ends
        at = min(len(x) - 1, 2 * len(x) // 3)
        return _in_view(pen, x[at], (low[at] + high[at]) / 2)
    if mark.kind == "nan" and len(line.non_finite):
        inside = (line.non_finite >= mark.first_step) & (line.non_finite <= mark.last_step)
        x = line.non_finite_x[inside] if inside.any() else line.non_finite_x[:1]
        return _in_view(pen, float(x[0]), float("-inf"))
    step = mark.last_step if mark.kind in ("divergence", "nan") else mark.first_step
    if mark.kind == "trend":
        step = (mark.first_step + mark.last_step) // 2
    place = int(np.abs(line.steps - step).argmin())
    value = float(line.smoothed[place]) if math.isnan(mark.value) else mark.value
    return _in_view(pen, float(line.x[place]), value)


def _in_view(pen: Pen, x: float, value: float) -> tuple[float, float]:
    """Return a place in pixels, at the edge of the axes for what is outside."""
    low, high = pen.axes.get_ylim()
    at = pen.place(np.array([x]), np.array([min(max(value, low), high)]))[0]
    return float(min(max(at[0], pen.left), pen.right)), float(at[1])


def _gap(series: Sequence[Series], mark: Mark) -> tuple[FloatArray, FloatArray, FloatArray] | None:
    """Return x, and the training and validation values there; None without both lines."""
    lines = [line for line in series if line.group == mark.group and len(line.steps) > 1]
    held_out = next((line for line in lines if line.weight is Weight.STRONG), None)
    trained = next((line for line in lines if line.weight is Weight.LIGHT), None)
    if held_out is None or trained is None:
        return None
    steps = np.unique(np.concatenate([held_out.steps, trained.steps]))
    steps = steps[(steps >= mark.first_step) & (steps <= mark.last_step)]
    if len(steps) < 2:
        return None
    mean = trained.raw
    if len(trained.counts):
        window = max(_MIN_MEAN, trained.points // _MEAN)
        mean = centred_means(trained.counts, trained.means, window)
    x = np.interp(steps, held_out.steps, held_out.x)
    return (
        x,
        np.interp(steps, trained.steps, mean),
        np.interp(steps, held_out.steps, held_out.smoothed),
    )
