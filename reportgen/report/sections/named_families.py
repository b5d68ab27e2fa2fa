"""Named families: a table of tags that differ by a name, with dots from first to last."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from reportgen import wording
from reportgen.analysis.tag_families import TagFamily
from reportgen.figures.canvas.style import RunStyle
from reportgen.report.digits import change, fixed
from reportgen.report.table import Cell, Column, Dots, Table

MAX_RUNS = 6  # with a column each
_MAX_ROWS = 200
_DIGITS, _MAX_DECIMALS = 3, 6
_LABELS = 4  # gaps between labels of the axis
_SHARE_WORSE = 0.1  # of the way from first to best, from which a loss is coloured


@dataclass(frozen=True, slots=True)
class _Series:
    """A member in one run: finite values only; NaN where there are none."""

    first: float
    last: float
    best: float
    best_step: int


_NOTHING = _Series(math.nan, math.nan, math.nan, -1)


@dataclass(frozen=True, slots=True)
class _Scale:
    """The axis of the dots, in the units of the values."""

    low: float
    high: float

    def place(self, value: float) -> float:
        return float(np.clip((value - self.low) / (self.high - self.low), 0, 1))

    def labels(self) -> tuple[tuple[float, str], ...]:
        ticks = MaxNLocator(_LABELS, steps=[1, 2, 2.5, 5, 10]).tick_values(self.low, self.high)
        inside = [tick for tick in ticks if self.low <= tick <= self.high]
        return tuple((self.place(tick), wording.number(tick, 3)) for tick in inside)


def table(
    family: TagFamily,
    rows: pd.DataFrame,
    unit: str,
    runs: Sequence[str],
    by_run: Mapping[str, RunStyle],
) -> Table:
    """Return a row a member, the best last value first.

    Args:
        family: whose members differ by a name.
        rows: annotated, of its tags and these runs.
        unit: what a member is, "task".
        runs: names of at most `MAX_RUNS`, the best first.
        by_run: the style of each run.
    """
    direction = str(rows["direction"].astype(str).mode().iloc[0])
    of_run = {run: _series(family, rows[rows["run"] == run], direction) for run in runs}
    leader = of_run[runs[0]]
    members = list(family.members)
    if direction:
        sign = -1 if direction == "up" else 1
        members.sort(key=lambda name: _order(leader[name].last * sign))
    scale = _scale(list(of_run.values()))
    places = _decimals(list(of_run.values()))
    shown = members[:_MAX_ROWS]
    if len(runs) == 1:
        color = by_run[runs[0]].color
        cells = [
            tuple(_row(_name(family, name), leader[name], scale, places, color, direction))
            for name in shown
        ]
        columns = tuple(_columns(unit, scale, direction))
    else:
        colors = [by_run[run].color for run in runs]
        lasts = {name: [of_run[run][name].last for run in runs] for name in shown}
        cells = [
            tuple(_runs_row(_name(family, name), lasts[name], scale, places, colors, direction))
            for name in shown
        ]
        columns = (
            Column(unit),
            Column("last value of each run", axis=scale.labels()),
            *(Column(run, numeric=True) for run in runs),
        )
    note = f"The first {_MAX_ROWS} of {len(members):,}." if len(members) > _MAX_ROWS else ""
    return Table(family.pattern, columns, tuple(cells), note, headed=True, tag=family.pattern)


def _series(family: TagFamily, rows: pd.DataFrame, direction: str) -> dict[str, _Series]:
    """Return the series of each member in one run."""
    finite = rows[np.isfinite(rows["value"])].sort_values("step", kind="stable")
    by_tag = {str(tag): of_tag for tag, of_tag in finite.groupby("tag", observed=True)}
    series = {}
    for member in family.members:
        of_tag = by_tag.get(family.tag(member))
        if of_tag is None or of_tag.empty:
            series[member] = _NOTHING
            continue
        values = of_tag["value"].to_numpy(np.float64)
        best, step = math.nan, -1
        if direction:
            place = int(values.argmax() if direction == "up" else values.argmin())
            best, step = float(values[place]), int(of_tag["step"].iloc[place])
        series[member] = _Series(float(values[0]), float(values[-1]), best, step)
    return series


def _name(family: TagFamily, member: str) -> Cell:
    return Cell(member, around=(family.prefix, family.suffix))


def _order(value: float) -> tuple[bool, float]:
    return math.isnan(value), 0.0 if math.isnan(value) else value


def _scale(runs: Sequence[Mapping[str, _Series]]) -> _Scale:
    """Return the axis: from 0 to 1 for shares, else from the lowest to the highest value."""
    values = np.array(
        [[member.first, member.last, member.best] for run in runs for member in run.values()]
    )
    values = values[np.isfinite(values)]
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    if low >= 0 and high <= 1 and high > 0.1:
        return _Scale(0.0, 1.0)
    if 0 < low < high / 3:  # so that lengths can be compared
        low = 0.0
    if not math.isfinite(high - low) or high <= low:
        return _Scale(low - 0.5, low + 0.5)
    return _Scale(low, high)


def _decimals(runs: Sequence[Mapping[str, _Series]]) -> int:
    """Return the decimals that show four digits of the largest last value, three of one below 1."""
    values = [
        abs(member.last) for run in runs for member in run.values() if math.isfinite(member.last)
    ]
    largest = max(values, default=0.0)
    if largest <= 0:
        return _DIGITS
    after_point = (_DIGITS if largest >= 1 else _DIGITS - 1) - math.floor(math.log10(largest))
    return min(max(after_point, 0), _MAX_DECIMALS)


def _columns(unit: str, scale: _Scale, direction: str) -> Iterator[Column]:
    yield Column(unit)
    yield Column("first (ring) to last (dot)", axis=scale.labels())
    yield Column("first", numeric=True)
    yield Column("last", numeric=True)
    if direction:
        yield Column("best", numeric=True)
        yield Column("at step", numeric=True)
        yield Column("last against best", numeric=True)


def _row(
    name: Cell,
    series: _Series,
    scale: _Scale,
    places: int,
    color: str,
    direction: str,
) -> Iterator[Cell]:
    yield name
    if math.isnan(series.last):
        yield Cell("no finite value")
        return
    lost = series.last - series.best
    worse = bool(direction) and abs(lost) > _SHARE_WORSE * abs(series.best - series.first)
    yield Cell(
        "",
        dots=Dots(
            ((scale.place(series.last), color),),
            ring=scale.place(series.first),
            best=scale.place(series.best) if worse else None,
        ),
    )
    yield Cell(fixed(series.first, places), series.first)
    yield Cell(fixed(series.last, places), series.last)
    if direction:
        yield Cell(fixed(series.best, places), series.best)
        yield Cell(f"{series.best_step:,}", series.best_step)
        yield _against_best(lost, places, worse=worse)


def _against_best(lost: float, places: int, *, worse: bool) -> Cell:
    """Return how far the last value is from the best one."""
    if lost == 0:
        return Cell("is the best", lost)
    if abs(lost) < 0.5 * 10.0**-places:
        return Cell(f"below {10.0**-places:.{places}f}", lost)
    signed = change(lost, places)
    return Cell(f"{signed} worse", lost, tone="worse") if worse else Cell(signed, lost)


def _runs_row(
    name: Cell,
    lasts: Sequence[float],
    scale: _Scale,
    places: int,
    colors: Sequence[str],
    direction: str,
) -> Iterator[Cell]:
    yield name
    points = [
        (scale.place(last), color)
        for last, color in zip(lasts, colors, strict=True)
        if math.isfinite(last)
    ]
    yield Cell("", dots=Dots(tuple(points[::-1])) if points else None)  # the best run above all
    finite = [last for last in lasts if math.isfinite(last)]
    best = (max(finite) if direction == "up" else min(finite)) if finite and direction else None
    for last in lasts:
        if math.isnan(last):
            yield Cell("")
        else:
            yield Cell(fixed(last, places), last, best=last == best)
