"""Encode: a figure as SVG or PNG, the same bytes every time."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from reportgen.figures.canvas.style import PIXELS_PER_INCH, styled
from reportgen.figures.encoding import svg_axis
from reportgen.figures.encoding.glyphs import legible
from reportgen.figures.encoding.svg import SvgRenderer


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the axes of a drawn figure are, and what they span, for a script to draw into.

    Attributes:
        box: left, top, right and bottom in CSS pixels.
        x, y: the values at left and right, at bottom and top.
        log_y: whether the y axis is logarithmic.
    """

    box: tuple[float, float, float, float]
    x: tuple[float, float]
    y: tuple[float, float]
    log_y: bool


def frame(figure: Figure) -> Frame | None:
    """Return the axes of a figure with one pair; None for another."""
    if len(figure.axes) != 1:
        return None
    axes = figure.axes[0]
    width, height = size(figure)
    place = axes.get_position()
    box = (place.x0 * width, (1 - place.y1) * height, place.x1 * width, (1 - place.y0) * height)
    return Frame(box, axes.get_xlim(), axes.get_ylim(), axes.get_yscale() == "log")


def size(figure: Figure) -> tuple[int, int]:
    """Return width and height in CSS pixels."""
    width, height = figure.get_size_inches()
    return round(width * PIXELS_PER_INCH), round(height * PIXELS_PER_INCH)


def svg(figure: Figure, name: str) -> str:
    """Return the figure as a whole `<svg>` element without a background.

    Args:
        figure: of paths and text only; see `reportgen.figures.encoding.svg`.
        name: prefix of every id, so that several figures can stand in one page.
    """
    renderer = SvgRenderer(name, *size(figure), PIXELS_PER_INCH)
    with styled(), _quiet():
        figure.set_dpi(PIXELS_PER_INCH)
        figure.patch.set_visible(False)
        with svg_axis.drawn(figure, renderer):
            figure.draw(renderer)
        figure.patch.set_visible(True)
    return renderer.finish()


def png(figure: Figure) -> bytes:
    """Return the figure as a PNG with two pixels a CSS pixel and an opaque background."""
    stream = io.BytesIO()
    with styled(), _quiet(), legible(figure):
        figure.set_dpi(2 * PIXELS_PER_INCH)
        FigureCanvasAgg(figure).print_png(stream, metadata={"Software": None})  # type: ignore[no-untyped-call]
    return stream.getvalue()


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence matplotlib's warnings of glyphs that its font lacks: the page's fonts have them."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield
