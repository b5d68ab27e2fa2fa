"""Restarts: which records a run's later sessions made void.

    session   A SessionLog START at step s voids the run's earlier records at step s or later.
    step      The records of a later file void those of earlier files that have the same tag and
              the same step or a later one.
    keep-all  Nothing is void.

`session` is the default: it drops only what the program that logged declared void (`purge_step` of
torch and tensorboardX, TensorFlow 1's supervisors), and nothing on a guess. Records of one session
never void each other: ten values at one step are ten values. What was dropped is a row in health.

A run's `add_scalars` lines are files of their own in which no START is written; with `session`
they follow the run's: what they logged before the moment of its START is void from its step on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.choices import RestartPolicy
from reportgen.columns import LogFile, Part, filter_rows, filter_scalars, scalar_parts
from reportgen.frames.logged_run import Logged

# What has a step only by the way: it says what the run is, not how it went.
_TIMELESS = {"hparams", "status", "metrics", "graphs", "layouts"}
_NEVER = np.iinfo(np.int64).max


def purge(logged: Iterable[Logged], policy: RestartPolicy) -> None:
    """Drops void rows, and counts them in each run's `purged`.

    Args:
        logged: the runs; changed in place.
        policy: what overrides them.
    """
    for one in logged:
        if policy is RestartPolicy.SESSION:
            one.purged = _by_session(one)
        elif policy is RestartPolicy.STEP:
            one.purged = sum(_by_step(each) for each in (one, *one.parts))


def _by_session(one: Logged) -> int:
    purged = sum(_before_starts(one, index) for index in range(len(one.files)))
    return purged + sum(_before_moments(one, file) for part in one.parts for _, file in part.files)


def _before_starts(one: Logged, index: int) -> int:
    """Drops rows of one of a run's files that a START after them voids."""
    file = one.files[index][1]
    later = [start.step for _, other in one.files[index + 1 :] for start in other.starts]
    if not later and not file.starts:
        return 0

    def limits(kind: str) -> _Limits:
        own = [(start.rows.get(kind, 0), start.step) for start in file.starts]
        return _Limits([*own, *((_NEVER, step) for step in later)])

    scalars = limits("scalars")
    purged = filter_scalars(
        file,
        lambda part, at: scalars.kept(np.arange(at, at + len(part["step"])), part["step"]),
    )
    for kind, held in _timed(file):
        steps = np.array(held["step"], np.int64)
        purged += filter_rows(held, limits(kind).kept(np.arange(len(steps)), steps))
    return purged


def _before_moments(one: Logged, file: LogFile) -> int:
    """Drops rows of a part's file that were logged before a START of its run."""
    starts = [(start.wall_time, start.step) for _, own in one.files for start in own.starts]
    if not starts:
        return 0
    limits = _Limits(starts)
    return filter_scalars(file, lambda part, _: limits.kept(part["wall_time"], part["step"]))


class _Limits:
    """Steps from which on rows are void that stand before given places."""

    def __init__(self, starts: Sequence[tuple[float, int]]) -> None:
        """Starts are pairs of place and step."""
        ordered = sorted(starts)
        self._places = np.array([place for place, _ in ordered])
        lowest = [*accumulate((step for _, step in reversed(ordered)), min)][::-1]
        self._lowest = np.array([*lowest, _NEVER], np.int64)

    def kept(self, places: NDArray[Any], steps: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which rows stay: those whose step is below each start's that comes after them, (n,)."""
        limit = self._lowest[np.searchsorted(self._places, places, side="right")]
        return _below(steps, limit)


def _by_step(one: Logged) -> int:
    """Drops rows of a run's own files that later files supersede."""
    files = [file for _, file in one.files]
    kinds = {kind for file in files for kind, held in _timed(file)}
    purged = _superseded(files)
    for kind in sorted(kinds):
        first: dict[str, int] = {}
        for file in reversed(files):
            held = file.columns.get(kind) or {"tag": [], "step": []}
            rows = list(zip(held["tag"], held["step"], strict=True))
            kept = [step < first.get(tag, _NEVER) for tag, step in rows]
            for tag, step in rows:
                first[tag] = min(step, first.get(tag, _NEVER))
            purged += filter_rows(held, np.array(kept, np.bool_))
    return purged


def _superseded(files: Sequence[LogFile]) -> int:
    """Drops scalars that later files supersede."""
    purged = 0
    first: dict[str, int] = {}
    for file in reversed(files):
        limits = np.array([first.get(tag, _NEVER) for tag in file.tags], np.int64)
        lowest = _lowest(file)  # before anything is dropped
        purged += filter_scalars(file, partial(_before, limits))
        for tag, step in zip(file.tags, lowest.tolist(), strict=True):
            first[tag] = min(step, first.get(tag, _NEVER))
    return purged


def _before(limits: NDArray[np.int64], part: Part, _: int) -> NDArray[np.bool_]:
    return _below(part["step"], limits[part["code"]])


def _below(steps: NDArray[np.int64], limit: NDArray[np.int64]) -> NDArray[np.bool_]:
    below: NDArray[np.bool_] = (steps < limit) | (limit == _NEVER)
    return below


def _lowest(file: LogFile) -> NDArray[np.int64]:
    """The lowest step of each tag, (tags,)."""
    lowest = np.full(len(file.tags), _NEVER)
    for part in scalar_parts(file):
        np.minimum.at(lowest, part["code"], part["step"])
    return lowest


def _timed(file: LogFile) -> list[tuple[str, dict[str, list[Any]]]]:
    """The other kinds of a file that a restart concerns."""
    return [(kind, held) for kind, held in file.columns.items() if held and kind not in _TIMELESS]
