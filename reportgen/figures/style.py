"""Style: the colours of runs, and the empty figure that every chart starts from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reportgen import assets

INK, GREY, HAIRLINE = "#1c1f24", "#5b616b", "#e3e6ea"
PIXELS_PER_INCH = 100

# Okabe and Ito's set without its yellow, which white swallows, and six more that stay apart.
_COLORS = (
    *("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"),
    *("#000000", "#7b4fa3", "#8c564b", "#5c7a00", "#b3123f", "#4d6f8f"),
)
_DASHES = ("-", "-.", ":")
SPLIT_DASHES = {"": "-", "train": "-", "validation": "--", "test": ":"}


@dataclass(frozen=True, slots=True)
class RunStyle:
    """How a run looks in every figure: "#rrggbb", and matplotlib's line style."""

    color: str
    dash: str


def run_styles(groups: Sequence[str]) -> dict[str, RunStyle]:
    """A style for each run group: twelve colours, then the same with other line styles."""
    return {
        group: RunStyle(
            _COLORS[index % len(_COLORS)], _DASHES[index // len(_COLORS) % len(_DASHES)]
        )
        for index, group in enumerate(groups)
    }


@contextmanager
def styled() -> Iterator[None]:
    """Matplotlib's settings for our figures, and the caller's own again afterwards."""
    with mpl.rc_context(fname=assets.path("reportgen.mplstyle")):
        yield


def new_figure(width: int = 440, height: int = 270) -> tuple[Figure, Axes]:
    """An empty figure of `width` x `height` CSS pixels; all share margins, so x axes line up."""
    figure = Figure(figsize=(width / PIXELS_PER_INCH, height / PIXELS_PER_INCH))
    axes = figure.add_axes((56 / width, 44 / height, (width - 72) / width, (height - 56) / height))
    return figure, axes
