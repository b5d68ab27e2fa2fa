"""Scores over several tasks: an interquartile mean with its interval, and a performance profile.

After Agarwal et al. (2021), "Deep reinforcement learning at the edge of the statistical
precipice": the runs of all tasks are pooled, and a bootstrap draws runs within each task.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.analysis.groups.aggregation import centre_of
from reportgen.arrays import FloatArray

_RESAMPLES = 2_000
_CONFIDENCE = 0.95

TaskScores = Mapping[str, Sequence[float]]  # final values of the runs of one group by task


@dataclass(frozen=True, slots=True)
class TaskMean:
    """The interquartile mean over all runs of all tasks, and its 95 % confidence interval."""

    value: float
    low: float
    high: float


def normalised(groups: Mapping[str, TaskScores]) -> dict[str, dict[str, FloatArray]]:
    """Return scores that can be pooled: from 0 to 1 between a task's worst and best run of all.

    Scores that lie between 0 and 1 in every task stay as they are. A task whose runs all score
    the same is 1.

    Args:
        groups: scores by group and task, finite; higher is better.
    """
    pooled: dict[str, list[float]] = {}
    for tasks in groups.values():
        for task, scores in tasks.items():
            pooled.setdefault(task, []).extend(scores)
    ranges = {task: (min(scores), max(scores)) for task, scores in pooled.items() if scores}
    as_they_are = all(low >= 0 and high <= 1 for low, high in ranges.values())
    result: dict[str, dict[str, FloatArray]] = {}
    for group, tasks in groups.items():
        result[group] = {}
        for task, scores in tasks.items():
            low, high = ranges.get(task, (0.0, 0.0))
            values = np.asarray(scores, float)
            if not as_they_are:
                values = (values - low) / (high - low) if high > low else np.ones(len(values))
            result[group][task] = values
    return result


def task_mean(tasks: Mapping[str, FloatArray], seed: int = 0) -> TaskMean:
    """Return the interquartile mean of the runs of all tasks of a group.

    Args:
        tasks: normalised scores by task, at least one value in all.
        seed: of the bootstrap.
    """
    scores = [np.sort(tasks[task]) for task in sorted(tasks) if len(tasks[task])]
    pooled = np.concatenate(scores)
    rng = np.random.default_rng(seed)
    drawn = [values[rng.integers(0, len(values), (len(values), _RESAMPLES))] for values in scores]
    means = centre_of(np.concatenate(drawn), "iqm")
    tail = (1 - _CONFIDENCE) / 2
    low, high = np.quantile(means, (tail, 1 - tail))
    value = float(centre_of(pooled[:, None], "iqm")[0])
    return TaskMean(value, float(min(low, value)), float(max(high, value)))


def performance_profile(tasks: Mapping[str, FloatArray], thresholds: FloatArray) -> FloatArray:
    """Return the share of runs above each threshold, every task counted the same.

    Args:
        tasks: normalised scores by task.
        thresholds: (t,).

    Returns:
        (t,), falling.
    """
    shares = [
        (values[:, None] > thresholds[None, :]).mean(axis=0)
        for values in tasks.values()
        if len(values)
    ]
    result: FloatArray = np.mean(shares, axis=0)
    return result
