"""`restart`: the run went on from an earlier step."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import Observations, RunLog, Series
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits
from reportgen.arrays import IntArray

NAME = "restart"
_MAX_RESTARTS = 5  # steps that go back more often are counted anew in each epoch
_MIN_POINTS = 5
_MAX_NAMED = 4  # trainings whose last step is told


def search(observations: Observations, _: Limits) -> Iterator[Finding]:
    """Yield at most one finding a run."""
    for run in observations.runs:
        series = max(
            run.series, key=lambda curve: (len(curve.steps), curve.role == "loss"), default=None
        )
        if series is None or len(series.steps) < _MIN_POINTS:
            if run.sessions:
                yield _trained_again(run)
            continue
        back = np.flatnonzero(np.diff(series.steps) < 0)
        back = back[_is_jump(series, back)]
        if 0 < len(back) <= _MAX_RESTARTS:
            yield _stepped_back(series, back)
        elif run.sessions:
            yield _trained_again(run)
        elif run.purged and not len(back):
            yield _purged(run, series)


def _is_jump(series: Series, back: IntArray) -> np.ndarray:
    """Return which steps back are more than records in another order, (k,)."""
    usual = np.median(np.abs(np.diff(series.steps)))
    distance = series.steps[back] - series.steps[back + 1]
    is_later = series.wall_times[back + 1] >= series.wall_times[back]
    jump: np.ndarray = (distance >= 2 * usual) & is_later
    return jump


def _stepped_back(series: Series, back: IntArray) -> Finding:
    first = int(back[0])
    reached, resumed = int(series.steps[first]), int(series.steps[first + 1])
    lost = int((series.steps[back] - series.steps[back + 1]).sum())
    times = "" if len(back) == 1 else f" {len(back)} times, first"
    sentence = (
        f"The run was restarted{times} from step {wording.amount(resumed)} after it had reached "
        f"step {wording.amount(reached)}, so {wording.count(lost, 'step')} were run twice"
        f"{_jump(series, first)}."
    )
    return Finding(
        *(NAME, "note", series.run, series.group, series.tag, resumed, reached, sentence),
        numbers={"restarts": float(len(back)), "lost_steps": float(lost)},
    )


def _trained_again(run: RunLog) -> Finding:
    """Return that several trainings wrote into one directory, and which of them is judged."""
    sessions = run.sessions
    counted = next((session for session in sessions if session.is_counted), sessions[-1])
    reached = [wording.amount(session.last_step) for session in sessions]
    judged = "the last" if counted is sessions[-1] else "the last that is no less than half as long"
    sentence = (
        f"The run was started again from step {wording.amount(sessions[-1].first_step)}: "
        f"{len(sessions)} trainings are in its directory, which reached the steps "
        f"{wording.listing(reached, _MAX_NAMED)}; {judged} is the one that counts."
    )
    first, last = counted.first_step, counted.last_step
    return Finding(
        *(NAME, "note", counted.run, run.group, "", first, last, sentence),
        "Log each training into a directory of its own.",
        numbers={"trainings": float(len(sessions))},
    )


def _purged(run: RunLog, series: Series) -> Finding:
    """Return what is known where the void values are gone: the longest gap is the restart's."""
    gaps, forward = np.diff(series.wall_times), np.maximum(np.diff(series.steps), 1)
    place = int((gaps / forward).argmax())
    step = int(series.steps[place + 1])
    waited = float(gaps[place])
    sentence = (
        f"The run was restarted before step {wording.amount(step)}: "
        f"{wording.count(run.purged, 'value')} of the steps after it were logged twice, and the "
        f"first are left out{_jump(series, place)}."
    )
    return Finding(
        *(NAME, "note", series.run, series.group, series.tag, step, step, sentence),
        numbers={"void_values": float(run.purged), "seconds": waited},
    )


def _jump(series: Series, place: int) -> str:
    """Return by how much a loss is another after the restart; "" where noise explains it."""
    if series.role != "loss" or np.isnan(series.noise):
        return ""
    before, after = (
        series.values[max(0, place - 4) : place + 1],
        series.values[place + 1 : place + 6],
    )
    if not (np.isfinite(before).all() and np.isfinite(after).all()):
        return ""
    low, high = float(np.median(before)), float(np.median(after))
    if high - low <= 4 * series.noise or high <= 1.1 * low:
        return ""
    return (
        f"; {wording.clipped(series.tag)} is {wording.number(low, 3)} before and "
        f"{wording.number(high, 3)} after"
    )


RULE = Rule(NAME, "The run went on from an earlier step.", search)
