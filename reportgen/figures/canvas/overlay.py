"""Overlay: texts and lines over a chart that take a tenth of the time of matplotlib's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Transform

_ALONG = {"left": 0.0, "center": 0.5, "right": 1.0}


@runtime_checkable
class Writer(Protocol):
    """A renderer that writes text as text, such as `reportgen.figures.encoding.svg`."""

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        color: str,
        *,
        along: float = 0.0,
        bold: bool = False,
    ) -> None:
        """Write one line of text."""


class Words(Text):
    """A text at a place in CSS pixels, which needs no layout where text is written as text."""

    def draw(self, renderer: RendererBase) -> None:
        """Draw the text."""
        if not isinstance(renderer, Writer):
            super().draw(renderer)
            return
        if self.get_visible():
            x, y = self.get_transform().transform(self.get_unitless_position())
            size = float(renderer.points_to_pixels(self.get_fontsize()))  # type: ignore[arg-type]
            renderer.open_group("text", self.get_gid())
            color, bold = to_hex(self.get_color()), self.get_fontweight() == "bold"
            along = _ALONG[self.get_horizontalalignment()]
            renderer.write(x, y, self.get_text(), size, color, along=along, bold=bold)
            renderer.close_group("text")


class Stroke(Artist):
    """A line through places in CSS pixels, with gaps at NaN.

    Args:
        x, y: (n,) places.
        color: "#rrggbb".
        width: in points.
        place: from places to the pixels of a renderer.
    """

    def __init__(
        self,
        x: Sequence[float],
        y: Sequence[float],
        color: str,
        width: float,
        place: Transform,
    ) -> None:
        super().__init__()
        self._path = Path(np.column_stack([x, y]).astype(float))
        self._color, self._width = color, width
        self.set_transform(place)

    def get_xdata(self) -> list[float]:
        """Return the places from the left, (n,)."""
        return [float(x) for x in np.asarray(self._path.vertices)[:, 0]]

    def draw(self, renderer: Any) -> None:  # noqa: ANN401
        """Draw the line."""
        if not self.get_visible():
            return
        renderer.open_group("stroke", self.get_gid())
        gc = renderer.new_gc()
        gc.set_alpha(self.get_alpha())
        gc.set_foreground(self._color)
        gc.set_linewidth(self._width)
        gc.set_capstyle("round")
        renderer.draw_path(gc, self._path, self.get_transform())
        gc.restore()
        renderer.close_group("stroke")
