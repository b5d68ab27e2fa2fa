"""Drawing: every figure of a report, once, in the forms that the outputs ask for."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from threading import Lock

from reportgen.cache.store import Store
from reportgen.executor import InProcess, forked, run_all
from reportgen.figures.canvas import legend
from reportgen.figures.canvas.style import styled
from reportgen.figures.encoding import encode
from reportgen.report import stored_drawing
from reportgen.report.blocks import FigureBlock
from reportgen.report.drawing import Drawing
from reportgen.report.failures import reason
from reportgen.report.model import Report
from reportgen.report.shrink import staying_order

# From so many figures processes are faster: starting them takes as long as drawing five.
_MIN_FIGURES_FOR_PROCESSES = 16
_BATCH = 32  # figures that are drawn between two looks at the room that is left
# Matplotlib's settings and caches belong to the process: threads draw one after the other.
_MATPLOTLIB = Lock()
_LOGGER = logging.getLogger("reportgen")


def draw(
    report: Report,
    *,
    svg: Collection[str] = (),
    png: Collection[str] = (),
    max_bytes: int | None = None,
    executor: Executor | None = None,
    cache: Store | None = None,
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
        cache: of figures that were drawn before; None for none.
    """
    blocks = [block for block in staying_order(report) if block.id in svg or block.id in png]
    if executor is None:
        many = len(blocks) >= _MIN_FIGURES_FOR_PROCESSES
        with forked(len(blocks)) if many else InProcess() as workers:
            return draw(
                report, svg=svg, png=png, max_bytes=max_bytes, executor=workers, cache=cache
            )
    drawings: dict[str, Drawing] = {}
    taken = 0  # bytes of the vectors so far
    batch = len(blocks) if max_bytes is None else _BATCH
    for start in range(0, len(blocks), max(1, batch)):
        is_full = max_bytes is not None and taken > max_bytes
        drawn = [block for block in blocks[start : start + batch] if not is_full or block.id in png]
        asked = [_Asked(it, it.id in svg and not is_full, it.id in png) for it in drawn]
        results = _drawn(asked, executor, cache)
        drawings |= {block.id: drawing for block, drawing in zip(drawn, results, strict=True)}
        taken += sum(len(drawing.svg) for drawing in results)
    return drawings


def failures(drawings: Mapping[str, Drawing]) -> dict[str, str]:
    """Return why a figure could not be drawn, by its id."""
    return {name: drawing.failure for name, drawing in drawings.items() if drawing.failure}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A figure, and in which forms it is asked for."""

    block: FigureBlock
    svg: bool
    png: bool


def _drawn(asked: Sequence[_Asked], executor: Executor, cache: Store | None) -> list[Drawing]:
    """Return the drawings in order, from the cache where it holds them."""
    if cache is None:
        return run_all(executor, _draw_or_fail, asked)
    keys = [stored_drawing.key_of(it.block, svg=it.svg, png=it.png) for it in asked]
    stored = [None if key is None else stored_drawing.find(cache, key) for key in keys]
    missing = [it for it, drawing in zip(asked, stored, strict=True) if drawing is None]
    fresh = iter(run_all(executor, _draw_or_fail, missing))
    drawings = []
    for key, drawing in zip(keys, stored, strict=True):
        drawings.append(drawing or next(fresh))
        if key is not None and drawing is None:
            stored_drawing.put(cache, key, drawings[-1])
    return drawings


def _draw_or_fail(asked: _Asked) -> Drawing:
    try:
        return _draw(asked)
    except Exception as error:  # the other figures are sound
        _LOGGER.debug("%s could not be drawn", asked.block.id, exc_info=error)
        return Drawing("", b"", 0, 0, failure=reason(error))


def _draw(asked: _Asked) -> Drawing:
    """Return a figure in one form or both, drawn once: only its legend differs."""
    block, svg, png = asked.block, asked.svg, asked.png
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
