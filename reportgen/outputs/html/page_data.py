"""Page data: what the page's script needs to draw curves again and to hand out numbers.

The page is whole without it. Numbers carry six digits: more than a screen or a reader can tell.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from reportgen.analysis.x_axis import Axis
from reportgen.arrays import AnyArray, FloatArray, IntArray
from reportgen.figures.chart import Chart
from reportgen.figures.curves.series import Series, StepCurves
from reportgen.figures.encoding.encode import Frame
from reportgen.report.blocks import FigureBlock
from reportgen.report.drawing import Drawing
from reportgen.report.model import LegendEntry, Report

_TEN_TO = np.array([float(10**power) for power in range(23)])  # all that are exact
_MAX_CELLS = 20_000  # of one table; a larger one is not worth its weight in a page


def script_data(report: Report, drawings: Mapping[str, Drawing]) -> Markup:
    """Return JSON that is safe inside a script element.

    Args:
        report: what `build` made.
        drawings: of every figure, by id.
    """
    axis = _axis(report)
    data = {
        "runs": [entry.name for entry in entries(report)],
        "axis": axis.label[:1].upper() + axis.label[1:],
        "log": axis.log,
        "figures": {
            block.id: _figure(block, drawings[block.id].frame, places(report), axis)
            for block in report.figures()
        },
    }
    return script_json(data)


def script_json(data: object) -> Markup:
    """Return JSON, as short as it can be, that is safe inside a script element."""
    return htmlsafe_json_dumps(
        data, dumps=lambda it, **_: json.dumps(it, separators=(",", ":"), allow_nan=False)
    )


def entries(report: Report) -> tuple[LegendEntry, ...]:
    """Return what the page numbers: the groups of seeds, then the runs of its legend."""
    return *seed_groups(report), *report.legend


def seed_groups(report: Report) -> tuple[LegendEntry, ...]:
    """Return the groups of seeds of a report, without the runs that are in none."""
    return tuple(entry for entry in report.group_legend if entry.runs != (entry.name,))


def members(report: Report) -> tuple[LegendEntry, ...]:
    """Return the runs that are in groups of seeds, group after group."""
    runs = {entry.name: entry for entry in report.legend}
    return tuple(runs[name] for group in seed_groups(report) for name in group.runs if name in runs)


def places(report: Report) -> dict[str, int]:
    """Return the number of each group of seeds, run and run group; of equal names the run's."""
    numbered = list(enumerate(entries(report)))
    groups = {entry.name: index for index, entry in numbered}
    first = len(numbered) - len(report.legend)
    runs = {name: index for index, entry in numbered[first:] for name in (entry.name, *entry.runs)}
    return groups | runs


def _figure(
    block: FigureBlock, frame: Frame | None, runs: Mapping[str, int], axis: Axis
) -> dict[str, Any]:
    """Return what the script needs of one figure.

    Of curves that the script can draw again, that is the curves; of another figure, its table and
    the run of each line.
    """
    curves = block.chart.page_curves()
    is_numbered = curves is not None and all(line.group in runs for line in curves.series)
    if curves is not None and frame is not None and is_numbered and _can_redraw(curves, axis):
        return _curves(curves, frame, runs)
    entry: dict[str, Any] = {"table": _table(block.chart)}
    groups = block.chart.line_groups()
    if groups and all(group in runs for group in groups):
        entry["lines"] = [{"r": runs[group]} for group in groups]
    if curves is not None and curves.best >= 0:
        entry["best"] = [curves.best]
    return entry


def _axis(report: Report) -> Axis:
    """Return the x axis that the curves share, so that one cursor can go through all of them."""
    curves = (block.chart.step_curves() for block in report.figures())
    return next((chart.axis for chart in curves if chart is not None), Axis())


def _can_redraw(curves: StepCurves, axis: Axis) -> bool:
    """Return whether the script can draw the curves: it knows no dates, and no x that decreases."""
    forward = all((np.diff(series.x) >= 0).all() for series in curves.series)
    return curves.axis.kind != "wall" and curves.axis.label == axis.label and forward


def _curves(curves: StepCurves, frame: Frame, runs: Mapping[str, int]) -> dict[str, Any]:
    can_smooth = curves.weight is not None
    entry: dict[str, Any] = {
        "box": [round(value, 1) for value in frame.box],
        "x": _rounded(np.array(frame.x), 9),
        "y": _rounded(np.array(frame.y), 9),
        "log": frame.log_y,
        # The weight that the figure was drawn with; null where it was smoothed in another way.
        "w": curves.weight,
        "lines": [
            line_data(series, runs[series.group], curves.axis, can_smooth=can_smooth)
            for series in curves.series
        ],
    }
    for line in entry["lines"][curves.readable :] if curves.readable is not None else ():
        line["q"] = 1
    if curves.best >= 0:
        best = curves.series[curves.best]
        entry["best"] = [curves.best, *_rounded(np.array([best.best_x, best.best]), 9)]
    return entry


