"""Mesh: points or faces in space, seen from one side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from mpl_toolkits.mplot3d.art3d import Poly3DCollection  # type: ignore[import-untyped]
from mpl_toolkits.mplot3d.axes3d import Axes3D  # type: ignore[import-untyped]
from numpy.typing import NDArray

from reportgen import wording
from reportgen.figures.style import GREY, PIXELS_PER_INCH, styled

_MOST_POINTS = 1_500
_MOST_FACES = 1_500
_SHADES = 3  # of each of red, green and blue that points are sorted into
_COLOR = "#0072b2"
_SIDE = 400  # pixels

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MeshChart:
    """A cloud of points, or faces between them.

    Attributes:
        vertices: (n, 3) finite; faces: (m, 3) places in them, none for a cloud.
        colors: (n,) "#rrggbb" of the points.
        logged: how many points and faces the log holds.
    """

    title: str
    vertices: Floats
    faces: NDArray[np.int64]
    colors: tuple[str, ...]
    logged: tuple[int, int]
    kind: str = "mesh"

    def caption(self) -> str:
        """How much of what was logged is drawn."""
        points, faces = self.logged
        held, noun = (len(self.faces), "face") if faces else (len(self.vertices), "point")
        every = faces or points
        if not every:
            return "No point was logged."
        told = wording.count(every, noun)
        return f"{told}." if held == every else f"{held:,} of {told} drawn, evenly chosen."

    def alt(self) -> str:
        """The ends of each axis."""
        if not len(self.vertices):
            return f"{self.title}: no point to show."
        ends = [
            f"{name} from {wording.number(low, 3)} to {wording.number(high, 3)}"
            for name, low, high in zip(
                "xyz", self.vertices.min(axis=0), self.vertices.max(axis=0), strict=True
            )
        ]
        return f"{self.title} in three dimensions: {', '.join(ends)}. {self.caption()}"

    def data(self) -> pd.DataFrame:
        """The points that are drawn."""
        return pd.DataFrame(self.vertices, columns=["x", "y", "z"])

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002  # there are no lines
        """The figure, all axes to one scale."""
        with styled():
            figure = Figure(figsize=(_SIDE / PIXELS_PER_INCH, _SIDE / PIXELS_PER_INCH))
            axes = figure.add_axes((0.02, 0.02, 0.92, 0.96), projection="3d")
            assert isinstance(axes, Axes3D)  # noqa: S101  # what the projection gives
            axes.grid(visible=False)
            axes.tick_params(labelsize=7, colors=GREY)
            scale = float(np.abs(self.vertices).max(initial=0.0)) or 1.0
            if scale > 1e100 or scale < 1e-100:  # beyond what a projection can reckon with
                axes.set_title(f"in units of {wording.number(scale, 2)}", fontsize=8, color=GREY)
                self._fill(axes, self.vertices / scale)
            else:
                self._fill(axes, self.vertices)
        return figure

    def _fill(self, axes: Axes3D, vertices: Floats) -> None:
        if not len(vertices):
            return
        low, high = vertices.min(axis=0), vertices.max(axis=0)
        middle, half = (low + high) / 2, float((high - low).max()) / 2 or 0.5
        axes.set(**{f"{n}lim": (m - half, m + half) for n, m in zip("xyz", middle, strict=True)})
        axes.set_box_aspect((1, 1, 1))
        if len(self.faces):
            axes.add_collection3d(
                Poly3DCollection(
                    vertices[self.faces],
                    facecolors=_COLOR,
                    edgecolors="#f6f9fc",
                    lw=0.3,
                    shade=True,
                )
            )
            return
        colors = np.array(self.colors)
        for color in dict.fromkeys(self.colors):
            x, y, z = vertices[colors == color].T
            axes.plot(x, y, z, "s", ms=1.6, color=color)


def prepare(
    title: str,
    vertices: NDArray[np.generic],
    faces: NDArray[np.generic] | None = None,
    colors: NDArray[np.generic] | None = None,
) -> MeshChart:
    """A chart of one mesh or cloud.

    Args:
        title: its heading.
        vertices: (n, 3); points that are not finite are left out.
        faces: (m, 3) places in `vertices`; None or none for a cloud of points.
        colors: (n, 3) red, green and blue from 0 to 255 of the points.
    """
    points = np.asarray(vertices, float).reshape(-1, 3)
    corners = np.zeros((0, 3), np.int64) if faces is None else np.asarray(faces, np.int64)
    corners = corners.reshape(-1, 3)
    logged = (len(points), len(corners))
    finite = np.isfinite(points).all(axis=1)
    if len(corners):
        sound = ((corners >= 0) & (corners < len(points))).all(axis=1)
        corners = corners[sound]
        corners = corners[finite[corners].all(axis=1)]
        corners = corners[_evenly(len(corners), _MOST_FACES)]
        used, inverse = np.unique(corners, return_inverse=True)
        return MeshChart(title, points[used], inverse.reshape(-1, 3), (), logged)
    places = np.flatnonzero(finite)
    places = places[_evenly(len(places), _MOST_POINTS)]
    shown = _colors(colors, places) if colors is not None else (_COLOR,) * len(places)
    return MeshChart(title, points[places], corners, shown, logged)


def _evenly(size: int, most: int) -> NDArray[np.int64]:
    return np.unique(np.linspace(0, size - 1, min(size, most)).round().astype(np.int64))


def _colors(colors: NDArray[np.generic], places: NDArray[np.int64]) -> tuple[str, ...]:
    """Colours of a few shades, so that points of one colour can be drawn together."""
    share = np.clip(np.asarray(colors, float).reshape(-1, 3)[places] / 255, 0, 1)
    rounded = np.nan_to_num((share * _SHADES).round() / _SHADES)
    return tuple(to_hex(tuple(color)) for color in rounded)
