"""Drawn figures in the cache: by the content of their chart, and by everything that draws."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from matplotlib.font_manager import fontManager

from reportgen.cache.container import DamagedError, packed, unpacked
from reportgen.cache.content_digest import OpaqueError, content_digest
from reportgen.cache.fingerprint import fingerprint
from reportgen.cache.store import Store
from reportgen.figures.encoding.encode import Frame
from reportgen.report.blocks import FigureBlock
from reportgen.report.drawing import Drawing

_DRAWERS = ("matplotlib", "numpy", "pillow")
_LIMIT = 100_000  # CSS pixels of a side


def key_of(block: FigureBlock, *, svg: bool, png: bool) -> str | None:
    """Return the key of a figure in some forms; None for one that has no key.

    The id belongs to it, as the ids in a vector begin with it.
    """
    try:
        digest = content_digest(block.chart)
    except OpaqueError:
        return None
    return json.dumps(["figure", fingerprint(), _drawers(), digest, block.id, svg, png])


def find(cache: Store, key: str) -> Drawing | None:
    """Return a drawing; None where the cache does not hold it, or holds it damaged."""
    stored = cache.get(key)
    if stored is None:
        return None
    try:
        content, bodies = unpacked(key, stored)
        width, height, frame = content
        vector, picture = bodies
        if not all(type(side) is int and 0 < side < _LIMIT for side in (width, height)):
            return None
        return Drawing(str(vector, "utf-8"), bytes(picture), width, height, _frame(frame))
    except (DamagedError, ValueError, TypeError):
        return None


def put(cache: Store, key: str, drawing: Drawing) -> None:
    """Put a drawing into the cache, unless it failed."""
    if drawing.failure:
        return
    frame = drawing.frame
    places = frame and [[*map(float, pair)] for pair in (frame.box, frame.x, frame.y)]
    content = [drawing.width, drawing.height, frame and [places, frame.log_y]]
    cache.put(key, packed(key, content, [drawing.svg.encode(), drawing.png]))


def _frame(content: Any) -> Frame | None:  # noqa: ANN401
    """Return a frame.

    Raises:
        DamagedError: it is none.
        ValueError: the same.
        TypeError: the same.
    """
    if content is None:
        return None
    (box, x, y), log_y = content
    left, top, right, bottom = _numbers(box)
    (x0, x1), (y0, y1) = _numbers(x), _numbers(y)
    if type(log_y) is not bool:
        raise DamagedError("not a frame")
    return Frame((left, top, right, bottom), (x0, x1), (y0, y1), log_y)


def _numbers(items: Sequence[object]) -> Sequence[float]:
    numbers = [item for item in items if type(item) is float]
    if len(numbers) != len(items):
        raise DamagedError("not numbers")
    return numbers


@lru_cache(maxsize=1)
def _drawers() -> str:
    """Return what draws: packages, and the fonts that letters may be taken from."""
    fonts = sorted((entry.name, entry.fname) for entry in fontManager.ttflist)
    digest = hashlib.sha256(json.dumps(fonts).encode()).hexdigest()
    return " ".join([*map(version, _DRAWERS), digest])
