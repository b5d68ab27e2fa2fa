"""A summary of an earlier report as a baseline."""

import json
import math

import pytest

from reportgen.analysis.verdicts.run_values import measure
from reportgen.analysis.verdicts.stored_summary import parse_summary
from reportgen.errors import InputError, UsageError

SUMMARY = {
    "runs": [
        {
            "run": "a",
            "group": "first",
            "steps": 99,
            "duration": 60.0,
            "throughput": 1.65,
            "directories": [{"run": "a/val", "split": "validation"}],
        },
        {"run": "b", "group": None},
    ],
    "scalars": [
        {
            "run": "a/val",
            "tag": "loss",
            "direction": "down",
            "points": 100,
            "best": 0.1,
            "best_step": 7,
            "last": 0.3,
            "last_step": 99,
            "min": 0.1,
            "min_step": 7,
            "max": 9.0,
            "max_step": 0,
            "tail": {"steps": [98, 99], "values": [0.4, 0.3]},
        },
        {"run": "b", "tag": "x", "points": 1, "tail": {"steps": [3], "values": ["NaN"]}},
    ],
}


def runs(summary=None):
    return parse_summary(json.dumps(summary or SUMMARY).encode(), "old.json")


def test_a_run_has_its_group_facts_and_series():
    first, second = runs()
    assert (first.name, first.seed_group, first.source) == ("a", "first", "old.json")
    assert first.facts == {"steps": 99, "duration": 60, "throughput": 1.65}
    assert first.find("val/loss").tag == "loss"
    assert math.isnan(second.facts["steps"])
    assert math.isnan(measure(second.find("x"), "last", None).value)


@pytest.mark.parametrize(
    ("statistic", "points", "value"),
    [
        (None, None, 0.1),
        ("last", None, 0.3),
        ("max", None, 9.0),
        ("mean", 2, 0.35),
        ("max", 2, 0.4),
        ("best", 1, 0.3),
    ],
)
def test_what_it_holds_can_be_measured(statistic, points, value):
    series = runs()[0].find("val/loss")
    assert measure(series, statistic, points, "old.json").value == pytest.approx(value)


@pytest.mark.parametrize(("statistic", "points"), [("mean", None), ("median", 50), ("max", 50)])
def test_what_it_does_not_hold_is_refused(statistic, points):
    with pytest.raises(UsageError, match=r"old\.json holds the last 2 values of loss"):
        measure(runs()[0].find("val/loss"), statistic, points, "old.json")


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"\xff", b"[" * 5000, b'{"runs": 3, "scalars": []}', b"null"]
)
def test_what_is_no_summary_is_refused(content):
    with pytest.raises(InputError, match=r"old\.json: is no summary\.json"):
        parse_summary(content, "old.json")


def test_a_summary_of_an_older_version_is_refused():
    with pytest.raises(InputError, match="write it again"):
        runs({"runs": [{"run": "a"}], "scalars": [{"run": "a", "tag": "x", "last": 1.0}]})


@pytest.mark.parametrize("odd", ["x", None, [], {}, True, {"steps": ["a"], "values": [None, 2]}])
def test_odd_values_are_missing_and_nothing_breaks(odd):
    row = {"run": "a", "tag": "x", "points": odd, "best": odd, "tail": odd, "direction": None}
    summary = {"runs": [{"run": "a", "steps": odd}, 3], "scalars": [row, {"run": "a", "tail": {}}]}
    assert len(runs(summary)) == 1
