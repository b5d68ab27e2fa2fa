"""The positions of scalars on the x axis that the user asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.arrays import BoolArray, FloatArray, IntArray
from reportgen.choices import XAxis

_SHORTEST_PAUSE = 60.0  # seconds
_UNUSUAL = 20  # times the 99th percentile of the gaps
_REGULAR = 4  # long gaps, if none is _REGULAR_RATIO times as long as another
_REGULAR_RATIO = 3.0
_DAY = 86_400.0
# The longest duration in seconds for which a unit is used, its name, and its seconds.
_UNITS = (
    (180.0, "s", 1.0),
    (3 * 3600.0, "min", 60.0),
    (4 * _DAY, "h", 3600.0),
    (np.inf, "d", _DAY),
)


@dataclass(frozen=True, slots=True)
class Axis:
    """What the x axis shows.

    Attributes:
        kind: "step", "epoch", "time" (since a run's start) or "wall" (days since 1970, UTC).
        label: with its unit.
        note: a sentence on what was skipped or is not available; "" for none.
        log: whether its scale is logarithmic.
    """

    kind: str = "step"
    label: str = "step"
    note: str = ""
    log: bool = False


def positioned(
    scalars: pd.DataFrame,
    kind: XAxis,
    *,
    log: bool = False,
    all_scalars: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, Axis]:
    """Return the annotated scalars with a column `x` (float64), and its axis.

    If the log does not contain what is asked for, `x` is the step and the axis says so.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        kind: what `x` is. Epochs are interpolated from a scalar of that name. Time excludes
            the pauses between a run's end and its restart, see `active_seconds`.
        log: whether the scale is logarithmic.
        all_scalars: annotated, where the epochs are if no curve is drawn of them; None if they are
            in `scalars`.
    """
    if kind == XAxis.EPOCH:
        x, axis = _epochs(scalars, scalars if all_scalars is None else all_scalars)
    else:
        x, axis = _BY_KIND[kind](scalars)
    return scalars.assign(x=x), Axis(axis.kind, axis.label, axis.note, log)


def active_seconds(
    wall_time: FloatArray, steps: IntArray, series: IntArray | None = None
) -> tuple[FloatArray, FloatArray]:
    """Return seconds since a run's first record without its pauses, and the lengths of the pauses.

    A gap between records is a pause if it is longer than a minute and either 20 times as long as
    99 % of the gaps, or followed by a lower step in the same series. Four and more gaps of about
    the same length are evaluations or checkpoints that the run makes regularly, and no pauses.

    Args:
        wall_time: (n,) seconds, in any order.
        steps: (n,).
        series: (n,) a number for the series of each record; None if all are of one series.
    """
    order = np.argsort(wall_time, kind="stable")
    gaps = np.diff(wall_time[order], prepend=wall_time[order[:1]])
    # "lower", so that a single pause among few gaps is not compared with itself.
    if not len(gaps) or gaps.max() <= _SHORTEST_PAUSE:
        return _from_gaps(gaps, order), gaps[:0]
    usual = np.quantile(gaps, 0.99, method="lower") if len(gaps) else 0.0
    goes_back = _goes_back(steps[order], None if series is None else series[order])
    is_long = (gaps > _SHORTEST_PAUSE) & (gaps > _UNUSUAL * usual)
    if is_long.sum() >= _REGULAR and np.ptp(np.log(gaps[is_long])) < np.log(_REGULAR_RATIO):
        is_long[:] = False
    is_pause = is_long | (goes_back & (gaps > _SHORTEST_PAUSE))
    return _from_gaps(np.where(is_pause, 0.0, gaps), order), gaps[is_pause]


def _from_gaps(gaps: FloatArray, order: IntArray) -> FloatArray:
    """Return the time of each record from the gaps before the records in their order."""
    seconds = np.empty(len(order))
    seconds[order] = gaps.cumsum()
    return seconds


def _goes_back(steps: IntArray, series: IntArray | None) -> BoolArray:
    """Return whether each record's step is below the one before it in its series, (n,)."""
    if series is None:
        series = np.zeros(len(steps), np.int64)
    by_series = np.argsort(series, kind="stable")
    lower = np.diff(steps[by_series], prepend=steps[by_series[:1]]) < 0
    lower &= np.diff(series[by_series], prepend=series[by_series[:1]]) == 0
    goes_back = np.zeros(len(steps), np.bool_)
    goes_back[by_series] = lower
    return goes_back


def _steps(scalars: pd.DataFrame, note: str = "") -> tuple[FloatArray, Axis]:
    return scalars["step"].to_numpy(float), Axis(note=note)


def _wall(scalars: pd.DataFrame) -> tuple[FloatArray, Axis]:
    wall = scalars["wall_time"].to_numpy()
    if not _is_logged(wall):
        return _steps(scalars, "Over steps, because some logs contain no wall times.")
    return wall / _DAY, Axis("wall", "wall time (UTC)")


def _time(scalars: pd.DataFrame) -> tuple[FloatArray, Axis]:
    wall = scalars["wall_time"].to_numpy()
    if not _is_logged(wall):
        return _steps(scalars, "Over steps, because some logs contain no wall times.")
    seconds, pauses = np.zeros(len(wall)), []
    keys = ["group", "session"] if "session" in scalars else ["group"]
    for rows in scalars.groupby(keys, sort=False, observed=True).indices.values():
        active, run_pauses = active_seconds(wall[rows], scalars["step"].to_numpy()[rows])
        seconds[rows] = active
        pauses += run_pauses.tolist()
    longest = seconds.max(initial=0.0)
    name, unit = next((name, unit) for limit, name, unit in _UNITS if longest <= limit)
    note = ""
    if pauses:
        total = wording.duration(sum(pauses))
        note = f"{wording.count(len(pauses), 'pause')} ({total} in total) not counted."
    return seconds / unit, Axis("time", f"time ({name})", note)


def _epochs(scalars: pd.DataFrame, all_scalars: pd.DataFrame) -> tuple[FloatArray, Axis]:
    names = all_scalars["metric"].str.rsplit("/", n=1).str[-1].str.lower()
    logged = all_scalars[names == "epoch"]
    finite = logged[np.isfinite(logged["value"])]
    epochs_of_group = dict(list(finite.groupby("group", observed=True)))
    rows_of_group = scalars.groupby("group", sort=False, observed=True).indices
    if not epochs_of_group or set(rows_of_group) - set(epochs_of_group):
        return _steps(scalars, "Over steps, because not every run has logged its epochs.")
    epochs = np.empty(len(scalars))
    for group, rows in rows_of_group.items():
        logged_epochs = epochs_of_group[group].sort_values("step", kind="stable")
        steps = scalars["step"].to_numpy()[rows]
        epochs[rows] = np.interp(steps, logged_epochs["step"], logged_epochs["value"])
    return epochs, Axis("epoch", "epoch")


def _is_logged(wall: FloatArray) -> bool:
    """Return whether every row has a wall time."""
    return bool(len(wall) and np.isfinite(wall).all() and (wall > 0).all())


_BY_KIND = {XAxis.STEP: _steps, XAxis.TIME: _time, XAxis.WALL: _wall}
