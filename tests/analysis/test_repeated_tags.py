"""Tags that hold what another tag holds, and series that no curve is drawn of."""

import numpy as np
import pandas as pd
import pytest

from reportgen.analysis.annotated import annotated
from reportgen.analysis.curve_worth import without_curves
from reportgen.analysis.repeated_tags import repeated_tags
from reportgen.analysis.series_facts import series_facts


def _annotated(series):
    rows = [
        (run, tag, step, 0.0, float(value))
        for (run, tag), values in series.items()
        for step, value in enumerate(values)
    ]
    scalars = pd.DataFrame(rows, columns=["run", "tag", "step", "wall_time", "value"])
    names = list(dict.fromkeys(run for run, _ in series))
    return annotated(scalars, pd.DataFrame({"run": names, "group": names, "split": ""}))


_WAVE = np.sin(np.arange(30.0))


def test_a_reward_under_two_names_is_one_and_the_objective_stays():
    series = {
        ("a", "Policy/Extrinsic Reward"): _WAVE,
        ("a", "Environment/Cumulative Reward"): _WAVE,
    }
    expected = {"Policy/Extrinsic Reward": "Environment/Cumulative Reward"}
    assert repeated_tags(series_facts(_annotated(series))) == expected


def test_five_digits_of_a_table_are_the_same_as_the_log():
    series = {("a", "loss"): _WAVE, ("a", "results/loss"): np.round(_WAVE, 5)}
    assert repeated_tags(series_facts(_annotated(series))) == {"results/loss": "loss"}


def test_three_names_are_one():
    series = {("a", name): _WAVE for name in ("lr/pg0", "lr/pg1", "lr/pg2")}
    assert repeated_tags(series_facts(_annotated(series))) == {
        "lr/pg1": "lr/pg0",
        "lr/pg2": "lr/pg0",
    }


@pytest.mark.parametrize(
    "series",
    [
        {("a", "x"): _WAVE, ("a", "y"): _WAVE * 1.001},
        {("a", "x"): _WAVE, ("a", "y"): _WAVE[:-1]},
        {("a", "x"): np.ones(9), ("a", "y"): np.ones(9)},
        {("a", "train/loss"): _WAVE, ("a", "val/loss"): _WAVE},
        {("a", "x"): _WAVE, ("a", "y"): _WAVE, ("b", "x"): _WAVE, ("b", "y"): -_WAVE},
        {("a", "x"): _WAVE, ("a", "y"): _WAVE, ("b", "y"): _WAVE},
        {("a", "x"): [np.nan] * 5, ("a", "y"): [np.nan] * 5},
        {("a", "x"): _WAVE, ("b", "y"): _WAVE},
    ],
    ids=["values", "steps", "constant", "split", "one run", "coverage", "NaN", "runs"],
)
def test_what_differs_anywhere_or_says_nothing_is_not_one(series):
    assert repeated_tags(series_facts(_annotated(series))) == {}


def test_single_values_constants_counters_and_repeats_get_no_curve():
    series = {
        ("a", "val_loss"): _WAVE,
        ("a", "train_runtime"): [12.5],
        ("b", "train_runtime"): [13.5],
        ("a", "epoch"): np.arange(30),
        ("a", "lr"): [0.1] * 9,
        ("a", "z"): _WAVE**2,
        ("a", "zz"): _WAVE**2,
    }
    curves, rest = without_curves(_annotated(series))
    assert list(curves["tag"].unique()) == ["val_loss", "z"]
    assert rest.single[["run", "value"]].to_numpy().tolist() == [["a", 12.5], ["b", 13.5]]
    assert rest.constant[["tag", "value"]].to_numpy().tolist() == [["epoch", 29], ["lr", 0.1]]
    assert rest.repeated == {"zz": "z"}


def test_a_metric_that_one_run_logged_once_keeps_its_curve():
    series = {("a", "val_loss"): [0.5], ("b", "val_loss"): [0.5, 0.4]}
    curves, rest = without_curves(_annotated(series))
    assert len(curves) == 3
    assert rest.single.empty


def test_constants_that_become_nan_keep_their_curve():
    curves, _ = without_curves(_annotated({("a", "norm"): [1, 1, np.nan]}))
    assert len(curves) == 3
