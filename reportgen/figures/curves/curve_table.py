"""Curve table: the lines of a chart of curves as a small table of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen import wording
from reportgen.figures.curves.series import Series
from reportgen.figures.text_table import TextCell, TextColumn, TextTable

_MAX_ROWS = 10


def curve_table(series: Sequence[Series], order: Mapping[str, int]) -> TextTable:
    """Return the first and the last value of each line, and its sparkline.

    Args:
        series: the lines of a chart.
        order: place of each run group in the ranking, the best 0; lines of others come last.
    """
    lines = sorted(series, key=lambda line: order.get(line.group, len(order)))
    hidden = max(0, len(lines) - _MAX_ROWS)
    return TextTable(
        columns=(
            TextColumn("run"),
            TextColumn("curve"),
            TextColumn("first", numeric=True),
            TextColumn("last", numeric=True),
        ),
        rows=tuple(
            (
                TextCell(wording.clipped(line.name)),
                TextCell("", sparkline=tuple(line.smoothed.tolist())),
                TextCell(wording.number(line.first)),
                TextCell(wording.number(line.last)),
            )
            for line in lines[:_MAX_ROWS]
        ),
        note=f"{wording.count(hidden, 'more line')} not shown." if hidden else "",
    )
