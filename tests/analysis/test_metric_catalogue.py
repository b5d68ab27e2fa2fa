"""What tags of known frameworks measure; tables in `catalogue/`, each row with its source."""

import csv
from pathlib import Path

import pytest

from reportgen.analysis.metric_catalogue import ROLES, describe

_TABLES = Path(__file__).with_name("catalogue")


def _rows(name):
    with (_TABLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


_TAGS = _rows("tags.tsv") + _rows("further_tags.tsv")


def test_the_tables_are_wide():
    assert len({row["tag"] for row in _TAGS}) >= 150
    assert len({row["framework"] for row in _TAGS}) >= 25
    assert all(row["source"] and row["role"] in ROLES for row in _TAGS)


@pytest.mark.parametrize("row", _TAGS, ids=lambda row: f"{row['framework']}: {row['tag']}")
def test_a_tag_has_the_role_direction_and_split_of_its_framework(row):
    metric = describe(row["tag"])
    assert (metric.role, metric.direction, metric.split) == (
        row["role"],
        row["direction"],
        row["split"],
    )


@pytest.mark.parametrize(
    ("tag", "name", "split"),
    [
        ("train/loss", "loss", "train"),
        ("loss/train", "loss", "train"),
        ("val_loss", "loss", "validation"),
        ("loss_val", "loss", "validation"),
        ("valLoss", "Loss", "validation"),
        ("valloss", "loss", "validation"),
        ("test-accuracy", "accuracy", "test"),
        ("Test loss (avg on test)", "loss", "test"),
        ("train_loss_epoch", "loss_epoch", "train"),
        ("epoch_val_acc", "epoch_acc", "validation"),
        ("dev/f1", "f1", "validation"),
        ("holdout loss", "loss", "validation"),
        ("in_sample_mse", "mse", "train"),
        ("train/valid_loss", "train/loss", "validation"),
        ("train/train_loss", "train_loss", "train"),
        ("Loss/train/box", "Loss/box", "train"),
        ("num_valid_tokens", "num_valid_tokens", ""),
        ("reward_std_dev", "reward_std_dev", ""),
        ("train", "train", ""),
        ("loss", "loss", ""),
        ("損失/val", "損失", "validation"),
    ],
)
def test_a_split_is_read_wherever_it_is_written(tag, name, split):
    metric = describe(tag)
    assert (metric.name, metric.split) == (name, split)


def test_the_split_of_a_directory_counts_where_the_tag_names_none():
    assert describe("v_loss", "test").split == "test"
    assert describe("train_loss", "test").split == "train"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("val_acc", "val_accuracy"),
        ("train_loss_epoch", "val_loss"),
        ("train/acc", "epoch_val_acc"),
        ("lr", "learning_rate"),
        ("valLoss", "Loss/val"),
    ],
)
def test_spellings_of_one_metric_share_their_words(first, second):
    assert describe(first).words == describe(second).words


@pytest.mark.parametrize(
    ("first", "second"),
    [("train_loss_step", "train_loss_epoch"), ("loss_max", "loss"), ("loss vs samples", "loss")],
)
def test_different_series_of_one_metric_do_not_share_them(first, second):
    assert describe(first).words != describe(second).words


@pytest.mark.parametrize("separator", ["/", "_", "-", ".", " "])
def test_words_count_whatever_separates_them(separator):
    assert describe(separator.join(["loss", "scale"])).role == "schedule"
    assert describe(separator.join(["policy", "gradient", "loss"])).direction == ""
    assert describe(separator.join(["word", "error", "rate"])).direction == "down"


@pytest.mark.parametrize("tag", ["", "/", "_", "###", "🙂", "a" * 5000, "/".join("ab" * 300)])
def test_any_text_is_described(tag):
    assert describe(tag).role == "diagnostic"
