"""Drawing: every figure of a report, once, in the forms that the outputs ask for."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from threading import Lock

from reportgen.executor import InProcess, forked, run_all
from reportgen.figures.canvas import legend
from reportgen.figures.canvas.style import styled
from reportgen.figures.encoding import encode
from reportgen.report.blocks import FigureBlock
from reportgen.report.failures import reason
from reportgen.report.model import Report
from reportgen.report.shrink import staying_order

# From so many figures processes are faster: starting them takes as long as drawing five.
_MIN_FIGURES_FOR_PROCESSES = 16
_BATCH = 32  # figures that are drawn between two looks at the room that is left
# Matplotlib's settings and caches belong to the process: threads draw one after the other.
_MATPLOTLIB = Lock()
_LOGGER = logging.getLogger("reportgen")


@dataclass(frozen=True, slots=True)
class Drawing:
    """One figure as bytes.

    Attributes:
        svg: a whole `<svg>` element with ids unique in the report; "" where not asked for.
        png: an encoded picture with an opaque ground; b"" where not asked for.
        width, height: in CSS pixels.
        frame: where its axes are; None where it has not just one pair.
        failure: why it could not be drawn; "" if it was.
    """

    svg: str
    png: bytes
    width: int
    height: int
    frame: encode.Frame | None = None
    failure: str = ""


def draw(
    report: Report,
    *,
    svg: Collection[str] = (),
    png: Collection[str] = (),
    max_bytes: int | None = None,
    executor: Executor | None = None,
) -> Mapping[str, Drawing]:
    """Draw the figures of a report that an output shows, each once; return them by id.

    One that cannot be drawn has no size and says why, see `failures`.

    Args:
        report: what `build` made.
        svg: ids of the figures that are shown as vectors.
        png: ids of the figures that are shown as pictures.
        max_bytes: of all vectors together. Once they take more, figures that no page of this size
            can show are not drawn, the least important ones first; None to draw all.
        executor: what draws them; None for forks of this process where there are many figures.
    """
    blocks = [block for block in staying_order(report) if block.id in svg or block.id in png]
    if executor is None:
        many = len(blocks) >= _MIN_FIGURES_FOR_PROCESSES
        with forked(len(blocks)) if many else InProcess() as workers:
            return draw(report, svg=svg, png=png, max_bytes=max_bytes, executor=workers)
    drawings: dict[str, Drawing] = {}
    taken = 0  # bytes of the vectors so far
    batch = len(blocks) if max_bytes is None else _BATCH
    for start in range(0, len(blocks), max(1, batch)):
        is_full = max_bytes is not None and taken > max_bytes
        drawn = [block for block in blocks[start : start + batch] if not is_full or block.id in png]
        results = run_all(
            executor,
            _draw_or_fail,
            drawn,
            [block.id in svg and not is_full for block in drawn],
            [block.id in png for block in drawn],
        )
        drawings |= {block.id: drawing for block, drawing in zip(drawn, results, strict=True)}
        taken += sum(len(drawing.svg) for drawing in results)
    return drawings


def failures(drawings: Mapping[str, Drawing]) -> dict[str, str]:
    """Return why a figure could not be drawn, by its id."""
    return {name: drawing.failure for name, drawing in drawings.items() if drawing.failure}


def _draw_or_fail(block: FigureBlock, svg: bool, png: bool) -> Drawing:
    try:
        return _draw(block, svg, png)
    except Exception as error:  # the other figures are sound
        _LOGGER.debug("%s could not be drawn", block.id, exc_info=error)
        return Drawing("", b"", 0, 0, failure=reason(error))


def _draw(block: FigureBlock, svg: bool, png: bool) -> Drawing:
    """Return a figure in one form or both, drawn once: only its legend differs."""
    chart = block.chart
    with _MATPLOTLIB:
        figure = chart.draw(legend=None)
        with styled(), legend.added(figure, chart.names(alone=False)):
            width, height = encode.size(figure)
            frame = encode.frame(figure)
            vector = encode.svg(figure, f"{block.id}-") if svg else ""
        with styled(), legend.added(figure, chart.names(alone=True) if png else ()):
            picture = encode.png(figure) if png else b""
    return Drawing(vector, picture, width, height, frame)
