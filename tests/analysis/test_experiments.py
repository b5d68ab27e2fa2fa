"""Runs that share no metric are different experiments."""

import pandas as pd

from reportgen.analysis.annotated import annotated
from reportgen.analysis.experiments import experiments


def _experiments(**tags_of_runs):
    rows = [(run, tag, 0, 0.0, 1.0) for run, tags in tags_of_runs.items() for tag in tags]
    scalars = pd.DataFrame(rows, columns=["run", "tag", "step", "wall_time", "value"])
    names = list(tags_of_runs)
    runs = pd.DataFrame({"run": names, "group": names, "split": ""})
    return experiments(annotated(scalars, runs), names)


def test_runs_that_share_a_metric_are_one_experiment():
    assert _experiments(a=["val_acc"], b=["val_acc", "ppl"], c=["ppl"]) == [["a", "b", "c"]]


def test_runs_that_share_none_are_apart_and_the_largest_experiment_is_first():
    parts = _experiments(a=["val_ppl"], b=["val_acc", "lr"], c=["val_acc", "epoch"], d=["ep_rew"])
    assert parts == [["b", "c"], ["a"], ["d"]]


def test_counters_schedules_and_system_metrics_join_no_runs():
    assert _experiments(a=["val_ppl", "epoch", "lr"], b=["val_acc", "epoch", "lr"]) == [
        ["a"],
        ["b"],
    ]


def test_runs_without_a_result_are_joined_by_what_they_logged():
    assert _experiments(a=["zorb"], b=["zorb"], c=["val_acc"]) == [["a", "b"], ["c"]]


def test_runs_that_logged_nothing_belong_to_the_largest():
    assert _experiments(a=[], b=["val_acc"], c=["epoch"]) == [["a", "b", "c"]]
    assert _experiments(a=[], b=[]) == [["a", "b"]]
