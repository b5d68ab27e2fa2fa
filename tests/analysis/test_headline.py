"""Which metric a report leads with, and why; directories in `catalogue/headlines.tsv`."""

import csv
import math
from pathlib import Path

import pytest

from reportgen.analysis.headline import Candidate, choose_headline
from reportgen.analysis.metric_catalogue import describe
from reportgen.errors import UsageError

_TABLE = Path(__file__).with_name("catalogue") / "headlines.tsv"


def _directories():
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _candidate(tag, **facts):
    return Candidate(tag, describe(tag), **facts)


def _first(*tags, **choices):
    chosen = choose_headline([_candidate(tag) for tag in tags], **choices)
    return chosen.candidates[0].tag if chosen.candidates else ""


def test_the_table_is_wide():
    assert len(_directories()) >= 30


@pytest.mark.parametrize("row", _directories(), ids=lambda row: row["framework"])
def test_a_directory_has_the_headline_of_its_framework(row):
    candidates = [
        _candidate(tag, varies=False, value=-1.0) if tag == "hp_metric" else _candidate(tag)
        for tag in row["tags"].split("|")
    ]
    chosen = choose_headline(candidates).candidates
    assert (chosen[0].tag if chosen else "") == row["expected"]


def test_the_user_decides_and_a_metric_may_be_named_without_its_split():
    tags = ("train/loss", "val/loss", "lr")
    assert _first(*tags, wanted=["lr"]) == "lr"
    assert _first(*tags, wanted=["loss"]) == "val/loss"


def test_a_wanted_tag_that_no_run_logged_is_refused_with_those_that_were():
    with pytest.raises(UsageError, match="did you mean loss"):
        _first("lr", "loss", wanted=["los"])


def test_metrics_of_the_hparams_plugin_go_before_others_but_not_the_placeholder():
    assert _first("val_acc", "hparam/accuracy", judged={"hparam/accuracy"}) == "hparam/accuracy"
    placeholder = _candidate("hp_metric", varies=False, value=-1.0)
    chosen = choose_headline([placeholder, _candidate("train_loss")], judged={"hp_metric"})
    assert chosen.candidates[0].tag == "train_loss"
    real = _candidate("hp_metric", varies=False, value=0.7)
    assert choose_headline([real], judged={"hp_metric"}).candidates == (real,)


def test_the_first_chart_of_a_layout_goes_before_the_catalogue():
    assert _first("val_acc", "val_loss", layout={"val_loss"}) == "val_loss"


def test_a_metric_of_all_runs_goes_before_one_of_few():
    few, all_runs = _candidate("val_acc", coverage=1), _candidate("val_loss", coverage=4)
    assert choose_headline([few, all_runs]).candidates[0] == all_runs


def test_what_never_varies_or_is_never_finite_comes_last_or_not_at_all():
    constant = _candidate("val_acc", varies=False, value=1.0)
    assert choose_headline([constant, _candidate("val_loss")]).candidates[0].tag == "val_loss"
    assert not choose_headline([_candidate("val_acc", finite=False)]).candidates


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("reward_mean", "reward_max"),
        ("mAP50-95", "mAP50"),
        ("train_loss", "train_box_loss"),
        ("train_loss_epoch", "train_loss_step"),
        ("epoch_loss", "batch_loss"),
        ("batch_loss", "loss_step"),
        ("val_loss", "test_loss"),
        ("test_loss", "train_loss"),
    ],
)
def test_the_more_telling_of_two_is_chosen(better, worse):
    assert _first(worse, better) == better


def test_choosing_on_test_data_is_said():
    chosen = choose_headline([_candidate("test_acc"), _candidate("train_acc")])
    assert chosen.reason == (
        "The headline is test_acc: no validation metric was logged, so this is chosen on test "
        "data; --metric TAG names another."
    )


def test_nothing_is_chosen_where_nothing_says_how_well_it_went():
    chosen = choose_headline([_candidate("lr"), _candidate("loss_D"), _candidate("loss_G")])
    assert chosen.candidates == ()
    assert chosen.reason == "No tag says how well the runs did; --metric TAG names one."


def test_the_only_term_of_a_loss_stands_for_it():
    assert _first("train/bce_loss", "lr") == "train/bce_loss"
    assert _first("train/box_loss", "train/cls_loss") == ""


def test_an_unset_value_is_no_placeholder():
    assert math.isnan(_candidate("hp_metric").value)
