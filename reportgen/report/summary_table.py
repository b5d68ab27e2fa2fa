"""The ranked table of runs, from the summary."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np

from reportgen import wording
from reportgen.analysis.summary import KeyMetric, Reached, RunSummary, Summary
from reportgen.figures.style import RunStyle
from reportgen.report.model import Cell, Column, Table

_SPARK_POINTS = 40
_MANY = 10  # runs, of which not all may be in view
_FEWEST_STEPS = 5  # from value to value, that tell a noise
_LEAST_NOISE = 1e-4  # below, numbers carry their usual digits


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
    told = f"{wording.count(len(summary.runs), 'run')}. " if len(summary.runs) > _MANY else ""
    return Table(
        title="Runs",
        columns=tuple(headings),
        rows=tuple(tuple(_cells(row, summary, styles[row.group].color)) for row in summary.runs),
        note=f"{told}The curve is {summary.metrics[0].tag}{ranked}.",
    )


def _cells(row: RunSummary, summary: Summary, color: str) -> Iterator[Cell]:
    yield Cell(row.group, color=color)
    for index, (key, reached) in enumerate(zip(summary.metrics, row.reached, strict=True)):
        yield from _metric(key, reached, _best(summary, index), _decimals(summary, index))
    first = row.reached[0]
    yield Cell("", color=color, spark=_spark(first.values)) if first else Cell("")
    yield Cell(f"{row.last_step:,}", value=row.last_step)
    known = not np.isnan(row.seconds)
    yield Cell(wording.duration(row.seconds) if known else "", row.seconds if known else None)


def _metric(
    key: KeyMetric, reached: Reached | None, best: float, decimals: int | None
) -> Iterator[Cell]:
    if reached is None:
        yield from [Cell("not logged")] + [Cell("")] * bool(key.direction)
        return
    if key.direction:
        step = f"step {reached.best_step:,}" if reached.best_step >= 0 else ""
        text = _told(reached.best, decimals)
        yield Cell(text, reached.best, detail=step, best=reached.best == best)
    yield Cell(_told(reached.last, decimals), reached.last)


def _decimals(summary: Summary, index: int) -> int | None:
    """How many decimals a metric's noise leaves a meaning, and one more; None where there is none.

    Noise is what values differ by from one to the next, in the second half of the usual run.
    """
    held = [row.reached[index] for row in summary.runs]
    steps = [np.abs(np.diff(one.values[len(one.values) // 2 :])) for one in held if one]
    medians = [float(np.median(step)) for step in steps if len(step) >= _FEWEST_STEPS]
    noise = float(np.median(medians)) if medians else 0.0
    if not (_LEAST_NOISE < noise < 1.0):
        return None
    return 1 - math.floor(math.log10(noise))


def _told(value: float, decimals: int | None) -> str:
    """A value to so many decimals where that is shorter than its four significant digits."""
    plain = wording.number(value)
    if decimals is None or not (_LEAST_NOISE <= abs(value) < 1e6):
        return plain
    text = f"{value:.{decimals}f}".replace("-", "\N{MINUS SIGN}")
    return text if len(text) < len(plain) or float(f"{value:.{decimals}f}") == value else plain


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
