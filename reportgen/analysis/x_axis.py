"""Positions: where a scalar stands on the x axis that the user asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reportgen import wording
from reportgen.choices import XAxis

_SHORTEST_PAUSE = 60.0  # seconds
_UNUSUAL = 20  # times the 99th percentile of the gaps
_DAY = 86_400.0
# Up to how many seconds a unit is used, its name, and its seconds.
_UNITS = (
    (180.0, "s", 1.0),
    (3 * 3600.0, "min", 60.0),
    (4 * _DAY, "h", 3600.0),
    (np.inf, "d", _DAY),
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Axis:
    """What the x axis shows.

    Attributes:
        kind: "step", "epoch", "time" (since a run's start) or "wall" (days since 1970, UTC).
        label: with its unit.
        note: a sentence on what was left out or could not be had; "" for none.
        log: whether its scale is logarithmic.
    """

    kind: str = "step"
    label: str = "step"
    note: str = ""
    log: bool = False


def positioned(
    scalars: pd.DataFrame, kind: XAxis, *, log: bool = False
) -> tuple[pd.DataFrame, Axis]:
    """The annotated scalars with a column `x` (float64), and the axis that it belongs to.

    Where the log does not hold what is asked for, `x` is the step and the axis says so.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        kind: what `x` is. Epochs are read off a scalar of that name, between its steps in
            proportion. Time is without the pauses between a run's end and its restart, see
            `active_seconds`.
        log: whether the scale is logarithmic.
    """
    x, axis = _BY_KIND[kind](scalars)
    return scalars.assign(x=x), Axis(axis.kind, axis.label, axis.note, log)


def active_seconds(wall_time: Floats, steps: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Seconds since a run's first record, its pauses left out, and the length of each pause.

    A gap between records is a pause where it is longer than a minute and either 20 times as long
    as 99 % of the gaps, or the step goes back at it.

    Args:
        wall_time: (n,) seconds, in any order.
        steps: (n,).
    """
    order = np.argsort(wall_time, kind="stable")
    gaps = np.diff(wall_time[order], prepend=wall_time[order[:1]])
    # Of few gaps the second longest: else a single pause would be its own measure.
    usual = np.quantile(gaps, 0.99, method="lower") if len(gaps) else 0.0
    back = np.diff(steps[order], prepend=steps[order[:1]]) < 0
    pause = (gaps > _SHORTEST_PAUSE) & ((gaps > _UNUSUAL * usual) | back)
    seconds = np.empty(len(order))
    seconds[order] = np.where(pause, 0.0, gaps).cumsum()
    return seconds, gaps[pause]


def _steps(scalars: pd.DataFrame, note: str = "") -> tuple[Floats, Axis]:
    return scalars["step"].to_numpy(float), Axis(note=note)


def _wall(scalars: pd.DataFrame) -> tuple[Floats, Axis]:
    wall = scalars["wall_time"].to_numpy()
    if not _known(wall):
        return _steps(scalars, "Over steps, as some logs hold no wall times.")
    return wall / _DAY, Axis("wall", "wall time (UTC)")


def _time(scalars: pd.DataFrame) -> tuple[Floats, Axis]:
    wall = scalars["wall_time"].to_numpy()
    if not _known(wall):
        return _steps(scalars, "Over steps, as some logs hold no wall times.")
    seconds, pauses = np.zeros(len(wall)), []
    for places in scalars.groupby("group", sort=False, observed=True).indices.values():
        active, lost = active_seconds(wall[places], scalars["step"].to_numpy()[places])
        seconds[places] = active
        pauses += lost.tolist()
    longest = seconds.max(initial=0.0)
    name, unit = next((name, unit) for limit, name, unit in _UNITS if longest <= limit)
    note = ""
    if pauses:
        told = wording.count(len(pauses), "pause")
        note = f"{told} of together {wording.duration(sum(pauses))} left out."
    return seconds / unit, Axis("time", f"time ({name})", note)


def _epochs(scalars: pd.DataFrame) -> tuple[Floats, Axis]:
    logged = scalars[scalars["metric"].str.rsplit("/", n=1).str[-1].str.lower() == "epoch"]
    known = dict(list(logged[np.isfinite(logged["value"])].groupby("group", observed=True)))
    places = scalars.groupby("group", sort=False, observed=True).indices
    if not known or set(places) - set(known):
        return _steps(scalars, "Over steps, as not every run has logged its epochs.")
    epochs = np.empty(len(scalars))
    for group, own in places.items():
        rows = known[group].sort_values("step", kind="stable")
        steps = scalars["step"].to_numpy()[own]
        epochs[own] = np.interp(steps, rows["step"], rows["value"])
    return epochs, Axis("epoch", "epoch")


def _known(wall: Floats) -> bool:
    return bool(len(wall) and np.isfinite(wall).all() and (wall > 0).all())


_BY_KIND = {XAxis.STEP: _steps, XAxis.EPOCH: _epochs, XAxis.TIME: _time, XAxis.WALL: _wall}
