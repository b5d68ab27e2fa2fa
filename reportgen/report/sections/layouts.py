"""Layouts: the categories of charts that a `custom_scalars` layout asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from reportgen import wording
from reportgen.analysis.custom_scalars import chosen, logged
from reportgen.analysis.x_axis import Axis, positioned
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.curves import curves, margins
from reportgen.report.model import Block, FigureBlock, Notice
from reportgen.settings import Settings

_MOST_CHARTS = 100
_MOST_LINES = 24  # tags of a chart


def sections(
    scalars: pd.DataFrame,
    layouts: pd.DataFrame,
    styles: Mapping[str, RunStyle],
    settings: Settings,
) -> list[tuple[str, list[Block]]]:
    """Titles and blocks of the categories, each chart once however many runs ask for it.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        layouts: the layouts frame.
        styles: by run group.
        settings: the user's settings.
    """
    asked = layouts[layouts["origin"] == "custom_scalars"].drop_duplicates(
        ["category", "title", "style", "tags"]
    )
    if asked.empty:
        return []
    placed, axis = positioned(scalars, settings.x, log=settings.log_x)
    drawn = _Drawn(placed, axis, styles, settings)
    found: dict[str, list[Block]] = {}
    for row in asked.head(_MOST_CHARTS).to_dict("records"):
        make = drawn.margin if row["style"] == "margin" else drawn.lines
        own = found.setdefault(str(row["category"]) or "Custom scalars", [])
        own += make(str(row["title"]), row["tags"])
    left = len(asked) - _MOST_CHARTS
    if left > 0:
        told = f"{wording.count(left, 'more chart')} of the log's layout not shown."
        found.setdefault("Custom scalars", []).append(Notice(told))
    return list(found.items())


class _Drawn:
    """What each chart of a layout needs beside its own row."""

    def __init__(
        self,
        scalars: pd.DataFrame,
        axis: Axis,
        styles: Mapping[str, RunStyle],
        settings: Settings,
    ) -> None:
        self.scalars, self.axis, self.styles, self.settings = scalars, axis, styles, settings
        self.tags = sorted(set(scalars["tag"].astype(str)))

    def lines(self, title: str, patterns: Sequence[str]) -> Iterator[Block]:
        """A chart of one line a tag and run."""
        tags, refused = chosen(self.tags, patterns)
        if tags:
            rows = self._rows(tags[:_MOST_LINES])
            ways = set(rows["direction"])
            chart = curves.prepare(
                title or wording.listing(tags),
                rows if len(tags) == 1 else rows.assign(line=_lines(rows), split=""),
                self.styles,
                str(ways.pop()) if len(ways) == 1 else "",
                self.settings.smoothing,
                self.axis,
                log_y=self.settings.log_y,
            )
            yield FigureBlock("", chart)
        if len(tags) > _MOST_LINES:
            more = wording.count(len(tags) - _MOST_LINES, "more tag")
            yield Notice(f"{title}: {more} of this chart not shown.")
        if refused:
            names = wording.listing(refused)
            yield Notice(f"{title}: these patterns of tags were not tried: {names}.")
        if not tags and not refused:
            yield Notice(f"{title}: no tag is named {wording.listing(patterns)}.")

    def margin(self, title: str, names: Sequence[str]) -> Iterator[Block]:
        """A chart of values with bands."""
        bands: list[margins.Tags] = []
        lost: list[str] = []
        for asked in zip(names[::3], names[1::3], names[2::3], strict=False):
            value, low, high = (logged(name, self.tags) for name in asked)
            if value and low and high:
                bands.append((value, low, high))
            else:
                lost += asked
        if lost:
            yield Notice(f"{title}: not all of {wording.listing(lost)} were logged.")
        if not bands:
            return
        rows = self._rows([tag for band in bands for tag in band])
        rows = rows.assign(split=_splits(rows))
        chart = margins.prepare(title or bands[0][0], rows, bands, self.styles, self.axis)
        yield FigureBlock("", chart)

    def _rows(self, tags: Sequence[str]) -> pd.DataFrame:
        return self.scalars[self.scalars["tag"].isin(tags)]


def _splits(rows: pd.DataFrame) -> pd.Series:
    """The split of a run that is one of several of its group; "" for what a tag says itself."""
    return rows["split"].where(rows["run"].astype(str) != rows["group"], "")


def _lines(rows: pd.DataFrame) -> list[str]:
    """The tag, and the run's split."""
    pairs = zip(rows["tag"].astype(str), _splits(rows), strict=True)
    return [f"{tag}, {split}" if split else tag for tag, split in pairs]
