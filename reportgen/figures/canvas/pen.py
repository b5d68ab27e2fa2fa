"""Pen: texts, lines and rings at places of a figure in CSS pixels, over axes that are laid out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from reportgen.arrays import FloatArray
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.overlay import Stroke, Words
from reportgen.figures.canvas.style import GREY, INK, PIXELS_PER_INCH

_EVERYWHERE = Path.unit_rectangle()
POINTS = 72 / PIXELS_PER_INCH  # of a CSS pixel
RING = 17.0  # pixels across
TEXT = 11.0  # pixels


class Pen:
    """Draws into a figure whose axes keep their place and limits from now on."""

    def __init__(self, figure: Figure, axes: Axes) -> None:
        self.axes = axes
        # From the lower left corner, as a legend may make the figure higher afterwards.
        self._pixels = Affine2D().scale(1 / PIXELS_PER_INCH) + figure.dpi_scale_trans
        size = figure.get_size_inches() * PIXELS_PER_INCH
        self.width, self.height = float(size[0]), float(size[1])
        place = axes.get_position()
        self.left, self.right = place.x0 * self.width, place.x1 * self.width
        self.bottom, self.top = place.y0 * self.height, place.y1 * self.height
        self._scale = np.array([self.right - self.left, self.top - self.bottom])
        self._start = np.array([self.left, self.bottom])
        self._x, self._y = axes.get_xlim(), axes.get_ylim()

    def place(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """Return where values are, (n, 2); NaN for those that have no place on the scale."""
        columns = []
        for values, limits, axis in ((x, self._x, self.axes.xaxis), (y, self._y, self.axes.yaxis)):
            scale = axis.get_transform()
            with np.errstate(all="ignore"):
                low, high = scale.transform(np.array(limits, float))
                columns.append((scale.transform(np.asarray(values, float)) - low) / (high - low))
        places: FloatArray = np.column_stack(columns) * self._scale + self._start
        return np.where(np.isfinite(places), places, np.nan)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        color: str = GREY,
        *,
        bold: bool = False,
        align: Literal["left", "center", "right"] = "left",
        size: float = TEXT,
        gid: str | None = None,
    ) -> None:
        """Write a text whose middle is at the height y."""
        self._add(
            Words(
                x,
                y - 0.36 * size,
                text,
                color=color,
                fontsize=size * POINTS,
                fontweight="bold" if bold else "normal",
                horizontalalignment=align,
                transform=self._pixels,
                gid=gid,
            )
        )

    def line(self, x: Sequence[float], y: Sequence[float], color: str, **look: Any) -> None:  # noqa: ANN401
        """Draw a line through places; `look` as matplotlib's, with widths in pixels."""
        look["linewidth"] = look.get("linewidth", 1.0) * POINTS
        places = np.asarray(x, float), np.asarray(y, float)
        self._add(Line2D(*places, color=color, transform=self._pixels, **look))

    def shape(self, x: Sequence[float], y: Sequence[float], marker: str, **look: Any) -> None:  # noqa: ANN401
        """Draw a marker at each place; `size` and `edge` are lengths in pixels."""
        size, edge = look.pop("size", 8.0) * POINTS, look.pop("edge", 0.0) * POINTS
        self.line(x, y, linestyle="", marker=marker, markersize=size, markeredgewidth=edge, **look)

    def ring(self, x: float, y: float, number: int, gid: Gid) -> None:
        """Draw a number in a ring, both of them about the run of the id."""
        white = "#ffffff"
        look = {"markerfacecolor": white, "markeredgecolor": GREY, "edge": 1.0, "size": RING - 1}
        self.shape([x], [y], "o", color=GREY, gid=gid, zorder=6, **look)
        size = 10.0 if number < 10 else 9.0
        named = Gid(f"{gid}-number", gid.run, gid.series)
        self.text(x, y, str(number), INK, bold=True, align="center", size=size, gid=named)

    def stroke(
        self,
        x: Sequence[float],
        y: Sequence[float],
        color: str,
        *,
        width: float,
        opacity: float = 1.0,
        gid: str,
    ) -> None:
        """Draw a plain line through places, with gaps at NaN; its width is in pixels."""
        stroke = Stroke(x, y, color, width * POINTS, self._pixels)
        stroke.set(alpha=opacity, gid=gid, zorder=5)
        self._add(stroke)

    def _add(self, artist: Artist) -> None:
        artist.set_clip_path(_EVERYWHERE, self._pixels)  # else matplotlib derives one of the axes
        artist.set_clip_on(False)
        if isinstance(artist, Text):
            artist.set_zorder(7)
        self.axes.add_artist(artist)
