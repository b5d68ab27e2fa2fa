"""The line of a group of seeds: its centre, its band, and how many seeds there are along it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from reportgen.analysis.groups.aggregation import Band, Centre, aggregate_series
from reportgen.analysis.groups.seed_groups import SeedGroup
from reportgen.arrays import FloatArray, IntArray
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.groups.group_line import GroupLine, SeedLine
from reportgen.series.transforms import decimate

_MAX_POINTS = 320  # of a line
MIN_SEEDS_OF_QUANTILES = 10  # of fewer values, 10 % and 90 % are little more than the range
_MIN_SHARE = 0.02  # of the x axis, from which on a change of n is told
MAX_TOLD = 4  # numbers of seeds that are told along a line


def aligned_line(
    group: SeedGroup,
    by_run: Mapping[str, Sequence[tuple[IntArray, FloatArray]]],
    styles: Mapping[str, RunStyle],
    centre: Centre,
    band: Band,
) -> GroupLine:
    """Return the line of a group: its seeds aligned by step, their centre and their band.

    Args:
        group: of runs that differ only in their seed.
        by_run: steps and values of each series of a run.
        styles: by run.
        centre: what the strong line is.
        band: what the shaded part is.
    """
    logged = [(run, *series) for run in group.runs for series in by_run.get(run, ())]
    seeds = tuple(
        SeedLine(run, steps[places], values[places], len(steps))
        for run, steps, values in logged
        if len(steps)
        for places in [decimate(values, _MAX_POINTS)]
    )
    whole = aggregate_series([series[1:] for series in logged], centre, band)
    # One run alone has no quantiles: its own value stands for them.
    low, high = (np.where(np.isfinite(end), end, whole.centre) for end in (whole.low, whole.high))
    changes = [np.flatnonzero(np.diff(whole.count)) + place for place in (0, 1)]
    ends = [decimate(values, _MAX_POINTS) for values in (whole.centre, low, high)]
    places = np.unique(np.concatenate([*ends, *changes])).astype(np.int64)
    steps, count = whole.steps[places], whole.count[places]
    return GroupLine(
        name=group.name,
        color=styles[group.runs[0]].color,
        size=len(seeds),
        steps=steps,
        centre=whole.centre[places],
        low=low[places],
        high=high[places],
        count=count,
        points=len(whole.steps),
        told_from=_told_from(steps, count),
        seeds=seeds,
    )


def _told_from(steps: IntArray, count: IntArray) -> tuple[int, ...]:
    """Return the places from which on another number of seeds reaches a part worth telling."""
    if not len(steps):
        return ()
    starts = [0, *(np.flatnonzero(np.diff(count)) + 1).tolist()]
    spans = [
        int(steps[end - 1]) - int(steps[start]) for start, end in pairwise([*starts, len(steps)])
    ]
    whole = int(steps[-1]) - int(steps[0])
    shown: list[int] = []
    for start, span in zip(starts, spans, strict=True):
        if span >= _MIN_SHARE * whole and (not shown or count[start] != count[shown[-1]]):
            shown.append(start)
    return tuple(shown)
