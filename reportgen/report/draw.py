"""Drawing: every figure of a report, once, in the forms that the outputs ask for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from reportgen import executor
from reportgen.figures.canvas import legend
from reportgen.figures.canvas.style import styled
from reportgen.figures.encoding import encode
from reportgen.report.model import FigureBlock, Report

_MANY = 16  # figures from which processes pay: to start them takes as long as to draw five


@dataclass(frozen=True, slots=True)
class Drawing:
    """One figure as bytes.

    Attributes:
        svg: a whole `<svg>` element with ids unique in the report; "" where not asked for.
        png: an encoded picture with an opaque ground; b"" where not asked for.
        width, height: in CSS pixels.
        frame: where its axes are; None where it has not just one pair.
    """

    svg: str
    png: bytes
    width: int
    height: int
    frame: encode.Frame | None = None


def draw(
    report: Report, *, svg: Collection[str] = (), png: Collection[str] = ()
) -> Mapping[str, Drawing]:
    """Draws the figures of a report that an output shows, each once.

    Args:
        report: what `build` made.
        svg: ids of the figures that are shown as vectors.
        png: ids of the figures that are shown as pictures.
    """
    blocks = [block for block in report.figures() if block.id in svg or block.id in png]
    with executor.forked(len(blocks)) if len(blocks) >= _MANY else executor.InProcess() as where:
        drawn = where.map(
            _draw,
            blocks,
            [block.id in svg for block in blocks],
            [block.id in png for block in blocks],
        )
        return {block.id: one for block, one in zip(blocks, drawn, strict=True)}


def _draw(block: FigureBlock, svg: bool, png: bool) -> Drawing:
    """Return a figure in one form or both, drawn once: only its legend differs."""
    chart = block.chart
    figure = chart.draw(legend=None)
    with styled(), legend.added(figure, chart.names(alone=False)):
        width, height = encode.size(figure)
        frame = encode.frame(figure)
        vector = encode.svg(figure, f"{block.id}-") if svg else ""
    with styled(), legend.added(figure, chart.names(alone=True) if png else ()):
        picture = encode.png(figure) if png else b""
    return Drawing(vector, picture, width, height, frame)
