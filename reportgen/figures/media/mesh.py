"""Mesh: points and faces in space, seen from above at an angle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

from reportgen import wording
from reportgen.analysis.evenly import evenly
from reportgen.analysis.media.mesh_clusters import Mesh, simplified
from reportgen.arrays import FloatArray, IntArray
from reportgen.figures.canvas import cells
from reportgen.figures.canvas.limits import say
from reportgen.figures.canvas.style import GREY, HAIRLINE, RunStyle, new_figure, styled
from reportgen.figures.chart import Chart
from reportgen.figures.media import projection

_MAX_POINTS, _MAX_FACES = 1_500, 1_200
_LAYERS = 16  # from far to near, each drawn over those behind it
_LEVELS = 3  # of each of red, green and blue
_LIGHT = np.array([0.3, -0.8, 0.52])  # direction that it comes from: the viewer's left
_FULL = 360  # pixels: as high as a figure gets
_CORNERS = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], float)


@dataclass(frozen=True, slots=True)
class MeshChart(Chart):
    """One set of points, or a mesh.

    Attributes:
        points: (m, 3) that are drawn.
        colors: (m, 3) of the points, from 0 to 1, as logged; (0, 3) without colours.
        faces: (k, 3, 3) corners of the triangles that are drawn.
        paint: (k, 3) colours of the triangles from 0 to 1, means of their corners'; (0, 3) without.
        low, high: (3,) bounding box of the points.
        logged_points, logged_faces: how many were logged.
        valid_faces: how many faces have corners that exist and are finite.
        left_out: how many points are not finite.
    """

    kind: ClassVar[str] = "mesh"
    style: RunStyle
    points: FloatArray
    colors: FloatArray
    faces: FloatArray
    paint: FloatArray
    low: FloatArray
    high: FloatArray
    logged_points: int
    logged_faces: int
    valid_faces: int
    left_out: int

    def caption(self) -> str:
        """Return how many points and faces there are, how many are drawn, and what they span."""
        faces = wording.count(self.logged_faces, "face")
        spans = [
            f"{name} from {wording.number(low, 3)} to {wording.number(high, 3)}"
            for name, low, high in zip("xyz", self.low, self.high, strict=True)
        ]
        sentences = [
            f"{wording.count(self.logged_points, 'point')}{f', {faces}' * (faces[0] != '0')}"
            + (f"; {', '.join(spans)}." if len(self.points) else "; none is finite."),
            self._drawn(),
            f"{wording.count(self.left_out, 'point')} not finite." if self.left_out else "",
            "Seen without perspective, z upwards.",
        ]
        return " ".join(filter(None, sentences))

    def _drawn(self) -> str:
        """Return a sentence on what is left out or simplified."""
        if self.logged_faces:
            if self.valid_faces > _MAX_FACES:
                return f"Near points are merged, which leaves {len(self.faces):,} faces to draw."
            lost = self.logged_faces - self.valid_faces
            return f"{wording.count(lost, 'face')} of points that are not there." if lost else ""
        drawn, logged = len(self.points), self.logged_points - self.left_out
        return f"{drawn:,} of the points are drawn, evenly spaced." if drawn < logged else ""

    def alt(self) -> str:
        """Return the title and the caption."""
        return f"3D drawing of {self.title}. {self.caption()}"

    def data(self) -> pd.DataFrame:
        """Return the points that are drawn."""
        return pd.DataFrame(self.points, columns=["x", "y", "z"])

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large."""
        return 40

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002
        """Return the figure: faces shaded by their angle to the light, or points."""
        corners = projection.projected(self._unit(np.where(_CORNERS > 0, self.high, self.low)))
        width, height = np.ptp(corners, axis=0)
        with styled():
            share = height / width if width > 0 else 0.5
            figure, axes = new_figure(440, round(np.clip(420 * share + 30, 150, _FULL)))
            axes.set_position((0.02, 0.02, 0.96, 0.96))
            axes.set_axis_off()
            axes.set_aspect("equal")
            if len(self.points):
                self._box(axes, corners)
            else:
                say(axes, "no finite point")
            if len(self.faces):
                self._shade(axes)
            else:
                self._dots(axes)
            axes.autoscale_view()
        return figure

    def _unit(self, points: FloatArray) -> FloatArray:
        """Return points (..., 3) scaled so that the longest side of the bounding box is 1."""
        longest = (self.high / 2 - self.low / 2).max() or 1.0  # halves: spans of 1e308 overflow
        return (points / 2 - self.low / 2) / longest

    def _box(self, axes: Axes, corners: FloatArray) -> None:
        """Draw the edges of the bounding box; the three at its nearest lower corner have names."""
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
        """Draw faces, one path a look and layer, each layer on a ground that hides those behind."""
        faces = self._unit(self.faces)
        edges = faces[:, 1:] - faces[:, :1]
        normals = np.cross(edges[:, 0], edges[:, 1])
        length = np.linalg.norm(normals, axis=1)
        light = np.abs(normals @ _LIGHT) / np.where(length > 0, length, 1)
        looks = np.clip(np.round(2 + light * 7), 2, 9) / cells.SHADES
        paint = _quantised(self.paint)
        if not len(paint):
            paint = np.tile(to_rgb(self.style.color), (len(faces), 1))
        flat = projection.projected(faces.reshape(-1, 3)).reshape(-1, 3, 2)
        for number, layer in enumerate(_layers(projection.depth(faces.mean(axis=1))), start=1):
            ground = projection.triangles(flat[layer])
            axes.add_artist(
                PathPatch(ground, facecolor="white", linewidth=0, gid=f"ground-{number}")
            )
            of_look, index = np.unique(
                np.column_stack([paint[layer], looks[layer]]), axis=0, return_inverse=True
            )
            for place, (*color, alpha) in enumerate(of_look.tolist()):
                fill, edge = (tuple(color), alpha), (tuple(color), min(1.0, alpha + 0.15))
                path = projection.triangles(flat[layer[index == place]])
                axes.add_artist(PathPatch(path, facecolor=fill, edgecolor=edge, linewidth=0.3))

    def _dots(self, axes: Axes) -> None:
        points = self._unit(self.points)
        flat, paint = projection.projected(points), _quantised(self.colors)
        look: dict[str, Any] = {"markersize": 2.6 if len(flat) > 300 else 4.0, "markeredgewidth": 0}
        layers = _layers(projection.depth(points))
        for place, layer in enumerate(layers, start=1):
            near = 0.35 + 0.6 * place / len(layers)  # fainter the farther away
            if not len(paint):
                color, gid = self.style.color, f"points-{place}"
                axes.plot(*flat[layer].T, "s", color=color, alpha=near, gid=gid, **look)
                continue
            for rgb in np.unique(paint[layer], axis=0):
                members = layer[(paint[layer] == rgb).all(axis=1)]
                axes.plot(*flat[members].T, "s", color=tuple(rgb.tolist()), alpha=near, **look)