def line_data(series: Series, run: int, axis: Axis, *, can_smooth: bool) -> dict[str, Any]:
    """Return a series: steps, raw values, what does not follow from them, and where values are bad.

    Of a series with more points than are drawn, each drawn one stands for those since the one
    before: their count and mean, from which the page smooths anew.
    """
    whole = series.points == len(series.steps) + series.bad
    line: dict[str, Any] = {
        "r": run,
        "n": ", ".join(filter(None, (series.line, series.split))),
        "t": series.tag,
        "s": _steps(series.steps),
        "v": _rounded(series.raw),
    }
    if axis.kind != "step":
        line["x"] = _rounded(series.x)
    if series.is_smoothed and not (whole and can_smooth):
        line["m"] = _rounded(series.smoothed)
    if not whole:
        line |= _between(series)
    if len(series.non_finite):
        line["b"] = _rounded(series.non_finite_x, 9)
    return line


def _between(series: Series) -> dict[str, Any]:
    """Return counts and means, and the first step and the distance where steps are even.

    Where there are no means, only how many points there are.
    """
    if not len(series.counts):
        return {"p": series.points}
    logged = series.counts.cumsum() - series.counts[0]
    distance = (int(series.steps[-1]) - int(series.steps[0])) // max(1, int(logged[-1]))
    even = (series.steps[0] + distance * logged == series.steps).all()
    fields = {"c": series.counts.tolist(), "a": _rounded(series.means, _digits(series.raw))}
    return fields | ({"s": [int(series.steps[0]), distance]} if even else {})


def _digits(values: FloatArray) -> int:
    """Return the significant digits that tell values a thousandth of their span apart, 4 to 6."""
    with np.errstate(all="ignore"):
        times = np.abs(values).max() / np.ptp(values)
    return 4 + int(np.log10(np.clip(times, 1, 100))) if np.isfinite(times) else 4


def _steps(steps: IntArray) -> list[int]:
    """Return three or more even steps as the first and their distance, others as differences."""
    differences: list[int] = np.diff(steps, prepend=0).tolist()
    even = len(steps) > 2 and len(set(differences[1:])) == 1
    return differences[:2] if even else differences


def _table(chart: Chart) -> dict[str, list[Any]] | None:
    """Return the columns of a figure's data by name; None where it is too large."""
    data = chart.data()
    if data.size > _MAX_CELLS:
        return None
    return {str(name): _column(data[name]) for name in data.columns}


def _column(values: pd.Series[Any]) -> list[Any]:
    if pd.api.types.is_float_dtype(values):
        return _rounded(values.to_numpy())
    return [value if isinstance(value, int) else str(value) for value in values.tolist()]


def _rounded(values: AnyArray, digits: int = 6) -> list[float | int | None]:
    """Return numbers in their shortest form: integers without a point, NaN as None."""
    rounded = _significant(values, digits)
    entries: list[float | int | None] = rounded.tolist()
    finite = np.isfinite(rounded)
    for place in np.flatnonzero(~finite | (rounded == np.rint(rounded))).tolist():
        entries[place] = int(rounded[place]) if finite[place] else None
    return entries


def _significant(values: AnyArray, digits: int) -> FloatArray:
    """Return values rounded to so many significant digits, all together for speed.

    What is nearly in the middle between two of them, and what no exact power of ten brings to
    whole numbers, is left to the formatting of each by itself.
    """
    size = np.abs(values)
    usual = (size > 1e-9) & (size < 1e12)
    places = digits - 1 - np.floor(np.log10(np.where(usual, size, 1.0))).astype(np.int64)
    larger, smaller = _TEN_TO[np.maximum(places, 0)], _TEN_TO[np.maximum(-places, 0)]
    scaled = np.where(usual, values, 0.0) * larger / smaller
    rounded: FloatArray = np.rint(scaled) * smaller / larger
    middle = np.abs(scaled - np.floor(scaled) - 0.5) < 1e-4
    for place in np.flatnonzero(middle | ~usual).tolist():
        rounded[place] = float(f"{values[place]:.{digits}g}")
    return rounded
