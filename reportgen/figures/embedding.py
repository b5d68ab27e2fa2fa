"""Embedding: vectors in the plane of their two principal components."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from reportgen import wording
from reportgen.figures import legend as legends
from reportgen.figures.style import new_figure, run_styles, styled

_MOST_POINTS = 2_000
_MOST_LABELS = 12  # that get a colour of their own
_GREY = "#a3a9b3"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EmbeddingChart:
    """Points in a plane.

    Attributes:
        points: (n, 2).
        labels: (n,), "" without any.
        kept: share of the variance of all vectors along each of the two axes.
        logged: number of vectors and their length.
    """

    title: str
    points: Floats
    labels: tuple[str, ...]
    kept: tuple[float, float]
    logged: tuple[int, int]
    kind: str = "embedding"

    def caption(self) -> str:
        """What the axes are, and how much of the variance they hold."""
        count, length = self.logged
        if not len(self.points):
            return "No finite vector was logged."
        drawn = f"{len(self.points):,} of " if len(self.points) < count else ""
        names = len(set(self.labels))
        return (
            f"{drawn}{wording.count(count, 'vector')} of length {length:,} along their two "
            f"principal components, which hold {sum(self.kept):.0%} of the variance."
            + (f" {names - _MOST_LABELS} labels in grey." if names > _MOST_LABELS else "")
        )

    def alt(self) -> str:
        """As the caption."""
        return f"Embedding {self.title}. {self.caption()}"

    def data(self) -> pd.DataFrame:
        """A row a point."""
        x, y = self.points.T
        return pd.DataFrame({"label": self.labels, "first": x, "second": y})

    def draw(self, *, legend: bool = False) -> Figure:
        """The figure; the most frequent labels in colours."""
        labels = pd.Series(self.labels, dtype=object)
        names = labels.value_counts().index[:_MOST_LABELS].tolist()
        looks = run_styles(sorted(names))
        with styled():
            figure, axes = new_figure()
            rest = ~labels.isin(names).to_numpy(bool)
            axes.plot(*self.points[rest].T, "o", ms=2, color=_GREY)
            for name, look in looks.items():
                own = (labels == name).to_numpy(bool)
                axes.plot(*self.points[own].T, "o", ms=2.5, alpha=0.8, color=look.color)
            axes.set_xlabel(f"first component ({self.kept[0]:.0%})")
            axes.set_ylabel(f"second component ({self.kept[1]:.0%})")
            if legend and len(looks) > 1:
                legends.add(figure, [legends.Entry(n, look.color) for n, look in looks.items()])
        return figure


def prepare(
    title: str, vectors: NDArray[np.generic], labels: Sequence[str] | None = None
) -> EmbeddingChart:
    """A chart of one embedding.

    Args:
        title: its heading.
        vectors: (n, d); those that are not finite are left out.
        labels: n names; None for none.
    """
    table = np.asarray(vectors, float)
    table = table.reshape(len(table), math.prod(table.shape[1:]))
    names = np.array(labels if labels is not None else [""] * len(table), dtype=object)
    finite = np.flatnonzero(np.isfinite(table).all(axis=1))
    places = np.linspace(0, len(finite) - 1, min(len(finite), _MOST_POINTS)).round().astype(int)
    chosen = finite[np.unique(places)]
    points, kept = principal(table[chosen])
    own = tuple(str(name) for name in names[chosen])
    return EmbeddingChart(title, points, own, kept, (len(table), table.shape[1]))


def principal(table: Floats) -> tuple[Floats, tuple[float, float]]:
    """Principal component analysis: (n, 2) scores, and the share of variance along each.

    By the singular value decomposition of the centred table; of a component the sign is chosen so
    that its largest weight is positive.
    """
    if not table.size:
        return np.zeros((len(table), 2)), (0.0, 0.0)
    scale = float(np.abs(table).max()) or 1.0
    centred = table / scale - (table / scale).mean(axis=0)
    left, sizes, axes = np.linalg.svd(centred, full_matrices=False)
    signs = np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])
    scores = np.zeros((len(table), 2))
    most = min(2, len(sizes))
    scores[:, :most] = (left * sizes * signs)[:, :most]
    total = float((sizes**2).sum())
    shares = [float(size**2) / total if total else 0.0 for size in sizes[:2]] + [0.0]
    return scores * scale if scale < 1e100 else scores, (shares[0], shares[1])