def _quantised(colors: FloatArray) -> FloatArray:
    """Return colours rounded so that many share one."""
    return np.round(colors * _LEVELS) / _LEVELS


def _layers(depth: FloatArray) -> list[IntArray]:
    """Return indices of points from far to near, in at most 16 layers."""
    count = min(_LAYERS, 1 + len(depth) // 20)
    return [
        indices
        for indices in np.array_split(np.argsort(-depth, kind="stable"), count)
        if len(indices)
    ]


def prepare(
    title: str,
    vertices: FloatArray,
    style: RunStyle,
    faces: IntArray | None = None,
    colors: FloatArray | None = None,
) -> MeshChart:
    """Return a chart of one mesh or set of points.

    Args:
        title: its heading.
        vertices: (n, 3).
        style: of the run.
        faces: (k, 3) indices of vertices; those that point nowhere are left out.
        colors: (n, 3) from 0 to 255, of the points; a face has the mean of its corners'.
    """
    points = np.asarray(vertices, dtype=float).reshape(-1, 3)
    sound = np.isfinite(points).all(axis=1)
    indices = np.asarray(faces if faces is not None else np.zeros((0, 3)), np.int64).reshape(-1, 3)
    valid = indices[((indices >= 0) & (indices < len(points))).all(axis=1)]
    valid = valid[sound[valid].all(axis=1)]
    finite = np.flatnonzero(sound)
    chosen = finite[evenly(len(finite), _MAX_POINTS)]
    paint = np.zeros((len(points), 0))
    if colors is not None and np.shape(colors)[:1] == (len(points),):
        paint = np.clip(np.nan_to_num(np.asarray(colors, float)[:, :3]) / 255, 0, 1)
    surface = Mesh(np.zeros((0, 3 + paint.shape[1])), valid)
    if len(valid):
        coloured = np.column_stack([np.where(sound[:, None], points, 0.0), paint])
        used, places = np.unique(valid, return_inverse=True)
        surface = simplified(Mesh(coloured[used], places.reshape(-1, 3)), _MAX_FACES)
    corners = surface.points[surface.faces]
    return MeshChart(
        title=title,
        style=style,
        points=points[chosen],
        colors=paint[chosen].reshape(-1, 3),
        faces=corners[:, :, :3],
        paint=corners[:, :, 3:].mean(axis=1).reshape(-1, 3),
        low=points[finite].min(axis=0, initial=np.inf) if len(finite) else np.zeros(3),
        high=points[finite].max(axis=0, initial=-np.inf) if len(finite) else np.zeros(3),
        logged_points=len(points),
        logged_faces=len(indices),
        valid_faces=len(valid),
        left_out=int((~sound).sum()),
    )
