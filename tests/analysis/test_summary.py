"""Which runs are best in the metrics that matter, and which cannot be told apart."""

import numpy as np
import pandas as pd
import pytest

from reportgen.analysis.annotated import annotated
from reportgen.analysis.logged_metrics import headline
from reportgen.analysis.summary import summarise
from reportgen.frames.experiment import frame

_LAYOUT = {"category": "c", "title": "t", "style": "multiline", "origin": "custom_scalars"}


def _summary(series, *, wanted=(), judged=(), charted=(), best=None, baseline=""):
    rows = [
        (run, tag, step, float(step), value)
        for (run, tag), values in series.items()
        for step, value in enumerate(values)
    ]
    scalars = pd.DataFrame(rows, columns=["run", "tag", "step", "wall_time", "value"])
    names = list(dict.fromkeys(run for run, _ in series))
    runs = pd.DataFrame({"run": names, "group": names, "split": "", "rank": -1}).assign(
        first_wall_time=0.0, last_wall_time=1.0, last_step=9
    )
    metrics = frame("metrics")
    if judged:
        metrics = pd.DataFrame({"tag": list(judged)})
    layouts = frame("layouts")
    if charted:
        layouts = pd.DataFrame([{"run": "", "tags": tuple(charted)} | _LAYOUT])
    rows_of_metrics = annotated(scalars, runs, best)
    chosen = headline(rows_of_metrics, metrics, layouts, wanted)
    return summarise(rows_of_metrics, runs, baseline, chosen)


def _noise(count, seed):
    return np.random.default_rng(seed).normal(0, 0.01, count)


def test_the_headline_comes_first_and_a_metric_of_the_other_direction_second():
    summary = _summary({("a", "val_loss"): [2, 1], ("a", "val_acc"): [0.1, 0.2], ("a", "lr"): [1]})
    assert [key.tag for key in summary.metrics] == ["val_acc", "val_loss"]
    assert summary.reason.startswith("The headline is val_acc: the most telling validation metric;")


def test_the_user_names_the_metrics_and_their_order():
    series = {("a", "val_loss"): [2, 1], ("a", "val_acc"): [0.1, 0.2], ("a", "lr"): [1, 1]}
    summary = _summary(series, wanted=["lr", "val_loss"])
    assert [key.tag for key in summary.metrics] == ["lr", "val_loss"]


def test_metrics_of_the_hparams_plugin_and_charts_of_a_layout_go_first():
    series = {("a", "hparam/score7"): [1, 2], ("a", "val_loss"): [2, 1], ("a", "val_acc"): [0, 1]}
    assert _summary(series, judged=["hparam/score7"]).metrics[0].tag == "hparam/score7"
    assert _summary(series, charted=["val_l.*"]).metrics[0].tag == "val_loss"


def test_where_nothing_says_how_well_it_went_there_is_no_metric():
    summary = _summary({("a", "lr"): [1, 2], ("b", "epoch"): [1, 2]})
    assert summary.metrics == ()
    assert summary.reason == "No tag says how well the runs did; --metric TAG names one."
    assert [run.group for run in summary.runs] == ["a", "b"]


def test_a_direction_that_the_user_sets_makes_a_headline():
    summary = _summary({("a", "zorb"): [1, 2], ("b", "zorb"): [3, 4]}, best={"zorb": "up"})
    assert summary.metrics[0].tag == "zorb"
    assert summary.runs[0].group == "b"


def test_one_lucky_value_does_not_make_a_run_the_best():
    lucky = 0.5 + _noise(100, 0)
    lucky[50] = 0.99
    summary = _summary({("a", "val_acc"): lucky, ("b", "val_acc"): 0.7 + _noise(100, 1)})
    assert [run.group for run in summary.runs] == ["b", "a"]
    assert summary.runs[1].reached[0].best == 0.99


def test_rewards_are_ranked_by_their_level_at_the_end():
    early, late = np.r_[np.full(50, 9.0), np.zeros(50)], np.r_[np.zeros(50), np.full(50, 5.0)]
    summary = _summary({("a", "ep_rew_mean"): early, ("b", "ep_rew_mean"): late})
    assert summary.runs[0].group == "b"
    assert summary.runs[0].reached[0].ranked.kind == "last 10 evaluations"
    assert summary.best(0) == 5


def test_runs_inside_the_noise_are_tied_with_the_first():
    summary = _summary(
        {
            ("a", "val_acc"): 0.700 + _noise(100, 0),
            ("b", "val_acc"): 0.701 + _noise(100, 1),
            ("c", "val_acc"): 0.5 + _noise(100, 2),
        }
    )
    assert set(summary.tied) | {summary.runs[0].group} == {"a", "b"}


def test_runs_without_the_metric_or_a_finite_value_come_last():
    series = {("a", "lr"): [1], ("b", "val_acc"): [np.nan, np.nan], ("c", "val_acc"): [0.1, 0.2]}
    summary = _summary(series)
    assert summary.runs[0].group == "c"
    assert summary.tied == ()


@pytest.mark.parametrize("tags", [("val_acc", "test_acc"), ("test_acc", "val_acc")])
def test_the_best_never_mixes_splits(tags):
    summary = _summary({("a", tag): [0.1, 0.9 if "test" in tag else 0.2] for tag in tags})
    assert summary.metrics[0].split == "validation"
    assert summary.runs[0].reached[0].best == 0.2


def test_the_ranks_of_a_run_are_one_row_with_their_mean():
    rows = [
        (f"ddp/rank_{rank}", "val/acc", step, 0.0, 0.5 + step / 10 + rank / 100)
        for rank in range(2)
        for step in range(3)
    ]
    rows += [("alone", "val/acc", step, 0.0, 0.6) for step in range(3)]
    scalars = pd.DataFrame(rows, columns=["run", "tag", "step", "wall_time", "value"])
    names = ["ddp/rank_0", "ddp/rank_1", "alone"]
    runs = pd.DataFrame({"run": names, "group": names, "split": "", "rank": [0, 1, -1]}).assign(
        first_wall_time=0.0, last_wall_time=1.0, last_step=2
    )
    rows_of = annotated(scalars, runs)
    ranking = summarise(rows_of, runs)
    assert [run.name for run in ranking.runs] == ["ddp", "alone"]
    assert ranking.runs[0].mean_of == "mean of 2 ranks"
    assert ranking.runs[0].reached[0].last == pytest.approx(0.705)
    assert [rank.reached[0].last for rank in ranking.runs[0].ranks] == pytest.approx([0.7, 0.71])
    assert ranking.groups == ("ddp/rank_0", "ddp/rank_1", "alone")
    # A rank that is the baseline is compared with the others, so that all stand alone.
    apart = summarise(rows_of, runs, "ddp/rank_0")
    assert [run.name for run in apart.runs] == ["ddp/rank_1", "ddp/rank_0", "alone"]
