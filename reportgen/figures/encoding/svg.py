"""SVG as the page needs it: a matplotlib renderer that writes presentation attributes only.

Matplotlib's own backend writes `style` attributes, a style sheet and clip paths for every line. A
strict Content-Security-Policy refuses these, and they take five times the space. This renderer
writes what our figures hold: paths and text. Colours are attributes, so that the page's style sheet
can replace them in the dark style; an artist's `gid` becomes the id of its group.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_hex
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Transform

from reportgen.arrays import AnyArray
from reportgen.figures.encoding import svg_attributes, svg_path

# Share of a text's length before its anchor, by alignment along the direction of the text.
_ALONG = {"left": 0.0, "bottom": 0.0, "baseline": 0.0, "center": 0.5, "right": 1.0, "top": 1.0}
_ANCHORS = {0.0: "", 0.5: ' text-anchor="middle"', 1.0: ' text-anchor="end"'}
# Written once, as most paths share it: a tenth of a figure's size.
_COMMON = 'fill="none" stroke-linejoin="round" stroke-linecap="round"'
Segment = tuple[tuple[float, float], tuple[float, float]]


class SvgRenderer(RendererBase):
    """Collect the elements of one figure.

    Args:
        name: prefix of every id, so that several figures can stand in one page.
        width, height: of the figure in pixels.
        dpi: pixels an inch.
    """

    def __init__(self, name: str, width: int, height: int, dpi: float) -> None:
        super().__init__()
        self.name, self.width, self.height, self.dpi = name, width, height, dpi
        self._parts: list[str] = []
        self._groups: list[bool] = []
        self._clips: dict[tuple[int, ...], str] = {}

    def finish(self) -> str:
        """Return the whole `<svg>` element."""
        size = f'width="{self.width}" height="{self.height}"'
        clips = "".join(
            f'<clipPath id="{name}"><rect x="{svg_path.tenths(x)}" y="{svg_path.tenths(y)}" '
            f'width="{svg_path.tenths(width)}" height="{svg_path.tenths(height)}"/></clipPath>'
            for (x, y, width, height), name in self._clips.items()
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
            f'viewBox="0 0 {self.width} {self.height}" {_COMMON}>'
            f"{f'<defs>{clips}</defs>' if clips else ''}{''.join(self._parts)}</svg>"
        )

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the size in pixels."""
        return self.width, self.height

    def points_to_pixels(self, points: Any) -> Any:  # noqa: ANN401  # a number or an array
        """Convert points to pixels at this renderer's resolution."""
        return points * self.dpi / 72

    def open_group(self, s: str, gid: str | None = None) -> None:  # noqa: ARG002
        """Open a group if the artist has a gid."""
        self._groups.append(gid is not None)
        if gid is not None:
            self._parts.append(
                f"<g id={quoteattr(f'{self.name}-{gid}')}{svg_attributes.owner(gid)}>"
            )

    def close_group(self, s: str) -> None:  # noqa: ARG002
        """Close the group that `open_group` opened."""
        if self._groups.pop():
            self._parts.append("</g>")

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: ANN401, N803  # matplotlib's name
    ) -> None:
        """Write one path, filled with `rgbFace` if that is not None."""
        placed = transform.transform_path(path)
        vertices, codes = np.asarray(placed.vertices, float), placed.codes
        points = svg_path.pixels(vertices, self.height)
        if not len(points):
            return
        look = svg_attributes.look(gc, rgbFace, self.dpi)
        if look:
            finite = np.isfinite(vertices).all(axis=1)
            whole = codes is not None or bool(finite.all())
            data = svg_path.data(points, codes) if whole else svg_path.broken(points, finite)
            self._parts.append(f'<path d="{data}"{look}{self._clip(gc, points[finite])}/>')

    def draw_markers(
        self,
        gc: GraphicsContextBase,
        marker_path: Path,
        marker_trans: Transform,
        path: Path,
        trans: Transform,
        rgbFace: Any = None,  # noqa: ANN401, N803
    ) -> None:
        """Write the same marker at every vertex, as one path."""
        marker = marker_trans.transform_path(marker_path)
        places = trans.transform(path.vertices)
        places = places[np.isfinite(places).all(axis=1)]
        area = len(np.asarray(marker.vertices)) > 2
        look = svg_attributes.look(gc, rgbFace if area else None, self.dpi)
        if not len(places) or not look:
            return
        vertices = np.asarray(marker.vertices) + places[:, None]
        markers = svg_path.pixels(vertices, self.height)
        data = "".join(svg_path.data(points, marker.codes) for points in markers)
        points = svg_path.pixels(places, self.height)
        self._parts.append(f'<path d="{data}"{look}{self._clip(gc, points)}/>')

    def draw_image(self, *_: Any, **__: Any) -> None:  # noqa: ANN401
        """Refuse: figures are vectors, and an embedded picture would need a data URI."""
        raise NotImplementedError("a figure holds a picture; draw it with pcolormesh")

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: Any,  # noqa: ANN401
        angle: float,
        ismath: Any = False,  # noqa: ANN401
        mtext: Text | None = None,
    ) -> None:
        """Write text as text, anchored by its alignment, as the page's font has other widths."""
        along = 0.0
        if mtext is not None:
            turned = angle == 90 and mtext.get_rotation_mode() != "anchor"
            side = mtext.get_verticalalignment() if turned else mtext.get_horizontalalignment()
            along = _ALONG.get(side, 0.0)
        if along:
            length = along * self.get_text_width_height_descent(s, prop, ismath)[0]
            x += length * np.cos(np.deg2rad(angle))
            y -= length * np.sin(np.deg2rad(angle))
        size = self.points_to_pixels(prop.get_size_in_points())
        bold = prop.get_weight() in ("bold", 700)
        color = to_hex(gc.get_rgb())
        self.write(x, self.height - y, s, size, color, along=along, angle=angle, bold=bold)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        color: str,
        *,
        along: float = 0.0,
        angle: float = 0.0,
        bold: bool = False,
    ) -> None:
        """Write one line of text.

        Args:
            x: of the anchor on the base line, in pixels from the left.
            y: the same from the bottom.
            text: any; it is escaped.
            size: of the font, in pixels.
            color: "#rrggbb".
            along: share of the text's length before the anchor: 0, 0.5 or 1.
            angle: in degrees, anticlockwise.
            bold: whether the text is bold.
        """
        down = self.height - y
        place = f'x="{svg_path.tenths(round(x * 10))}" y="{svg_path.tenths(round(down * 10))}"'
        if angle:
            place = f'transform="translate({x:.1f} {down:.1f}) rotate({-angle:g})"'
        weight = ' font-weight="bold"' if bold else ""
        self._parts.append(
            f'<text {place} font-size="{size:.3g}"{weight}{_ANCHORS[along]} '
            f'fill="{color}">{escape(svg_attributes.printable(text))}</text>'
        )

    def text_width(self, text: str, font: FontProperties) -> float:
        """Return about how many pixels a text takes: the page has another font."""
        return float(self.get_text_width_height_descent(text, font, ismath=False)[0])

    def segments(self, lines: Sequence[Segment], color: str, width: float) -> None:
        """Write straight lines of one look, from point to point in pixels; `width` is in points."""
        if not lines:
            return
        points = svg_path.pixels(np.array(lines).reshape(-1, 2), self.height).reshape(-1, 2, 2)
        data = "".join(f"M{svg_path.pair(*a)}l{svg_path.pair(*(b - a))}" for a, b in points)
        look = f'stroke="{color}" stroke-width="{self.points_to_pixels(width):.3g}"'
        self._parts.append(f'<path d="{data}" {look}/>')

    def _clip(self, gc: GraphicsContextBase, points: AnyArray) -> str:
        """Return a reference to the clip rectangle if the points leave it."""
        box = gc.get_clip_rectangle()
        if box is None:
            return ""
        x, y, width, height = (round(value * 10) for value in box.bounds)
        y = self.height * 10 - y - height
        low, high = np.array([x, y]), np.array([x + width, y + height])
        if (points >= low - 10).all() and (points <= high + 10).all():  # a pixel of line width
            return ""
        key = (x, y, width, height)
        name = self._clips.setdefault(key, f"{self.name}-clip-{len(self._clips) + 1}")
        return f' clip-path="url(#{name})"'
