"""Tells apart the trainings that wrote into one directory, one after the other.

A file begins a new session if its steps begin again: for at least half of the tags of the session
so far, its lowest step is not above the session's. A file that goes on from a checkpoint begins
above, and belongs to the same session; so does one with other tags, such as those of a test.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable

import numpy as np

from reportgen.columns import LogFile, scalar_parts
from reportgen.frames.logged_run import LoggedRun
from reportgen.frames.step_ranges import step_ranges
from reportgen.runs import is_event_file

StepRanges = dict[str, tuple[int, int]]
# Of the steps of a session, below which the first row of a sketch is about a file's first row.
_NEAR_START = 0.1


def number_sessions(runs: Iterable[LoggedRun]) -> None:
    """Give the scalars of all files a column `session`: 0, 1, ... within their run."""
    for run in runs:
        _number_sessions_of_run(run)


def may_have_sessions(run: LoggedRun) -> bool:
    """Return whether the sketches of a run's files may be of more than one session."""
    ranges: StepRanges = {}
    for path, file in run.files:
        file_ranges = step_ranges(file) if is_event_file(path.name) else {}
        for tag in ranges.keys() & file_ranges.keys():
            low, high = ranges[tag]
            if file_ranges[tag][0] <= low + _NEAR_START * (high - low):
                return True
        ranges = _joined(ranges, file_ranges)
    return False


def _number_sessions_of_run(run: LoggedRun) -> None:
    session, start_times = 0, []
    ranges: StepRanges = {}
    event_files = [file for path, file in run.files if is_event_file(path.name)]
    for file in event_files:
        file_ranges = step_ranges(file) if len(event_files) > 1 else {}
        if _begins_again(ranges, file_ranges):
            session += 1
            ranges = {}
            start_times.append(_first_wall_time(file))
        ranges = _joined(ranges, file_ranges)
        _set_session(file, session)
    for path, file in run.files:
        if not is_event_file(path.name):  # a table is overwritten by each training
            _set_session(file, session)
    for folded in run.folded_runs:
        for _, file in folded.all_files():
            _set_session(file, bisect.bisect_right(start_times, _first_wall_time(file)))


def _begins_again(session: StepRanges, file: StepRanges) -> bool:
    """Return whether a file's steps begin again."""
    again = [tag for tag in session.keys() & file.keys() if file[tag][0] <= session[tag][0]]
    if not again or 2 * len(again) < len(session):
        return False
    first_step = min(low for low, _ in session.values())
    return min(file[tag][0] for tag in again) <= first_step


def _joined(first: StepRanges, second: StepRanges) -> StepRanges:
    """Return the ranges of steps that cover both."""
    joined = dict(first)
    for tag, (low, high) in second.items():
        joined_low, joined_high = joined.get(tag, (low, high))
        joined[tag] = (min(low, joined_low), max(high, joined_high))
    return joined


def _first_wall_time(file: LogFile) -> float:
    """Return the wall time of a file's first scalar; 0 if it has none."""
    return next((float(c["wall_time"][0]) for c in scalar_parts(file) if len(c["wall_time"])), 0.0)


def _set_session(file: LogFile, session: int) -> None:
    file.scalars["session"] = [
        np.full(len(steps), session, np.int32) for steps in file.scalars["step"]
    ]
