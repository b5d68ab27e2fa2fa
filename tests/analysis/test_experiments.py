"""Runs that share no metric are different experiments."""

import pandas as pd

from reportgen.analysis.annotated import annotated
from reportgen.analysis.experiments import experiments


def _experiments(**tags_of_runs):
    rows = [(run, tag, 0, 0.0, 1.0) for run, tags in tags_of_runs.items() for tag in tags]
    scalars = pd.DataFrame(rows, columns=["run", "tag", "step", "wall_time", "value"])
    names = list(tags_of_runs)
    ranks = [int(name[-1]) if "rank" in name else -1 for name in names]
    runs = pd.DataFrame({"run": names, "group": names, "split": "", "rank": ranks})
    return experiments(annotated(scalars, runs), runs)


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


def test_a_plain_loss_joins_no_runs_with_other_results():
    assert _experiments(a=["train/loss", "val_ppl"], b=["train/loss", "val_acc"]) == [["a"], ["b"]]
    assert _experiments(a=["loss", "val_acc"], b=["train/loss", "val_accuracy"]) == [["a", "b"]]


def test_runs_that_logged_only_a_loss_are_joined_by_it():
    assert _experiments(a=["train/loss", "val/loss"], b=["loss"]) == [["a", "b"]]


def test_a_run_that_ended_before_its_first_evaluation_belongs_to_those_with_the_same_loss():
    assert _experiments(a=["train/loss", "val_acc"], b=["train/loss"]) == [["a", "b"]]
    parts = _experiments(
        **{
            "lm/a": ["train/loss", "val_ppl"],
            "lm/b": ["train/loss"],
            "cls/a": ["train/loss", "val_acc"],
            "other": ["train/loss"],
        }
    )
    assert parts == [["lm/a", "lm/b"], ["cls/a"], ["other"]]


def test_the_ranks_of_a_run_belong_to_one_experiment_and_count_as_one_run():
    ranks = {f"ddp/rank_{rank}": ["zorb" if rank else "loss"] for rank in range(2)}
    parts = _experiments(**ranks, c=["train/loss", "val_acc"], d=["val_acc"])
    assert parts == [["c", "d"], ["ddp/rank_0", "ddp/rank_1"]]


def test_a_run_with_only_a_loss_of_another_tag_belongs_to_the_experiment_of_its_directory():
    assert _experiments(a=["train/loss", "val_acc"], b=["loss"]) == [["a", "b"]]
    parts = _experiments(**{"lm/a": ["train/loss", "val_ppl"], "ddp/b": ["loss"]})
    assert parts == [["lm/a"], ["ddp/b"]]
