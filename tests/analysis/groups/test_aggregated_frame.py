"""Aggregates of an experiment."""

from dataclasses import replace

import pandas as pd
import pytest

from reportgen.analysis.groups.aggregated_frame import aggregate
from reportgen.errors import UsageError
from reportgen.frames.experiment import COLUMNS, Experiment, frame


def experiment(curves):
    """Runs by name, each a list of values of the tag `loss`."""
    rows = [
        (run, step, value) for run, values in curves.items() for step, value in enumerate(values)
    ]
    scalars = frame(
        "scalars",
        {
            "run": [row[0] for row in rows],
            "tag": ["loss"] * len(rows),
            "step": [row[1] for row in rows],
            "wall_time": [0.0] * len(rows),
            "value": [row[2] for row in rows],
        },
    )
    runs = frame("runs", {"run": list(curves), "group": list(curves), "split": [""] * len(curves)})
    frames = {kind: frame(kind) for kind in COLUMNS}
    return Experiment(paths=("x",), **(frames | {"scalars": scalars, "runs": runs}))


CURVES = {"a-s1": [1.0, 2.0], "a-s2": [3.0, 4.0, 5.0], "b-s1": [0.0], "b-s2": [2.0]}


def test_each_group_is_a_line_with_its_number_of_runs():
    lines = aggregate(experiment(CURVES), centre="mean")
    assert lines["group"].tolist() == ["a", "a", "a", "b"]
    assert lines["value"].tolist() == [2, 3, 5, 1]
    assert lines["n"].tolist() == [2, 2, 1, 2]
    assert lines["low"].tolist() == [1, 2, 5, 0]


def test_adding_a_group_changes_no_other():
    alone = aggregate(experiment({run: CURVES[run] for run in ("a-s1", "a-s2")}), band="bootstrap")
    both = aggregate(experiment(CURVES), band="bootstrap")
    both = both[both["group"] == "a"]
    columns = ["step", "value", "low", "high", "n"]
    pd.testing.assert_frame_equal(alone[columns], both[columns])


def test_runs_that_repeat_nothing_are_no_line():
    lines = aggregate(experiment({"a": [1.0], "b": [2.0]}))
    assert len(lines) == 0
    assert list(lines.columns) == ["group", "tag", "split", "step", "value", "low", "high", "n"]


def test_tags_are_chosen_by_pattern():
    assert aggregate(experiment(CURVES), tags="acc*").empty


def test_an_unknown_centre_is_refused():
    with pytest.raises(UsageError, match="centre is one of mean, median, iqm"):
        aggregate(replace(experiment(CURVES)), centre="mode")
