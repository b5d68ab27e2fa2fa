"""Which runs meet which checks."""

import math

import numpy as np
import pytest

from reportgen.analysis.annotated import annotated
from reportgen.analysis.tag_names import parse_best
from reportgen.analysis.verdicts.checks import parse_checks
from reportgen.analysis.verdicts.outcomes import outcomes
from reportgen.errors import UsageError
from reportgen.frames.experiment import frame


def tried(rows, *checks, baseline="", splits=(), best=()):
    """Outcomes of checks on rows of run, tag and values; `splits` are runs of one group."""
    flat = [
        (run, tag, step, value) for run, tag, values in rows for step, value in enumerate(values)
    ]
    names = list(dict.fromkeys(row[0] for row in rows))
    held = {
        "run": [row[0] for row in flat],
        "tag": [row[1] for row in flat],
        "step": [row[2] for row in flat],
        "wall_time": [0.0] * len(flat),
        "value": [row[3] for row in flat],
    }
    groups = [name.partition("/")[0] if name in splits else name for name in names]
    given = [name.partition("/")[2] if name in splits else "" for name in names]
    runs = frame("runs", {"run": names, "group": groups, "split": given})
    scalars = annotated(frame("scalars", held), runs, parse_best(best))
    return outcomes(parse_checks(checks, baseline), scalars, list(dict.fromkeys(groups)), baseline)


def passed(found):
    return {one.run: one.passed for one in found}


def test_every_run_that_logged_the_tag_is_tried_in_order():
    rows = [("b", "loss", [3.0, 1.0]), ("a", "loss", [2.0, 4.0]), ("c", "other", [1.0])]
    found = tried(rows, "loss <= 1.5")
    assert [(one.run, one.value, one.step, one.passed) for one in found] == [
        ("b", 1.0, 1, True),
        ("a", 2.0, 0, False),
    ]


@pytest.mark.parametrize(
    ("check", "value", "step"),
    [("acc > 0", 0.9, 1), ("best acc > 0", 0.9, 1), ("last acc > 0", 0.5, 2), ("lr > 0", 7.0, 1)],
)
def test_without_a_word_it_is_the_best_where_a_way_is_better_else_the_last(check, value, step):
    (found,) = tried([("a", "acc", [0.1, 0.9, 0.5]), ("a", "lr", [9.0, 7.0])], check)
    assert (found.value, found.step) == (value, step)


def test_the_best_of_a_tag_without_a_better_way_is_refused_unless_it_is_told():
    with pytest.raises(UsageError, match="add --best lr=up or =down"):
        tried([("a", "lr", [9.0, 7.0])], "best lr > 8")
    (found,) = tried([("a", "lr", [9.0, 7.0])], "best lr > 8", best=["lr=up"])
    assert found.passed


def test_a_value_that_is_not_finite_fails_whatever_the_limit():
    rows = [("a", "loss", [1.0, math.nan]), ("b", "loss", [-math.inf]), ("c", "loss", [math.nan])]
    assert passed(tried(rows, "last loss < 3")) == {"a": False, "b": False, "c": False}
    assert passed(tried(rows, "best loss < 3")) == {"a": True, "b": False, "c": False}


def test_a_tag_that_nobody_logged_fails_and_the_nearest_is_known():
    (found,) = tried([("a", "val/accuracy", [1.0])], "val/acc > 0")
    assert (found.run, found.passed, found.alike) == ("", False, "val/accuracy")


def test_a_log_without_scalars_fails_every_check():
    (found,) = tried([], "loss > 0")
    assert not found.passed


def test_limits_from_the_baseline_are_tried_on_all_others():
    rows = [("main", "loss", [0.5]), ("a", "loss", [0.52]), ("b", "loss", [0.53])]
    found = tried(rows, "loss <= baseline + 5%", baseline="main")
    assert passed(found) == {"a": True, "b": False}
    assert passed(tried(rows, "loss <= 0.51", baseline="main")) == {
        "main": True,
        "a": False,
        "b": False,
    }


def test_a_baseline_that_has_no_value_fails_the_others_and_one_that_is_alone_fails():
    rows = [("main", "loss", [math.nan]), ("a", "loss", [0.5])]
    (found,) = tried(rows, "loss <= baseline", baseline="main")
    assert not found.passed
    assert math.isnan(found.limit)
    (found,) = tried([("main", "loss", [1.0])], "loss <= baseline", baseline="main")
    assert (found.run, found.passed) == ("", False)


def test_a_metric_and_its_split_are_found_however_they_were_logged():
    rows = [
        ("a", "val/acc", [0.9]),
        ("a", "val_acc", [0.1]),
        ("b", "val_acc", [0.8]),
        ("c/train", "acc", [0.2]),
        ("c/validation", "acc", [0.7]),
    ]
    splits = ("c/train", "c/validation")
    rows_by_run = {one.run: one.value for one in tried(rows, "val/acc > 0", splits=splits)}
    assert rows_by_run == {"a": 0.9, "b": 0.8, "c": 0.7}
    assert [one.value for one in tried(rows, "acc > 0", splits=splits)] == [0.7]


def test_values_of_32_bits_are_compared_as_32_bits_hold_the_limit():
    logged = float(np.float32(0.95))
    assert logged < 0.95
    rows = [("a", "acc", [logged])]
    assert passed(tried(rows, "acc >= 0.95")) == {"a": True}
    assert passed(tried(rows, "acc < 0.95")) == {"a": False}
    assert passed(tried([("a", "acc", [0.95 - 1e-9])], "acc >= 0.95")) == {"a": False}
