"""Embedding: points of many dimensions, reduced to two by PCA or t-SNE."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis.evenly import evenly
from reportgen.analysis.media import pca, tsne
from reportgen.arrays import BoolArray, FloatArray
from reportgen.choices import EmbeddingMethod
from reportgen.figures.canvas.fitted_names import short
from reportgen.figures.canvas.limits import say, undrawable
from reportgen.figures.canvas.style import INK, RunStyle, new_figure, run_styles, styled
from reportgen.figures.canvas.ticks import plain
from reportgen.figures.chart import Chart

_MAX_POINTS = 1_000
_MAX_CLASSES = 20  # whose names fit
_SHAPES = ("o", "s", "^", "D", "v", "P")
_LONGEST_NAME = 16
_MIN_POINTS = 5  # of a class; a name in the middle of fewer would hide them
_LETTER, _LINE = 8.0, 15.0  # pixels that a letter is wide, and a line high


@dataclass(frozen=True, slots=True)
class EmbeddingChart(Chart):
    """One embedding.

    Attributes:
        places: (m, 2) of the points that are drawn.
        labels: (m,) name of each, () without.
        classes: the different labels, in order of appearance, where they are few.
        logged: how many points were logged.
        dimensions: of the logged points.
        left_out: points with a value that is not finite.
        shares: of the variance, along x and y; () with t-SNE, whose axes have no meaning.
    """

    kind: ClassVar[str] = "embedding"
    style: RunStyle
    places: FloatArray
    labels: tuple[str, ...]
    classes: tuple[str, ...]
    logged: int
    dimensions: int
    left_out: int
    shares: tuple[float, ...]

    def caption(self) -> str:
        """Return how much of the variance is in view, and what was left out."""
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
        """Return a sentence on how labels are shown."""
        if self.classes:
            return "A colour and a shape a label, named at the middle of its points."
        different = len(set(self.labels))
        return f"{different:,} different labels, too many to name." if different else ""

    def alt(self) -> str:
        """Return the caption, and the labels."""
        named = f" Labels: {wording.listing(self.classes, 8)}." if self.classes else ""
        return f"Scatter of {self.title}. {self.caption()}{named}"

    def data(self) -> pd.DataFrame:
        """Return place and label of each point that is drawn."""
        columns: dict[str, object] = {"x": self.places[:, 0], "y": self.places[:, 1]}
        return pd.DataFrame(columns | ({"label": self.labels} if self.labels else {}))

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large."""
        return 50

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002
        """Return the figure; both axes have one scale, so that distances compare."""
        with styled():
            figure, axes = new_figure(440, 360)
            plain(axes.yaxis, 4)
            size = 4.5 if len(self.places) <= _MAX_POINTS // 3 else 3.2
            look = {"markersize": size, "markeredgewidth": 0, "alpha": 0.6}
            several = run_styles(self.classes) if len(self.classes) > 1 else {}
            colors = [style.color for style in several.values()] or [self.style.color]
            for index, members in enumerate(self._members()):
                shape = _SHAPES[index % len(_SHAPES)] if several else "o"
                color, gid = colors[index], f"class-{index + 1}"
                axes.plot(*self.places[members].T, shape, color=color, gid=gid, **look)  # type: ignore[arg-type]
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

    def _members(self) -> list[BoolArray]:
        if not self.classes:
            return [np.ones(len(self.places), dtype=bool)]
        named = np.array(self.labels, dtype=object)
        return [named == label for label in self.classes]

    def _names(self, axes: Axes) -> None:
        if not self.classes:
            return
        names = [short(name, _LONGEST_NAME) for name in self.classes]
        middles = np.array([np.median(self.places[members], axis=0) for members in self._members()])
        lifted = np.array([members.sum() < _MIN_POINTS for members in self._members()])
        ground = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.8}
        look = {"ha": "center", "va": "center", "fontsize": 9, "weight": "bold", "color": INK}
        for name, place in zip(names, _apart(axes, middles, names, lifted), strict=True):
            axes.text(place[0], place[1], name, zorder=4, bbox=ground, **look)  # type: ignore[arg-type]


def _apart(axes: Axes, places: FloatArray, names: Sequence[str], lifted: BoolArray) -> FloatArray:
    """Return places (n, 2) of names, moved upwards where two would overlap.

    Args:
        axes: where they are written.
        places: (n, 2) where they belong.
        names: (n,).
        lifted: (n,) whether to write a name above its place, which it would otherwise hide.
    """
    axes.apply_aspect()
    scale = axes.transData
    pixels, moved = scale.transform(places), lifted.copy()
    pixels[lifted, 1] += 0.8 * _LINE
    half = np.array([_LETTER / 2 * len(name) for name in names])
    order = np.argsort(pixels[:, 1], kind="stable")
    for place, name in enumerate(order):
        for other in sorted(order[:place], key=lambda index: pixels[index, 1]):
            beside = abs(pixels[name, 0] - pixels[other, 0]) >= half[name] + half[other]
            if not beside and abs(pixels[name, 1] - pixels[other, 1]) < _LINE:
                pixels[name, 1], moved[name] = pixels[other, 1] + _LINE, True
    back = scale.inverted().transform(pixels)
    return np.where(moved[:, None], back, places)


def prepare(
    title: str,
    points: FloatArray,
    style: RunStyle,
    labels: Sequence[str] = (),
    method: EmbeddingMethod = EmbeddingMethod.PCA,
) -> EmbeddingChart:
    """Return a chart of one embedding.

    Args:
        title: its heading.
        points: (n, d).
        style: of the run.
        labels: (n,) a name for each point; none for unnamed points.
        method: principal components, or t-SNE of the points that are drawn.

    Raises:
        DependencyError: t-SNE's package is not installed.
    """
    points = np.asarray(points, dtype=float)
    sound = np.flatnonzero(np.isfinite(points).all(axis=1))
    chosen = evenly(len(sound), _MAX_POINTS)
    shares: tuple[float, ...] = ()
    if method is EmbeddingMethod.TSNE:
        places = tsne.flat(points[sound[chosen]])
    else:
        reduced, shares = pca.flat(points[sound])
        places = reduced[chosen]
    named = tuple(str(labels[place]) for place in sound[chosen]) if len(labels) else ()
    classes = tuple(dict.fromkeys(named))
    return EmbeddingChart(
        title=title,
        style=style,
        places=places,
        labels=named,
        classes=classes if len(classes) <= _MAX_CLASSES else (),
        logged=len(points),
        dimensions=points.shape[1],
        left_out=len(points) - len(sound),
        shares=shares,
    )
