"""SVG axes: axes of numbers, drawn as matplotlib would, without an artist for each tick.

Ticks took half the time of a chart. Matplotlib still places and labels them; only the drawing is
ours. Axes with unusual settings are left to matplotlib.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axis import Axis, XAxis
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from reportgen.arrays import FloatArray
from reportgen.figures.canvas.ticks import PlainFormatter
from reportgen.figures.encoding.svg import Segment, SvgRenderer

_USUAL = (
    {"bottom", "top", "labelbottom", "labeltop", "gridOn"},
    {"left", "right", "labelleft", "labelright", "gridOn"},
)
_ASCENT, _DESCENT, _MIDDLE = 0.76, 0.24, 0.36  # of a text, in its size
_LABEL_PAD = 4  # points


@contextmanager
def drawn(figure: Figure, renderer: SvgRenderer) -> Iterator[None]:
    """Draw a figure's plain axes now, and hide them from matplotlib inside the `with` block."""
    ours = [axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis) if _is_plain(axis)]
    for axis in ours:
        _draw(axis, renderer)
        axis.set_visible(False)
    yield
    for axis in ours:
        axis.set_visible(True)


def _is_plain(axis: Axis) -> bool:
    """Return whether an axis has numbers at its lower or left side and default settings."""
    numbers = isinstance(axis.get_major_formatter(), PlainFormatter)
    params = axis.get_tick_params()
    return (
        numbers
        and params.get("labelbottom", True)
        and params.get("labelleft", True)
        and axis.get_visible()
        and axis.axes.get_visible()
        and axis.axes.axison
        and axis.axes.get_axisbelow() is True
        and set(params) in _USUAL
        and not len(axis.get_minorticklocs())
    )


def _draw(axis: Axis, renderer: SvgRenderer) -> None:
    params = axis.get_tick_params()
    locs = _in_view(axis)
    texts = axis.get_major_formatter().format_ticks(locs.tolist())
    renderer.open_group("axis", axis.get_gid())
    if isinstance(axis, XAxis):
        _along_x(axis, renderer, locs, texts, grid=params["gridOn"])
    else:
        _along_y(axis, renderer, locs, texts, grid=params["gridOn"])
    renderer.close_group("axis")


def _in_view(axis: Axis) -> FloatArray:
    low, high = sorted(axis.get_view_interval())
    locs = np.asarray(axis.get_majorticklocs(), float)
    slack = 1e-9 * (high - low)
    return locs[(locs >= low - slack) & (locs <= high + slack)]


def _along_x(
    axis: Axis, renderer: SvgRenderer, locs: FloatArray, texts: list[str], *, grid: bool
) -> None:
    axes, box = axis.axes, axis.axes.bbox
    places = axes.transData.transform(
        np.column_stack([locs, np.full(len(locs), axes.get_ylim()[0])])
    )
    x = places[:, 0]
    size, tick, pad = _sizes(renderer, "xtick")
    if grid:
        _grid(renderer, [((at, box.y0), (at, box.y1)) for at in x])
    _marks(renderer, [((at, box.y0), (at, box.y0 - tick)) for at in x], "xtick")
    base = box.y0 - tick - pad - _ASCENT * size
    for at, text in zip(x, texts, strict=True):
        renderer.write(at, base, text, size, _color("xtick.color"), along=0.5)
    label = axis.label
    if label.get_text():
        below = base - size - renderer.points_to_pixels(_LABEL_PAD)
        middle = (box.x0 + box.x1) / 2
        renderer.write(middle, below, label.get_text(), size, to_hex(label.get_color()), along=0.5)


def _along_y(
    axis: Axis, renderer: SvgRenderer, locs: FloatArray, texts: list[str], *, grid: bool
) -> None:
    axes, box = axis.axes, axis.axes.bbox
    places = axes.transData.transform(
        np.column_stack([np.full(len(locs), axes.get_xlim()[0]), locs])
    )
    y = places[:, 1]
    size, tick, pad = _sizes(renderer, "ytick")
    if grid:
        _grid(renderer, [((box.x0, at), (box.x1, at)) for at in y])
    _marks(renderer, [((box.x0, at), (box.x0 - tick, at)) for at in y], "ytick")
    right = box.x0 - tick - pad
    for at, text in zip(y, texts, strict=True):
        renderer.write(right, at - _MIDDLE * size, text, size, _color("ytick.color"), along=1)
    label = axis.label
    if label.get_text():
        widths = [renderer.text_width(text, label.get_fontproperties()) for text in texts]
        beside = right - max(widths, default=0) - renderer.points_to_pixels(_LABEL_PAD)
        renderer.write(
            beside - _DESCENT * size,
            (box.y0 + box.y1) / 2,
            label.get_text(),
            size,
            to_hex(label.get_color()),
            along=0.5,
            angle=90,
        )


def _sizes(renderer: SvgRenderer, name: str) -> tuple[float, float, float]:
    """Return text size, tick length and the padding between them, in pixels."""
    points = (_rc("font.size"), _rc(f"{name}.major.size"), _rc(f"{name}.major.pad"))
    size, tick, pad = (renderer.points_to_pixels(length) for length in points)
    return size, tick, pad


def _grid(renderer: SvgRenderer, lines: list[Segment]) -> None:
    renderer.segments(lines, _color("grid.color"), _rc("grid.linewidth"))


def _marks(renderer: SvgRenderer, lines: list[Segment], name: str) -> None:
    if not _rc(f"{name}.major.size"):
        return
    renderer.segments(lines, _color(f"{name}.color"), _rc(f"{name}.major.width"))


def _rc(name: str) -> Any:  # noqa: ANN401
    return mpl.rcParams[name]  # type: ignore[index]


def _color(name: str) -> str:
    return to_hex(_rc(name))
