"""Mesh: points and faces in space, seen from above and aside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray

from reportgen import wording
from reportgen.figures import cells
from reportgen.figures.style import GREY, HAIRLINE, RunStyle, new_figure, styled

_MOST_POINTS, _MOST_FACES = 1_500, 800
_AZIMUTH, _ELEVATION = np.deg2rad(-55.0), np.deg2rad(25.0)
_LEVELS = 3  # of each of red, green and blue
_TRIANGLE = (Path.MOVETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY)
_CORNERS = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], float)

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class MeshChart:
    """One set of points, or a mesh.

    Attributes:
        points: (m, 3) that are drawn.
        colors: (m, 3) from 0 to 1 as logged; (0, 3) without.
        faces: (k, 3, 3) corners of the triangles that are drawn.
        low, high: (3,) what the points span.
        logged_points, logged_faces: of the log.
        left_out: points that are not finite.
    """

    title: str
    style: RunStyle
    points: Floats
    colors: Floats
    faces: Floats
    low: Floats
    high: Floats
    logged_points: int
    logged_faces: int
    left_out: int
    kind: str = "mesh"

    def caption(self) -> str:
        """How many points and faces, how many of them are drawn, and what they span."""
        faces = wording.count(self.logged_faces, "face")
        drawn = len(self.faces) if self.logged_faces else len(self.points)
        logged = self.logged_faces or self.logged_points - self.left_out
        spans = [
            f"{name} from {wording.number(low, 3)} to {wording.number(high, 3)}"
            for name, low, high in zip("xyz", self.low, self.high, strict=True)
        ]
        sentences = [
            f"{wording.count(self.logged_points, 'point')}{f', {faces}' * (faces[0] != '0')}"
            + (f"; {', '.join(spans)}." if len(self.points) else "; none is finite."),
            f"{drawn:,} of the {'faces' if self.logged_faces else 'points'} are drawn, evenly "
            "spaced."
            if drawn < logged
            else "",
            f"{wording.count(self.left_out, 'point')} not finite." if self.left_out else "",
            "Seen without perspective, z upwards.",
        ]
        return " ".join(filter(None, sentences))

    def alt(self) -> str:
        """As the caption."""
        return f"Drawing in space of {self.title}. {self.caption()}"

    def data(self) -> pd.DataFrame:
        """The points that are drawn."""
        return pd.DataFrame(self.points, columns=["x", "y", "z"])

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002
        """The figure: faces shaded by how they stand to the light, else points."""
        with styled():
            figure, axes = new_figure(440, 360)
            axes.set_position((0.02, 0.02, 0.96, 0.96))
            axes.set_axis_off()
            axes.set_aspect("equal")
            if len(self.points):
                self._box(axes)
            if len(self.faces):
                self._shade(axes)
            else:
                self._dots(axes)
            axes.autoscale_view()
        return figure

    def _unit(self, points: Floats) -> Floats:
        """Points (..., 3) of the box as points of the unit cube, its largest side as long as it."""
        longest = (self.high / 2 - self.low / 2).max() or 1.0  # halves: spans of 1e308 overflow
        return (points / 2 - self.low / 2) / longest

    def _box(self, axes: Axes) -> None:
        """The edges of the box that holds all, the three from its nearest low corner named."""
        corners = _seen(self._unit(np.where(_CORNERS > 0, self.high, self.low)))
        for start in range(8):
            for axis, bit in enumerate((4, 2, 1)):
                if start & bit:
                    continue
                ends = corners[[start, start | bit]]
                axes.plot(*ends.T, color=HAIRLINE, linewidth=0.8, zorder=0)
                if (start, axis) in ((0, 0), (4, 1), (0, 2)):
                    x, y = ends.mean(axis=0)
                    axes.text(x, y, f" {'xyz'[axis]} ", color=GREY, ha="right", va="top")

    def _shade(self, axes: Axes) -> None:
        """Faces of one shade are one path; light falls from the eye's left."""
        faces = self._unit(self.faces)
        edges = faces[:, 1:] - faces[:, :1]
        normals = np.cross(edges[:, 0], edges[:, 1])
        length = np.linalg.norm(normals, axis=1)
        light = np.abs(normals @ np.array([0.3, -0.8, 0.52])) / np.where(length > 0, length, 1)
        shade = np.clip((1 + light * 5).astype(int), 1, 6)
        flat = _one_way(_seen(faces.reshape(-1, 3)).reshape(-1, 3, 2))
        for level in np.unique(shade):
            corners = flat[shade == level][:, [0, 1, 2, 0]].reshape(-1, 2)
            path = Path(corners, np.tile(_TRIANGLE, len(corners) // 4).astype(np.uint8))
            paint = (self.style.color, float(level) / cells.SHADES)
            edge = (self.style.color, 0.5)
            axes.add_patch(PathPatch(path, facecolor=paint, edgecolor=edge, linewidth=0.3))

    def _dots(self, axes: Axes) -> None:
        flat = _seen(self._unit(self.points))
        look = {"markersize": 1.8 if len(flat) > 300 else 3.0, "markeredgewidth": 0}
        if not len(self.colors):
            axes.plot(*flat.T, "s", color=self.style.color, alpha=0.7, gid="points", **look)  # type: ignore[arg-type]
            return
        levels = np.round(self.colors * _LEVELS) / _LEVELS
        for color in np.unique(levels, axis=0):
            own = (levels == color).all(axis=1)
            axes.plot(*flat[own].T, "s", color=tuple(color.tolist()), **look)  # type: ignore[arg-type]


def _seen(points: Floats) -> Floats:
    """Places (n, 2) of points (n, 3) on the paper: turned about z, then tilted, no perspective."""
    x, y, z = points.T
    across = x * np.cos(_AZIMUTH) - y * np.sin(_AZIMUTH)
    away = x * np.sin(_AZIMUTH) + y * np.cos(_AZIMUTH)
    return np.column_stack([across, z * np.cos(_ELEVATION) + away * np.sin(_ELEVATION)])


def _one_way(triangles: Floats) -> Floats:
    """Triangles (k, 3, 2) that all turn the same way: within a path, others would cut holes."""
    first, second = triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    turned = first[:, 0] * second[:, 1] < first[:, 1] * second[:, 0]
    return np.where(turned[:, None, None], triangles[:, ::-1], triangles)


def prepare(
    title: str,
    vertices: Floats,
    style: RunStyle,
    faces: Whole | None = None,
    colors: Floats | None = None,
) -> MeshChart:
    """A chart of one mesh or set of points.

    Args:
        title: its heading.
        vertices: (n, 3).
        style: of the run.
        faces: (k, 3) indices of vertices; those that point nowhere are left out.
        colors: (n, 3) from 0 to 255, drawn on points.
    """
    points = np.asarray(vertices, dtype=float).reshape(-1, 3)
    sound = np.isfinite(points).all(axis=1)
    indices = np.asarray(faces if faces is not None else np.zeros((0, 3)), np.int64).reshape(-1, 3)
    valid = indices[((indices >= 0) & (indices < len(points))).all(axis=1)]
    valid = valid[sound[valid].all(axis=1)]
    own = np.flatnonzero(sound)
    chosen = own[_evenly(len(own), _MOST_POINTS)]
    paint = np.zeros((0, 3))
    if colors is not None and np.shape(colors)[:1] == (len(points),):
        paint = np.clip(np.nan_to_num(np.asarray(colors, float)[chosen, :3]) / 255, 0, 1)
    return MeshChart(
        title=title,
        style=style,
        points=points[chosen],
        colors=paint,
        faces=points[valid[_evenly(len(valid), _MOST_FACES)]],
        low=points[own].min(axis=0, initial=np.inf) if len(own) else np.zeros(3),
        high=points[own].max(axis=0, initial=-np.inf) if len(own) else np.zeros(3),
        logged_points=len(points),
        logged_faces=len(indices),
        left_out=int((~sound).sum()),
    )


def _evenly(size: int, most: int) -> Whole:
    """At most so many of the places from 0 to `size`, the first and the last among them."""
    if size <= most:
        return np.arange(size)
    return np.linspace(0, size - 1, most).round().astype(np.int64)
