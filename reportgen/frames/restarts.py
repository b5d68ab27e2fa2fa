"""Drops the records that a run's later sessions made void.

    session   A SessionLog START at step s voids the run's earlier records at step s or later.
    step      The records of a later file void those of earlier files that have the same tag and
              the same step or a later one.
    keep-all  Nothing is void.

`session` is the default: it drops only what the program that logged declared void (`purge_step` of
torch and tensorboardX, TensorFlow 1's supervisors), and nothing on a guess. Records of one session
never void each other: ten values at one step are ten values. What was dropped is a row of health.

The lines of `add_scalars` are files of their own without a START. With `session` they follow their
run: what they logged before the wall time of its START is void from its step on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import accumulate
from typing import Any

import numpy as np

from reportgen.arrays import AnyArray, BoolArray, IntArray
from reportgen.choices import RestartPolicy
from reportgen.columns import LogFile, Part, filter_rows, filter_scalars
from reportgen.frames.logged_run import LoggedRun
from reportgen.frames.step_ranges import NO_STEP, lowest_steps

# Kinds that describe the run, so that their step does not matter.
_TIMELESS = {"hparams", "status", "metrics", "graphs", "layouts"}


def purge(runs: Iterable[LoggedRun], policy: RestartPolicy) -> None:
    """Drop void rows, and count them in each run's `purged`.

    Args:
        runs: changed in place.
        policy: which rows are void.
    """
    for run in runs:
        if policy is RestartPolicy.SESSION:
            run.purged = _purge_by_session(run)
        elif policy is RestartPolicy.STEP:
            run.purged = sum(_purge_by_step(member) for member in (run, *run.folded_runs))


def _purge_by_session(run: LoggedRun) -> int:
    purged = sum(_purge_before_starts(run, index) for index in range(len(run.files)))
    return purged + sum(
        _purge_folded_before_starts(run, file)
        for folded in run.folded_runs
        for _, file in folded.files
    )


def _purge_before_starts(run: LoggedRun, index: int) -> int:
    """Drop rows of one of a run's files that a START behind them voids; return how many."""
    file = run.files[index][1]
    later_files = run.files[index + 1 :]
    later_steps = [start.step for _, later in later_files for start in later.starts]
    if not later_steps and not file.starts:
        return 0

    def limits(kind: str) -> _StepLimits:
        starts = [(start.rows.get(kind, 0), start.step) for start in file.starts]
        return _StepLimits([*starts, *((NO_STEP, step) for step in later_steps)])

    scalar_limits = limits("scalars")
    purged = filter_scalars(
        file,
        lambda chunk, first: scalar_limits.below(
            np.arange(first, first + len(chunk["step"])), chunk["step"]
        ),
    )
    for kind, columns in _timed_columns(file):
        steps = np.array(columns["step"], np.int64)
        purged += filter_rows(columns, limits(kind).below(np.arange(len(steps)), steps))
    return purged


def _purge_folded_before_starts(run: LoggedRun, file: LogFile) -> int:
    """Drop rows of a folded run's file that were logged before a START of the run it is part of."""
    starts = [(start.wall_time, start.step) for _, other in run.files for start in other.starts]
    if not starts:
        return 0
    limits = _StepLimits(starts)
    return filter_scalars(file, lambda chunk, _: limits.below(chunk["wall_time"], chunk["step"]))


class _StepLimits:
    """For rows at given positions, the step from which on a later START voids them."""

    def __init__(self, starts: Sequence[tuple[float, int]]) -> None:
        """Take the position (row number or wall time) and the step of each START."""
        ordered = sorted(starts)
        self._positions = np.array([position for position, _ in ordered])
        lowest = [*accumulate((step for _, step in reversed(ordered)), min)][::-1]
        self._lowest = np.array([*lowest, NO_STEP], np.int64)

    def below(self, positions: AnyArray, steps: IntArray) -> BoolArray:
        """Return which rows stay: those with a step below that of each later START, (n,)."""
        limit = self._lowest[np.searchsorted(self._positions, positions, side="right")]
        return _below(steps, limit)


def _purge_by_step(run: LoggedRun) -> int:
    """Drop rows of a run's files, without its folded runs', that later files supersede."""
    files = [file for _, file in run.files]
    kinds = {kind for file in files for kind, _ in _timed_columns(file)}
    purged = _purge_superseded_scalars(files)
    for kind in sorted(kinds):
        limits: dict[str, int] = {}
        for file in reversed(files):
            columns = file.columns.get(kind) or {"tag": [], "step": []}
            rows = list(zip(columns["tag"], columns["step"], strict=True))
            is_below = [step < limits.get(tag, NO_STEP) for tag, step in rows]
            for tag, step in rows:
                limits[tag] = min(step, limits.get(tag, NO_STEP))
            purged += filter_rows(columns, np.array(is_below, np.bool_))
    return purged


def _purge_superseded_scalars(files: Sequence[LogFile]) -> int:
    """Drop scalars that later files supersede; return how many."""
    purged = 0
    limit_of_tag: dict[str, int] = {}
    for file in reversed(files):
        limits = np.array([limit_of_tag.get(tag, NO_STEP) for tag in file.tags], np.int64)
        lowest = lowest_steps(file)  # before anything is dropped
        purged += filter_scalars(file, partial(_below_limits, limits))
        for tag, step in zip(file.tags, lowest.tolist(), strict=True):
            limit_of_tag[tag] = min(step, limit_of_tag.get(tag, NO_STEP))
    return purged


def _below_limits(limits: IntArray, chunk: Part, _: int) -> BoolArray:
    return _below(chunk["step"], limits[chunk["code"]])


def _below(steps: IntArray, limit: IntArray) -> BoolArray:
    below: BoolArray = (steps < limit) | (limit == NO_STEP)
    return below


def _timed_columns(file: LogFile) -> list[tuple[str, dict[str, list[Any]]]]:
    """Return the columns of the kinds other than scalars that a restart concerns."""
    return [
        (kind, columns)
        for kind, columns in file.columns.items()
        if columns and kind not in _TIMELESS
    ]
