"""Scores over several tasks."""

import numpy as np
import pytest
from scipy import stats

from reportgen.analysis.groups.task_scores import normalised, performance_profile, task_mean

RNG = np.random.default_rng(2)
TASKS = {task: RNG.uniform(size=5) for task in ("hop", "run", "swim")}


def test_the_mean_is_scipys_trimmed_mean_of_all_runs():
    mean = task_mean(TASKS)
    assert mean.value == pytest.approx(stats.trim_mean(np.concatenate(list(TASKS.values())), 0.25))
    assert mean.low < mean.value < mean.high
    assert task_mean(TASKS) == mean


def test_the_order_of_tasks_and_runs_changes_nothing():
    turned = {task: TASKS[task][::-1] for task in reversed(TASKS)}
    assert task_mean(turned) == task_mean(TASKS)


def test_tasks_of_other_scales_are_brought_to_one():
    groups = {"a": {"x": [0.0, 50.0], "y": [3.0]}, "b": {"x": [100.0], "y": [3.0]}}
    result = normalised(groups)
    assert result["a"]["x"].tolist() == [0, 0.5]
    assert result["b"]["x"].tolist() == [1]
    assert result["a"]["y"].tolist() == [1]


def test_scores_between_0_and_1_stay_as_they_are():
    assert normalised({"a": {"x": [0.2, 0.4]}})["a"]["x"].tolist() == [0.2, 0.4]


def test_a_profile_counts_every_task_the_same():
    tasks = {"x": np.array([0.1, 0.9]), "y": np.array([0.9])}
    assert performance_profile(tasks, np.array([0.0, 0.5, 1.0])).tolist() == [1, 0.75, 0]


def test_the_interval_covers_the_truth():
    rng = np.random.default_rng(0)
    covered = 0
    for _ in range(200):
        mean = task_mean({task: rng.normal(0, 1, 10) for task in "abcd"})
        covered += mean.low <= 0 <= mean.high
    assert covered / 200 >= 0.88
