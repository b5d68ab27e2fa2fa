"""Image grid: logged pictures of one tag, a row a run, a column a step.

For notebooks only: a report shows pictures as they were logged.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from reportgen import wording
from reportgen.analysis.evenly import evenly
from reportgen.analysis.media.picture import MOST_PIXELS, UNREADABLE, strictly
from reportgen.arrays import ByteArray
from reportgen.figures.canvas.fitted_names import short
from reportgen.figures.canvas.limits import say
from reportgen.figures.canvas.style import GREY, PIXELS_PER_INCH, styled
from reportgen.figures.chart import Chart

_MAX_RUNS, _MAX_STEPS = 12, 6
_SIDE, _GAP, _LEFT, _HEAD, _FOOT = 120, 6, 8, 18, 16  # pixels
_LONGEST = 40  # characters of a run's name
_LARGEST = 16_000_000  # bytes of a picture


@dataclass(frozen=True, slots=True)
class ImageGrid(Chart):
    """Pictures by run and step.

    Attributes:
        rows: name of each run, the steps of its pictures and the pictures, (height, width, 3);
            None for one that cannot be read.
        logged: how many the log holds.
    """

    kind: ClassVar[str] = "image_grid"
    rows: tuple[tuple[str, tuple[int, ...], tuple[ByteArray | None, ...]], ...]
    logged: int

    @property
    def _shown(self) -> int:
        return sum(len(steps) for _, steps, _ in self.rows)

    def caption(self) -> str:
        """Return how many pictures are shown."""
        total = wording.count(self.logged, "picture")
        return f"{self._shown:,} of {total}: the first, the last and some between."

    def alt(self) -> str:
        """Return the names of the runs, and the caption."""
        runs = wording.listing([name for name, _, _ in self.rows])
        return f"Pictures of {self.title} in {runs}. {self.caption()}"

    def data(self) -> pd.DataFrame:
        """Return run and step of each picture."""
        pairs = [(run, step) for run, steps, _ in self.rows for step in steps]
        return pd.DataFrame(pairs, columns=["run", "step"])

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002  # there are no lines
        """Return the figure: each picture in a square of its own, in its own proportions."""
        across = max((len(steps) for _, steps, _ in self.rows), default=1)
        width = _LEFT + max(across, 2) * (_SIDE + _GAP)
        height = max(1, len(self.rows)) * (_SIDE + 2 * _HEAD) + _FOOT
        size = np.array([width, height, width, height])
        with styled():
            figure = Figure(figsize=(width / PIXELS_PER_INCH, height / PIXELS_PER_INCH))
            if self._shown < self.logged:
                place = _LEFT / width, 3 / height
                figure.text(*place, self.caption(), fontsize=7, color=GREY)
            for row, (name, steps, pictures) in enumerate(self.rows):
                bottom = height - (row + 1) * (_SIDE + 2 * _HEAD)
                top = (bottom + _SIDE + _HEAD + 4) / height
                figure.text(_LEFT / width, top, short(name, _LONGEST), fontsize=8, weight="bold")
                for column, (step, picture) in enumerate(zip(steps, pictures, strict=True)):
                    left = _LEFT + column * (_SIDE + _GAP)
                    axes = figure.add_axes(tuple(np.array([left, bottom, _SIDE, _SIDE]) / size))
                    _show(axes, step, picture)
        return figure


def _show(axes: Axes, step: int, picture: ByteArray | None) -> None:
    axes.set_title(f"step {step:,}", fontsize=7, pad=2, loc="left")
    axes.set_axis_off()
    if picture is None:
        say(axes, "cannot be read")
    else:
        axes.imshow(picture, interpolation="nearest")


def prepare(title: str, images: pd.DataFrame) -> ImageGrid:
    """Return a grid of the first runs: of each the first picture, the last and some between.

    Args:
        title: its heading.
        images: rows of the images frame of one tag.
    """
    return ImageGrid(title, tuple(_rows(images)), len(images))


def _rows(
    images: pd.DataFrame,
) -> Iterator[tuple[str, tuple[int, ...], tuple[ByteArray | None, ...]]]:
    for run in images["run"].astype(str).drop_duplicates().head(_MAX_RUNS):
        pictures_of_run = images[images["run"] == run]
        shown = pictures_of_run.iloc[evenly(len(pictures_of_run), _MAX_STEPS)]
        pictures = tuple(_decoded(blob) for blob in shown["blob"])
        yield run, tuple(shown["step"].tolist()), pictures


def _decoded(blob: Any) -> ByteArray | None:  # noqa: ANN401
    """Return the picture, or the first frame of a film; None if too large or unreadable."""
    if blob.size > _LARGEST:
        return None
    try:
        with strictly(), Image.open(io.BytesIO(blob.read())) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            return np.asarray(picture.convert("RGB"))
    except UNREADABLE:
        return None
