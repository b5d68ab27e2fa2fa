"""The ranked table of runs, from the summary."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from reportgen import wording
from reportgen.analysis.evenly import evenly
from reportgen.analysis.summary import RunSummary, Summary
from reportgen.figures.canvas.style import RunStyle
from reportgen.report.digits import change, decimals, fixed
from reportgen.report.model import Cell, Column, Table

_SPARK_POINTS = 40
_MANY = 10  # runs, of which not all may be in view


def table(summary: Summary, styles: Mapping[str, RunStyle]) -> Table | None:
    """One row a run, best first; None where there is no scalar."""
    if not summary.metrics:
        return _without_metrics(summary, styles) if summary.reason else None
    headings = [Column("run")]
    for key in summary.metrics:
        if key.direction:
            headings.append(Column(f"{key.tag} best", True))
            if summary.baseline:
                headings.append(Column("vs baseline", True))
        headings.append(Column(f"{key.tag} last", True))
    headings += [Column("curve"), Column("steps", True), Column("time", True)]
    places = [decimals(summary, index) for index in range(len(summary.metrics))]
    ranked = "; best first, by the same tag" if summary.metrics[0].direction else ""
    told = f"{wording.count(len(summary.runs), 'run')}. " if len(summary.runs) > _MANY else ""
    return Table(
        title="Runs",
        columns=tuple(headings),
        rows=tuple(
            tuple(_cells(row, summary, places, styles[row.group].color)) for row in summary.runs
        ),
        note=f"{told}The curve is {summary.metrics[0].tag}{ranked}.{_compared(summary)}",
    )


def _without_metrics(summary: Summary, styles: Mapping[str, RunStyle]) -> Table:
    """The runs in the order of the logs, where no tag says how well they did."""
    return Table(
        title="Runs",
        columns=(Column("run"), Column("steps", True), Column("time", True)),
        rows=tuple(
            (Cell(row.group, color=styles[row.group].color), *_size(row)) for row in summary.runs
        ),
        note=summary.reason,
    )


def _compared(summary: Summary) -> str:
    """What the columns beside the best values tell, or why there are none."""
    if not summary.baseline:
        return ""
    if any(key.direction for key in summary.metrics):
        return " The change is from the baseline's best value."
    return " Nothing is compared with the baseline: --best tells which way a tag is better."


def _cells(row: RunSummary, summary: Summary, places: Sequence[int], color: str) -> Iterator[Cell]:
    yield Cell(row.group, color=color)
    for index, decimals_ in enumerate(places):
        yield from _metric(row, summary, index, decimals_)
    first = row.reached[0]
    yield Cell("", color=color, spark=_spark(first.values)) if first else Cell("")
    yield from _size(row)


def _size(row: RunSummary) -> Iterator[Cell]:
    yield Cell(f"{row.last_step:,}", value=row.last_step)
    known = not math.isnan(row.seconds)
    yield Cell(wording.duration(row.seconds) if known else "", row.seconds if known else None)


def _metric(row: RunSummary, summary: Summary, index: int, places: int) -> Iterator[Cell]:
    reached, directed = row.reached[index], bool(summary.metrics[index].direction)
    if reached is None:
        yield Cell("not logged")
        yield from [Cell("")] * (directed * (1 + bool(summary.baseline)))
        return
    if directed:
        wins = len(summary.runs) > 1 and reached.best == summary.best(index)
        step = f"step {reached.best_step:,}" if reached.best_step >= 0 else ""
        yield Cell(fixed(reached.best, places), reached.best, detail=step, best=wins)
        if summary.baseline:
            yield versus(row, summary, index, places)
    yield Cell(fixed(reached.last, places), reached.last)


def versus(row: RunSummary, summary: Summary, index: int, places: int) -> Cell:
    """How the best value of a run differs from the baseline's: with its sign, and in a word."""
    if row.group == summary.baseline:
        return Cell("baseline", 0.0)
    reached = row.reached[index]
    difference = reached.best - summary.base(index) if reached else math.nan
    if math.isnan(difference):
        return Cell("")
    tone = ""
    if difference:
        rises = summary.metrics[index].direction == "up"
        tone = "better" if (difference > 0) == rises else "worse"
    text = change(difference, places)
    return Cell(text, difference, detail=tone or "the same", tone=tone)


def _spark(values: tuple[float, ...]) -> tuple[float, ...]:
    """At most 40 of the values, evenly spaced, the first and the last among them."""
    return tuple(values[place] for place in evenly(len(values), _SPARK_POINTS))
