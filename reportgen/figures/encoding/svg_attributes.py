"""SVG attributes: of the fill and the stroke of a path, and of the owner of a group."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.colors import to_hex

from reportgen.figures.canvas.gid import Gid


def look(gc: GraphicsContextBase, face: Sequence[float] | None, dpi: float) -> str:
    """Return the attributes of fill and stroke; "" where nothing would be visible.

    Args:
        gc: matplotlib's, with the stroke.
        face: red, green, blue and maybe alpha of the fill; None without one.
        dpi: pixels an inch.
    """
    pixels = dpi / 72  # a point
    color, width = gc.get_rgb(), gc.get_linewidth()
    forced = gc.get_alpha() if gc.get_forced_alpha() else None
    stroked = width > 0 and (color[3] if forced is None else forced) > 0
    filled = face is not None and (len(face) < 4 or face[3] > 0)
    if not (stroked or filled):
        return ""
    attributes = _paint("fill", face, forced) if filled and face is not None else ""
    attributes += ' shape-rendering="crispEdges"' * (not gc.get_antialiased())
    if stroked:
        attributes += _paint("stroke", color, forced)
        attributes += f' stroke-width="{(width * pixels):.3g}"'
        offset, dashes = gc.get_dashes()
        if dashes is not None:
            lengths = " ".join(
                f"{(dash * pixels):.3g}" for dash in np.asarray(dashes, float).tolist()
            )
            attributes += f' stroke-dasharray="{lengths}"'
            attributes += f' stroke-dashoffset="{(offset * pixels):.3g}"' * bool(offset)
        attributes += ' stroke-linecap="butt"' * (dashes is not None)
    return attributes


def owner(gid: str) -> str:
    """Return the attributes that name the run and the series of a group."""
    if not isinstance(gid, Gid):
        return ""
    parts = (("data-run", gid.run), ("data-series", gid.series))
    return "".join(f" {name}={quoteattr(printable(text))}" for name, text in parts if text)


def _paint(name: str, color: Sequence[float], forced: float | None) -> str:
    alpha = forced if forced is not None else color[3] if len(color) > 3 else 1.0
    opacity = f' {name}-opacity="{alpha:.3g}"' if alpha < 1 else ""
    return f' {name}="{to_hex(color[:3])}"{opacity}'  # type: ignore[arg-type]


def printable(text: str) -> str:
    """Return the text with spaces for control characters, which XML forbids."""
    return "".join(char if char.isprintable() else " " for char in text)
