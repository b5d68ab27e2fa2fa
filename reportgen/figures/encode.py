"""Encoding: a Figure into SVG or PNG, the same bytes every time."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from reportgen.figures.style import PIXELS_PER_INCH, styled

_ID = re.compile(r'\b(id="|href="#|url\(#)')
_PROLOG = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_DECIMALS = re.compile(r"(?<=\d\.\d\d)\d+")


def size(figure: Figure) -> tuple[int, int]:
    """Width and height in CSS pixels."""
    width, height = figure.get_size_inches()
    return round(width * PIXELS_PER_INCH), round(height * PIXELS_PER_INCH)


def svg(figure: Figure, name: str) -> str:
    """The figure as a whole `<svg>` element.

    Args:
        figure: any figure.
        name: goes before every id in it, so that several can stand in one page.
    """
    stream = io.StringIO()
    with styled(), mpl.rc_context({"svg.hashsalt": name}), _quiet():
        FigureCanvasSVG(figure).print_svg(stream, metadata={"Date": None})  # type: ignore[no-untyped-call]
    text = _PROLOG.sub("", stream.getvalue())
    # Comments repeat text of the log, where the page has no need of it.
    text = _COMMENT.sub("", _METADATA.sub("", text))
    text = _ID.sub(rf"\g<1>{name}-", text)
    width, height = size(figure)
    text = re.sub(
        r'width="[\d.]+pt" height="[\d.]+pt"', f'width="{width}" height="{height}"', text, count=1
    )
    return _rounded(text).strip()


def png(figure: Figure) -> bytes:
    """The figure as a PNG of two pixels a CSS pixel on an opaque ground."""
    stream = io.BytesIO()
    with styled(), _quiet():
        figure.set_dpi(2 * PIXELS_PER_INCH)
        FigureCanvasAgg(figure).print_png(stream, metadata={"Software": None})  # type: ignore[no-untyped-call]
    return stream.getvalue()


def _rounded(text: str) -> str:
    """Coordinates of paths to a hundredth of a point: more than the eye sees."""
    return re.sub(r' d="[^"]*"', lambda match: _DECIMALS.sub("", match[0]), text)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without matplotlib's warnings of glyphs that its font lacks: the page's fonts have them."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield
