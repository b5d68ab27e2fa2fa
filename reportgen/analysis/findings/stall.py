"""`stall`: nothing was logged for much longer than usual."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import (
    HELD_OUT,
    Observations,
    RunLog,
    Series,
)
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold
from reportgen.arrays import FloatArray, IntArray

NAME = "stall"
_TIMES = Threshold(
    "times", 10, "the gap between two records over the median gap", "tuned on the benchmark", 1
)
_SECONDS = Threshold(
    "seconds",
    60,
    "the shortest gap that is told of, in seconds",
    "SageMaker Debugger waits for 1,800 whatever is usual",
)
_MIN_POINTS = 20
_START = 0.05  # of the records: a gap among them is compiling or loading
_MAX_UNCLEAR_EVALUATIONS = 2  # which do not show how long an evaluation takes
_ABOVE_OTHERS = 3  # times the median of the long gaps: else these come with every epoch


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most one finding a run: of its longest stall, and of how many there are."""
    for run in observations.runs:
        series = max(run.series, key=lambda curve: len(curve.steps), default=None)
        if series is not None and len(series.steps) >= _MIN_POINTS:
            yield from _in_series(run, series, limits)


def _in_series(run: RunLog, series: Series, limits: Limits) -> Iterator[Finding]:
    times, steps = series.wall_times, series.steps
    if not np.isfinite(times).all() or times.min() <= 0 or times.max() <= times.min():
        return
    gaps = np.diff(times)
    forward = np.diff(steps) > 0  # where steps go back the run was restarted
    usual = float(np.median(gaps[gaps > 0]))
    long = np.flatnonzero((gaps > limits[_TIMES.name] * usual) & forward)
    long = long[gaps[long] > limits[_SECONDS.name]]
    stalls = _unusual(gaps, long)
    stalls = stalls[(stalls >= _START * len(gaps)) & ~_is_logged(run, series, stalls)]
    if run.purged and len(stalls):  # the longest is that of the restart
        stalls = stalls[gaps[stalls] < gaps[stalls].max()]
    if len(stalls):
        yield _finding(series, gaps, stalls, usual)


def _unusual(gaps: FloatArray, long: IntArray) -> IntArray:
    """Return which long gaps stand out of the others: evaluations take as long each time."""
    if len(long) < 2:
        return long
    lengths, apart = gaps[long], np.diff(long)
    is_regular = apart.max() <= 1.5 * apart.min() if len(long) > 2 else True
    if is_regular and lengths.max() <= 2 * lengths.min():
        return long[:0]
    if len(long) > 3:
        return long[lengths > _ABOVE_OTHERS * float(np.median(lengths))]
    return long


def _is_logged(run: RunLog, series: Series, gaps: IntArray) -> np.ndarray:
    """Return in which gaps something else was logged: an evaluation, or another tag, (k,)."""
    busy = np.zeros(len(gaps), np.bool_)
    for place, gap in enumerate(gaps.tolist()):
        before, after = series.wall_times[gap], series.wall_times[gap + 1]
        margin = 0.05 * (after - before)
        for other in run.series:
            if other is series:
                continue
            times = other.wall_times
            near = (times > before + margin) & (times < after - margin)
            if other.split in HELD_OUT and len(times) <= _MAX_UNCLEAR_EVALUATIONS:
                near |= (times > before + margin) & (times <= after + margin)
            if near.any():
                busy[place] = True
                break
    return busy


def _finding(series: Series, gaps: FloatArray, stalls: IntArray, usual: float) -> Finding:
    longest = int(stalls[gaps[stalls].argmax()])
    seconds, total = float(gaps[longest]), float(gaps[stalls].sum())
    step, after = int(series.steps[longest]), int(series.steps[longest + 1])
    sentence = (
        f"Nothing was logged for {wording.duration(seconds)} after step {wording.amount(step)}; "
        f"usually a record comes every {wording.duration(usual)}."
    )
    if len(stalls) > 1:
        sentence += (
            f" It is the longest of {len(stalls)} such gaps, together {wording.duration(total)}."
        )
    return Finding(
        *(NAME, "warning", series.run, series.group, series.tag, step, after, sentence),
        "Check what the machine waited for, and leave this time out when you compare durations.",
        numbers={
            "seconds": seconds,
            "usual_seconds": usual,
            "stalls": float(len(stalls)),
            "total_seconds": total,
        },
    )


RULE = Rule(NAME, "Nothing was logged for much longer than usual.", search, (_TIMES, _SECONDS))
