"""The ranked table of runs, from the summary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from reportgen import wording
from reportgen.analysis.summary import KeyMetric, Reached, RunSummary, Summary
from reportgen.figures.style import RunStyle
from reportgen.report.model import Cell, Column, Table

_SPARK_POINTS = 40


def table(summary: Summary, styles: Mapping[str, RunStyle]) -> Table | None:
    """One row a run, best first; None where there is no scalar."""
    if not summary.metrics:
        return None
    headings = [Column("run")]
    for key in summary.metrics:
        if key.direction:
            headings.append(Column(f"{key.tag} best", True))
        headings.append(Column(f"{key.tag} last", True))
    headings += [Column("curve"), Column("steps", True), Column("time", True)]
    ranked = "; best first, by the same tag" if summary.metrics[0].direction else ""
    return Table(
        title="Runs",
        columns=tuple(headings),
        rows=tuple(tuple(_cells(row, summary, styles[row.group].color)) for row in summary.runs),
        note=f"The curve is {summary.metrics[0].tag}{ranked}.",
    )


def _cells(row: RunSummary, summary: Summary, color: str) -> Iterator[Cell]:
    yield Cell(row.group, color=color)
    for index, (key, reached) in enumerate(zip(summary.metrics, row.reached, strict=True)):
        yield from _metric(key, reached, _best(summary, index))
    first = row.reached[0]
    yield Cell("", color=color, spark=_spark(first.values)) if first else Cell("")
    yield Cell(f"{row.last_step:,}", value=row.last_step)
    known = not np.isnan(row.seconds)
    yield Cell(wording.duration(row.seconds) if known else "", row.seconds if known else None)


def _metric(key: KeyMetric, reached: Reached | None, best: float) -> Iterator[Cell]:
    if reached is None:
        yield from [Cell("not logged")] + [Cell("")] * bool(key.direction)
        return
    if key.direction:
        step = f"step {reached.best_step:,}" if reached.best_step >= 0 else ""
        text = wording.number(reached.best)
        yield Cell(text, reached.best, detail=step, best=reached.best == best)
    yield Cell(wording.number(reached.last), reached.last)


def _best(summary: Summary, index: int) -> float:
    """The best value of a metric over all runs; NaN where only one run has it."""
    bests = [row.reached[index].best for row in summary.runs if row.reached[index] is not None]  # type: ignore[union-attr]
    finite = [value for value in bests if np.isfinite(value)]
    if len(summary.runs) < 2 or not finite:
        return float("nan")
    return max(finite) if summary.metrics[index].direction == "up" else min(finite)


def _spark(values: tuple[float, ...]) -> tuple[float, ...]:
    """At most 40 of the values, evenly spaced, the first and the last among them."""
    if len(values) <= _SPARK_POINTS:
        return values
    places = np.linspace(0, len(values) - 1, _SPARK_POINTS).round().astype(int)
    return tuple(values[place] for place in places)
