"""Encoding: a Figure into SVG or PNG, the same bytes every time."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from reportgen.figures.style import PIXELS_PER_INCH, styled
from reportgen.figures.svg import SvgRenderer


def size(figure: Figure) -> tuple[int, int]:
    """Width and height in CSS pixels."""
    width, height = figure.get_size_inches()
    return round(width * PIXELS_PER_INCH), round(height * PIXELS_PER_INCH)


def svg(figure: Figure, name: str) -> str:
    """The figure as a whole `<svg>` element without a ground of its own.

    Args:
        figure: one of paths and text; see `reportgen.figures.svg`.
        name: goes before every id in it, so that several can stand in one page.
    """
    renderer = SvgRenderer(name, *size(figure), PIXELS_PER_INCH)
    with styled(), _quiet():
        figure.set_dpi(PIXELS_PER_INCH)
        figure.patch.set_visible(False)
        figure.draw(renderer)
        figure.patch.set_visible(True)
    return renderer.finish()


def png(figure: Figure) -> bytes:
    """The figure as a PNG of two pixels a CSS pixel on an opaque ground."""
    stream = io.BytesIO()
    with styled(), _quiet():
        figure.set_dpi(2 * PIXELS_PER_INCH)
        FigureCanvasAgg(figure).print_png(stream, metadata={"Software": None})  # type: ignore[no-untyped-call]
    return stream.getvalue()


@contextmanager
def _quiet() -> Iterator[None]:
    """Without matplotlib's warnings of glyphs that its font lacks: the page's fonts have them."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield
