"""Sentences on the best run say what the values and their noise carry, and no more."""

import numpy as np
import pytest

from reportgen.analysis.levels import ranked_value
from reportgen.analysis.reached import KeyMetric, Reached
from reportgen.analysis.summary import RunSummary, Summary
from reportgen.report.best_run import lead, sentence

_KEY = KeyMetric("accuracy", "validation", "val/accuracy", "up")


def _summary(runs, key=_KEY, **facts):
    rows = []
    for name, values in runs.items():
        array = np.asarray(values, float)
        steps = np.arange(len(array))
        ranked = ranked_value(array, steps, key.direction, key.split, key.level)
        reached = Reached(float(array.max()), int(array.argmax()), float(array[-1]), (), ranked)
        rows.append(RunSummary(name, (reached,), len(array) - 1, 1.0))
    rows.sort(key=lambda row: -row.reached[0].value)
    return Summary((key,), tuple(rows), **facts)


def _noisy(level, seed):
    return level + np.random.default_rng(seed).normal(0, 0.01, 20)


def test_a_run_that_leads_is_not_called_better():
    summary = _summary({"a": [0.1, 0.9], "b": [0.1, 0.5]})
    assert sentence(summary) == "a leads 2 runs, one seed each: val/accuracy 0.9 at step 1."


def test_runs_inside_the_noise_are_named():
    summary = _summary({"a": _noisy(0.7, 0), "b": _noisy(0.701, 1), "c": _noisy(0.2, 2)})
    assert "inside the noise between evaluations." in sentence(summary)
    assert "c" not in sentence(summary).partition("at step")[2]


def test_rewards_tell_which_evaluations_they_are_of():
    key = KeyMetric("reward", "", "ep_rew_mean", "up", "end")
    text = sentence(_summary({"a": np.arange(12.0)}, key))
    assert text == "a reached ep_rew_mean 9 (last 5 evaluations)."


def test_equal_runs_share_the_best():
    text = sentence(_summary({"a": [0.5], "b": [0.5]}))
    assert text == "a and b share the best val/accuracy of 2 runs: 0.5."


def test_where_no_metric_was_chosen_the_reason_is_told():
    assert sentence(Summary((), (), reason="No tag says.")) == "No tag says."
    assert sentence(Summary((), ())) == "No scalar was logged."


@pytest.mark.parametrize("values", [[np.nan], [np.inf, np.nan]])
def test_no_finite_value_leads(values):
    key = KeyMetric("accuracy", "validation", "val/accuracy", "up")
    reached = Reached(np.nan, -1, values[-1], ())
    summary = Summary((key,), (RunSummary("a", (reached,), 0, 1.0),), "a")
    assert lead(summary) is None
    assert sentence(summary) == "val/accuracy holds no finite value."
