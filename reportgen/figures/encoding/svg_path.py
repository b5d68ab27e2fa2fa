"""SVG paths: the `d` attribute, in tenths of a pixel, as short as possible."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.path import Path

from reportgen.arrays import AnyArray

_COMMANDS = {Path.MOVETO: "M", Path.LINETO: "l", Path.CURVE3: "q", Path.CURVE4: "c"}


def pixels(vertices: Any, height: int) -> AnyArray:  # noqa: ANN401
    """Return vertices (n, 2), y upwards, as tenths of a pixel, y downwards, clipped if huge."""
    points = np.asarray(vertices, float) * (10, -10) + (0, height * 10)
    return np.clip(np.nan_to_num(np.round(points)), -100_000, 100_000).astype(np.int64)


def data(points: AnyArray, codes: Any) -> str:  # noqa: ANN401
    """Return the `d` of a path of tenths of a pixel, each piece relative to the one before."""
    if codes is None:
        return f"M{pair(*points[0])}l{_steps(points)}" if len(points) > 1 else ""
    places, kinds = _bends(points.tolist(), codes.tolist())
    parts, (x, y), place = [], places[0], 0
    while place < len(places):
        code = kinds[place]
        if code == Path.CLOSEPOLY:
            parts.append("z")
            place += 1
            continue
        size = Path.NUM_VERTICES_FOR_CODE[code]
        piece = places[place : place + size]
        if code == Path.MOVETO:
            parts.append(f"M{pair(*piece[0])}")
        elif code == Path.LINETO and (x == piece[0][0] or y == piece[0][1]):
            right, down = piece[0][0] - x, piece[0][1] - y
            parts.append(f"v{tenths(down)}" if down else f"h{tenths(right)}")
        else:
            moves = " ".join(pair(right - x, down - y) for right, down in piece)
            parts.append(f"{_COMMANDS[code]}{moves}")
        x, y = piece[-1]
        place += size
    return "".join(parts)


def _bends(places: list[list[int]], kinds: list[Any]) -> tuple[list[list[int]], list[Any]]:
    """Return a path without the points in the middle of a horizontal or vertical line."""
    bends: list[list[int]] = []
    codes: list[Any] = []
    for (right, bottom), kind in zip(places, kinds, strict=True):
        if kind == Path.LINETO and codes[-1:] == [Path.LINETO]:
            (left, top), (x, y) = bends[-2:]
            level = top == y == bottom and (x - left) * (right - x) >= 0
            if level or (left == x == right and (y - top) * (bottom - y) >= 0):
                bends[-1] = [right, bottom]
                continue
        bends.append([right, bottom])
        codes.append(kind)
    return bends, codes


def broken(points: AnyArray, finite: AnyArray) -> str:
    """Return the `d` of a line with a gap at each point that is not finite."""
    pieces = np.split(points, np.flatnonzero(~finite))
    return "".join(data(piece[index > 0 :], None) for index, piece in enumerate(pieces))


def _steps(points: AnyArray) -> str:
    """Return the moves along a line, without those of less than a tenth of a pixel."""
    moves = np.diff(points, axis=0)
    moves = moves[moves.any(axis=1)]
    return " ".join(pair(x, y) for x, y in moves.tolist()) or "0 0"


def pair(x: int, y: int) -> str:
    """Return two numbers; a negative second needs no space before it."""
    return f"{tenths(x)} {tenths(y)}" if y >= 0 else f"{tenths(x)}{tenths(y)}"


@lru_cache(maxsize=10_000)  # moves along lines are short, so that few values recur often
def tenths(value: int) -> str:
    """Return a whole number of tenths as a short decimal: 5 is ".5", 120 is "12"."""
    whole, rest = divmod(abs(int(value)), 10)
    text = f"{whole or ''}.{rest}" if rest else str(whole)
    return f"-{text}" if value < 0 else text
