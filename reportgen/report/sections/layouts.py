"""Layouts: the categories of charts that a `custom_scalars` layout asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from reportgen import wording
from reportgen.analysis.custom_scalars import chosen, logged
from reportgen.analysis.x_axis import Axis, positioned
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.curves import curves, margins
from reportgen.report.blocks import Block, FigureBlock, Notice
from reportgen.settings import Settings

_MAX_CHARTS = 100
_MAX_TAGS = 24  # of a chart


def sections(
    scalars: pd.DataFrame,
    layouts: pd.DataFrame,
    styles: Mapping[str, RunStyle],
    settings: Settings,
) -> list[tuple[str, list[Block]]]:
    """Return titles and blocks of the categories, each chart once for all runs that ask for it.

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
    charts = _Charts(placed, axis, styles, settings)
    titled: dict[str, list[Block]] = {}
    for row in asked.head(_MAX_CHARTS).to_dict("records"):
        make = charts.margin if row["style"] == "margin" else charts.lines
        blocks = titled.setdefault(str(row["category"]) or "Custom scalars", [])
        blocks += make(str(row["title"]), row["tags"])
    hidden = len(asked) - _MAX_CHARTS
    if hidden > 0:
        text = f"{wording.count(hidden, 'more chart')} of the log's layout not shown."
        titled.setdefault("Custom scalars", []).append(Notice(text))
    return list(titled.items())


class _Charts:
    """Makes the charts of a layout."""

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
        """Yield a chart with one line a tag and run, and what of it is not shown."""
        tags, refused = chosen(self.tags, patterns)
        if tags:
            rows = self._rows(tags[:_MAX_TAGS])
            directions = set(rows["direction"])
            chart = curves.prepare(
                title or wording.listing(tags),
                rows if len(tags) == 1 else rows.assign(line=_lines(rows), split=""),
                self.styles,
                str(directions.pop()) if len(directions) == 1 else "",
                self.settings.smoothing,
                self.axis,
                log_y=self.settings.log_y,
            )
            yield FigureBlock("", chart, tag=chart.title)
        if len(tags) > _MAX_TAGS:
            further = wording.count(len(tags) - _MAX_TAGS, "more tag")
            yield Notice(f"{title}: {further} of this chart not shown.")
        if refused:
            names = wording.listing(refused)
            yield Notice(f"{title}: these patterns of tags were not tried: {names}.")
        if not tags and not refused:
            yield Notice(f"{title}: no tag is named {wording.listing(patterns)}.")

    def margin(self, title: str, names: Sequence[str]) -> Iterator[Block]:
        """Yield a chart of values with bands, and the tags that were not logged."""
        bands: list[margins.Tags] = []
        missing: list[str] = []
        for asked in zip(names[::3], names[1::3], names[2::3], strict=False):
            value, low, high = (logged(name, self.tags) for name in asked)
            if value and low and high:
                bands.append((value, low, high))
            else:
                missing += asked
        if missing:
            yield Notice(f"{title}: not all of {wording.listing(missing)} were logged.")
        if not bands:
            return
        rows = self._rows([tag for band in bands for tag in band])
        rows = rows.assign(split=_splits(rows))
        chart = margins.prepare(title or bands[0][0], rows, bands, self.styles, self.axis)
        yield FigureBlock("", chart, tag=chart.title)

    def _rows(self, tags: Sequence[str]) -> pd.DataFrame:
        return self.scalars[self.scalars["tag"].isin(tags)]


def _splits(rows: pd.DataFrame) -> pd.Series:
    """Return the split of runs that are one of several of their group, else ""."""
    return rows["split"].where(rows["run"].astype(str) != rows["group"], "")


def _lines(rows: pd.DataFrame) -> list[str]:
    """Return the name of each row's line: the tag, and the run's split."""
    pairs = zip(rows["tag"].astype(str), _splits(rows), strict=True)
    return [f"{tag}, {split}" if split else tag for tag, split in pairs]
