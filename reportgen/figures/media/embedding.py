"""Embedding: points of many dimensions, flattened by PCA or t-SNE."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from reportgen import wording
from reportgen.analysis.evenly import evenly
from reportgen.analysis.media import pca, tsne
from reportgen.errors import UsageError
from reportgen.figures.canvas.fitted_names import short
from reportgen.figures.canvas.limits import say, undrawable
from reportgen.figures.canvas.style import INK, RunStyle, new_figure, run_styles, styled
from reportgen.figures.canvas.ticks import plain
from reportgen.figures.chart import Chart

_MOST_POINTS = 1_000
_MOST_CLASSES = 20  # whose names find room
METHODS = ("pca", "tsne")
_SHAPES = ("o", "s", "^", "D", "v", "P")
_LONGEST_NAME = 16
_FEW = 5  # points, which a name at their middle would hide
_LETTER, _LINE = 8.0, 15.0  # pixels that a letter is wide, and a line high

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EmbeddingChart(Chart):
    """One embedding.

    Attributes:
        places: (m, 2) of the points that are drawn.
        labels: (m,) name of each, () without.
        classes: the different labels, in order of appearance, where they are few.
        logged, dimensions: of all points.
        left_out: points with a value that is not finite.
        shares: of the variance, along x and y; none with t-SNE, whose axes have no meaning.
    """

    kind: ClassVar[str] = "embedding"
    style: RunStyle
    places: Floats
    labels: tuple[str, ...]
    classes: tuple[str, ...]
    logged: int
    dimensions: int
    left_out: int
    shares: tuple[float, ...]

    def caption(self) -> str:
        """How much of the points' spread is in view, and what was left out."""
        drawn = len(self.places)
        points = f"{wording.count(self.logged, 'point')} of {self.dimensions:,} dimensions"
        sentences = [
            f"{points} along their two principal directions (PCA)."
            if self.shares
            else f"{points} by t-SNE: near points stay near, long distances say little.",
            f"{sum(self.shares):.0%} of the variance is in view." if self.shares else "",
            f"{drawn:,} are drawn, evenly spaced." if drawn < self.logged - self.left_out else "",
            f"{wording.count(self.left_out, 'point')} not finite." if self.left_out else "",
            self._naming(),
        ]
        return " ".join(filter(None, sentences))

    def _naming(self) -> str:
        """How labels are shown."""
        if self.classes:
            return "A colour and a shape a label, named at the middle of its points."
        different = len(set(self.labels))
        return f"{different:,} different labels, too many to name." if different else ""

    def alt(self) -> str:
        """The caption, and the names."""
        named = f" Labels: {wording.listing(self.classes, 8)}." if self.classes else ""
        return f"Scatter of {self.title}. {self.caption()}{named}"

    def data(self) -> pd.DataFrame:
        """Place and label of each point that is drawn."""
        columns: dict[str, object] = {"x": self.places[:, 0], "y": self.places[:, 1]}
        return pd.DataFrame(columns | ({"label": self.labels} if self.labels else {}))

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large."""
        return 50

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002
        """The figure: both axes of one scale, as distances are what it is looked at for."""
        with styled():
            figure, axes = new_figure(440, 360)
            plain(axes.yaxis, 4)
            size = 4.5 if len(self.places) <= _MOST_POINTS // 3 else 3.2
            look = {"markersize": size, "markeredgewidth": 0, "alpha": 0.6}
            several = run_styles(self.classes) if len(self.classes) > 1 else {}
            colors = [style.color for style in several.values()] or [self.style.color]
            for index, own in enumerate(self._members()):
                shape = _SHAPES[index % len(_SHAPES)] if several else "o"
                color, gid = colors[index], f"class-{index + 1}"
                axes.plot(*self.places[own].T, shape, color=color, gid=gid, **look)  # type: ignore[arg-type]
            reason = undrawable(self.places)
            if reason:
                say(axes, reason)
                return figure
            axes.set_aspect("equal", adjustable="datalim")
            self._names(axes)
            if self.shares:
                axes.set_xlabel(f"first direction ({self.shares[0]:.0%} of the variance)")
                axes.set_ylabel(f"second ({self.shares[1]:.0%})", labelpad=0)
        return figure

    def _members(self) -> list[NDArray[np.bool_]]:
        if not self.classes:
            return [np.ones(len(self.places), dtype=bool)]
        named = np.array(self.labels, dtype=object)
        return [named == one for one in self.classes]

    def _names(self, axes: Axes) -> None:
        if not self.classes:
            return
        names = [short(name, _LONGEST_NAME) for name in self.classes]
        middles = np.array([np.median(self.places[own], axis=0) for own in self._members()])
        lifted = np.array([own.sum() < _FEW for own in self._members()])
        ground = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.8}
        look = {"ha": "center", "va": "center", "fontsize": 9, "weight": "bold", "color": INK}
        for name, place in zip(names, _apart(axes, middles, names, lifted), strict=True):
            axes.text(place[0], place[1], name, zorder=4, bbox=ground, **look)  # type: ignore[arg-type]


def _apart(axes: Axes, places: Floats, names: Sequence[str], lifted: NDArray[np.bool_]) -> Floats:
    """Places (n, 2) of names, those that would cover another moved upwards until they do not.

    Args:
        axes: where they are written.
        places: (n, 2) where they belong.
        names: (n,).
        lifted: (n,) whether one stands above its place, which it would hide.
    """
    axes.apply_aspect()
    scale = axes.transData
    pixels, moved = scale.transform(places), lifted.copy()
    pixels[lifted, 1] += 0.8 * _LINE
    half = np.array([_LETTER / 2 * len(name) for name in names])
    order = np.argsort(pixels[:, 1], kind="stable")
    for place, own in enumerate(order):
        for other in sorted(order[:place], key=lambda one: pixels[one, 1]):
            beside = abs(pixels[own, 0] - pixels[other, 0]) >= half[own] + half[other]
            if not beside and abs(pixels[own, 1] - pixels[other, 1]) < _LINE:
                pixels[own, 1], moved[own] = pixels[other, 1] + _LINE, True
    back = scale.inverted().transform(pixels)
    return np.where(moved[:, None], back, places)


def prepare(
    title: str,
    points: Floats,
    style: RunStyle,
    labels: Sequence[str] = (),
    method: str = "pca",
) -> EmbeddingChart:
    """A chart of one embedding.

    Args:
        title: its heading.
        points: (n, d).
        style: of the run.
        labels: (n,) a name for each point; none for unnamed points.
        method: "pca", or "tsne" of the points that are drawn.

    Raises:
        UsageError: there is no such method.
        DependencyError: t-SNE's package is not installed.
    """
    if method not in METHODS:
        raise UsageError(f"--embedding {method}: no method; use {' or '.join(METHODS)}")
    points = np.asarray(points, dtype=float)
    sound = np.flatnonzero(np.isfinite(points).all(axis=1))
    chosen = evenly(len(sound), _MOST_POINTS)
    shares: tuple[float, ...] = ()
    if method == "tsne":
        places = tsne.flat(points[sound[chosen]])
    else:
        every, shares = pca.flat(points[sound])
        places = every[chosen]
    named = tuple(str(labels[place]) for place in sound[chosen]) if len(labels) else ()
    classes = tuple(dict.fromkeys(named))
    return EmbeddingChart(
        title=title,
        style=style,
        places=places,
        labels=named,
        classes=classes if len(classes) <= _MOST_CLASSES else (),
        logged=len(points),
        dimensions=points.shape[1],
        left_out=len(points) - len(sound),
        shares=shares,
    )
