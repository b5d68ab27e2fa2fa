"""Index heat map: the metrics of many like parts of a network, a row a part and a column a step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from reportgen import wording
from reportgen.analysis.evenly import sparkline
from reportgen.analysis.family_grid import FamilyGrid
from reportgen.figures.canvas import cells
from reportgen.figures.canvas.rings import RingPlace, draw_rings
from reportgen.figures.canvas.style import GREY, INK, PIXELS_PER_INCH, RunStyle, styled
from reportgen.figures.chart import Chart, Sparkline
from reportgen.figures.families import heat_panel
from reportgen.figures.families.heat_panel import SMALL_TEXT, TEXT
from reportgen.figures.mark import Mark

MAX_SMALL = 6  # heat maps beside the large one
_WIDTH = 932
_LEFT, _TOP, _BOTTOM = 40, 26, 40  # pixels around the large heat map
_LARGE = 504  # its width beside small ones
_SMALL_WIDTH, _SMALL_GAP, _SMALL_PITCH = 164, 20, 128  # pixels; the pitch is from row to row
_ROW, _LOWEST, _HIGHEST = 10, 160, 380  # pixels of a member, and of all of them
_LETTER = 6.4  # pixels, of a small title


@dataclass(frozen=True, slots=True)
class IndexHeatMap(Chart):
    """Families of the same members in one run.

    Attributes:
        style: of the run.
        grids: the large one first, at most 1 + `MAX_SMALL`.
        unit: what a member is, "layer".
        marks: of findings about members.
    """

    kind: ClassVar[str] = "family"
    style: RunStyle
    grids: tuple[FamilyGrid, ...]
    unit: str
    marks: tuple[Mark, ...] = ()

    def subtitle(self) -> str:
        """Return what rows, columns and colours are, and the tags of the small heat maps."""
        large, *small = self.grids
        scale = "logarithmic colour" if heat_panel.is_logarithmic(large) else "linear colour"
        others = wording.listing([grid.family.pattern for grid in small], MAX_SMALL)
        first, last = large.family.members[0], large.family.members[-1]
        sentence = f"{self.unit} {first} to {last} by step, {scale}"
        return f"{sentence} · beside it {others}" if others else sentence

    def caption(self) -> str:
        """Return which member stands out, and how many values could not be drawn."""
        large = self.grids[0]
        sentences = []
        if large.odd is not None:
            sentences.append(
                f"{self.unit.capitalize()} {large.family.members[large.odd.place]} stands out: it "
                f"ends at {wording.number(large.odd.level, 3)}, its neighbours at "
                f"{wording.number(large.odd.usual, 3)}."
            )
        sentences += [
            f"{wording.count(grid.not_finite, 'value')} of {grid.family.pattern} "
            f"{'is' if grid.not_finite == 1 else 'are'} not finite and left out."
            for grid in self.grids
            if grid.not_finite
        ]
        return " ".join(sentences)

    def alt(self) -> str:
        """Return the ranges of all heat maps, and which member stands out."""
        ranges = [f"{grid.family.pattern} {heat_panel.range_text(grid)}" for grid in self.grids]
        count = len(self.grids[0].family.members)
        text = f"Heat maps of {count} members over steps: {', '.join(ranges)}."
        return " ".join(filter(None, [text, self.caption()]))

    def data(self) -> pd.DataFrame:
        """Return first, last, lowest and highest finite value, a row a tag."""
        tags = [tag for grid in self.grids for tag in grid.family.tags()]
        ends = np.concatenate([grid.ends for grid in self.grids])
        columns = ("first", "last", "lowest", "highest")
        return pd.DataFrame({"tag": tags, **dict(zip(columns, ends.T, strict=True))})

    def lists_tags(self) -> bool:
        """Return whether the data is the only place where the tags of the figure stand."""
        return True

    def priority(self) -> int:
        """Return how long the figure stays: a little longer than plain curves, as it is many."""
        return 85

    def with_marks(self, marks: Sequence[Mark]) -> IndexHeatMap:
        """Return the chart with the marks of findings about its members."""
        return replace(self, marks=tuple(marks))

    def sparkline(self) -> Sparkline | None:
        """Return the mean of the large heat map's members over steps."""
        cells = self.grids[0].cells
        counts = np.isfinite(cells).sum(axis=0)
        shown = counts > 0
        # A share of each value: the sum of large ones would overflow.
        means = np.nansum(cells[:, shown] / counts[shown], axis=0)
        return Sparkline(sparkline(means), self.style.color) if len(means) else None

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002
        """Return the figure: one large heat map, the others small beside it."""
        large, *small = self.grids
        members = len(large.family.members)
        inner = min(max(_ROW * members, _LOWEST), _HIGHEST)
        height = max(inner + _TOP + _BOTTOM, _SMALL_PITCH * -(-len(small) // 2) + 8)
        across = _LARGE if small else _WIDTH - _LEFT - 8
        with styled():
            figure = Figure(figsize=(_WIDTH / PIXELS_PER_INCH, height / PIXELS_PER_INCH))
            axes = _axes(figure, (_LEFT, _TOP, across, height - _TOP - _BOTTOM))
            heat_panel.draw_cells(axes, large, self.style.color)
            heat_panel.outline_odd(axes, large)
            heat_panel.label_rows(axes, large)
            _label_steps(axes, large, 5)
            axes.set_xlabel("step", fontsize=TEXT, color=GREY)
            _color_scale(axes, large, self.style.color)
            self._ring(figure, axes, large)
            for place, grid in enumerate(small):
                left = _LEFT + _LARGE + 40 + (place % 2) * (_SMALL_WIDTH + _SMALL_GAP)
                top = _TOP + (place // 2) * _SMALL_PITCH
                panel = _axes(figure, (left, top, _SMALL_WIDTH, _SMALL_PITCH - 50))
                heat_panel.draw_cells(panel, grid, self.style.color)
                panel.set_yticks([])
                _label_steps(panel, grid, 2)
                heat_panel.outline_odd(panel, grid)
                _name(panel, grid)
                self._ring(figure, panel, grid)
        return figure

    def _ring(self, figure: Figure, axes: Axes, grid: FamilyGrid) -> None:
        """Draw the rings of the members of one heat map, at the right end of their rows."""
        rows = {tag: row for row, tag in enumerate(grid.family.tags())}
        marks = [mark for mark in self.marks if mark.tag in rows]
        draw_rings(figure, axes, [RingPlace(mark, np.nan, rows[mark.tag] + 0.5) for mark in marks])


def prepare(
    title: str, grids: Sequence[FamilyGrid], style: RunStyle, unit: str
) -> list[IndexHeatMap]:
    """Return the charts of families of the same members in one run.

    The family with the member that stands out most is large; of several charts it is in the first.

    Args:
        title: what distinguishes the run from others; "" if there is one run.
        grids: of the families, at least one.
        style: of the run.
        unit: what a member is, "layer".
    """
    ordered = sorted(grids, key=lambda grid: -grid.odd.distance if grid.odd else 0.0)
    charts = []
    for start in range(0, len(ordered), 1 + MAX_SMALL):
        shown = tuple(ordered[start : start + 1 + MAX_SMALL])
        name = shown[0].family.pattern
        charts.append(IndexHeatMap(f"{name}, {title}" if title else name, style, shown, unit))
    return charts


def _axes(figure: Figure, box: tuple[float, float, float, float]) -> Axes:
    """Return axes whose left edge, upper edge, width and height are given in pixels."""
    width, height = figure.get_size_inches() * PIXELS_PER_INCH
    left, top, across, down = box
    return figure.add_axes((left / width, 1 - (top + down) / height, across / width, down / height))


def _label_steps(axes: Axes, grid: FamilyGrid, count: int) -> None:
    """Write steps below the axes: the first and the last one, and some between."""
    first, last = grid.edges[0], grid.edges[-1]
    if grid.first_step == grid.last_step:
        axes.set_xticks([grid.first_step], [f"{grid.first_step:,}"])
    elif count == 2:
        axes.set_xticks([first, last], [f"{grid.first_step:,}", f"{grid.last_step:,}"])
        left, right = axes.get_xticklabels()
        left.set_horizontalalignment("left")
        right.set_horizontalalignment("right")
    else:
        places = np.unique(np.linspace(grid.first_step, grid.last_step, count).round())
        axes.set_xticks(places, [f"{int(place):,}" for place in places])
    axes.tick_params(axis="x", labelsize=TEXT if count > 2 else SMALL_TEXT, labelcolor=GREY)


def _name(axes: Axes, grid: FamilyGrid) -> None:
    """Write the metric above a small heat map, and the ends of its scale at the right."""
    text = heat_panel.range_text(grid)
    room = int(_SMALL_WIDTH / _LETTER - 0.9 * len(text))
    look: dict[str, Any] = {"fontsize": SMALL_TEXT, "va": "bottom", "xycoords": "axes fraction"}
    look["textcoords"] = "offset points"
    name = wording.clipped(grid.family.metric, max(room, 6))
    axes.annotate(name, (0, 1), (0, 4), fontweight="bold", color=INK, **look)
    axes.annotate(text, (1, 1), (0, 4), color=GREY, ha="right", **look)


def _color_scale(axes: Axes, grid: FamilyGrid, color: str) -> None:
    """Draw the shades in a row above the right end of the axes, the ends of the scale beside."""
    low, high = heat_panel.scale_ends(grid)
    if np.isnan(low):
        return
    box = axes.get_position()
    figure = axes.get_figure()
    width, height = figure.get_size_inches() * PIXELS_PER_INCH  # type: ignore[union-attr]
    end, step, thick = box.x1 * width - 44, 12, 7
    bottom = box.y1 * height + 9
    for level in range(1, cells.SHADES + 1):
        place = (end - (cells.SHADES - level + 1) * step) / width
        look = {"facecolor": (color, level / cells.SHADES), "linewidth": 0, "antialiased": False}
        bar = Rectangle(
            (place, bottom / height),
            step / width,
            thick / height,
            transform=figure.transFigure,  # type: ignore[union-attr]
            clip_on=False,
            **look,  # type: ignore[arg-type]
        )
        axes.add_artist(bar)
    start = end - cells.SHADES * step
    ends = (
        (start - 6, wording.number(low, 2), "right"),
        (end + 6, wording.number(high, 2), "left"),
    )
    for place, text, side in ends:
        figure.text(place / width, (bottom - 1) / height, text, ha=side, fontsize=TEXT, color=GREY)  # type: ignore[union-attr]
