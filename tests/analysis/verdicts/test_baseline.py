"""What a baseline names, and where it is looked for."""

import numpy as np
import pytest

from reportgen.analysis.verdicts.baseline import find_baseline
from reportgen.analysis.verdicts.run_values import RunValues
from reportgen.errors import UsageError


def run(name, group="", source=""):
    return RunValues(
        name, group, (), {"steps": np.nan, "duration": np.nan, "throughput": 1}, source
    )


RUNS = [run("lr=0.1"), run("lr=0.01"), run("a[1]"), run("b-s1", "b"), run("b-s2", "b")]


@pytest.mark.parametrize(
    ("patterns", "names"),
    [
        ([], []),
        (["lr=0.1"], ["lr=0.1"]),
        (["*.01"], ["lr=0.01"]),
        (["/^a/"], ["a[1]"]),
        (["a[1]"], ["a[1]"]),
        (["lr*"], ["lr=0.1", "lr=0.01"]),
        (["b"], ["b-s1", "b-s2"]),
        (["b-s2", "b*", "lr=0.1"], ["b-s2", "b-s1", "lr=0.1"]),
    ],
)
def test_names_go_before_groups_and_groups_before_patterns(patterns, names):
    baseline = find_baseline(patterns, RUNS)
    assert [run.name for run in baseline.runs] == names
    assert baseline.names == set(names)


def test_what_is_not_in_the_logs_is_looked_for_elsewhere():
    stored = run("main", source="old.json")
    baseline = find_baseline(["old.json", "a[1]"], RUNS, {"old.json": [stored]}.get)
    assert [run.name for run in baseline.runs] == ["main", "a[1]"]
    assert baseline.names == {"a[1]"}
    assert baseline.sentence == "The baseline is 2 runs: main from old.json; a[1]."


def test_a_name_that_is_nowhere_is_refused_with_one_like_it():
    with pytest.raises(UsageError, match=r"did you mean lr=0\.1\?"):
        find_baseline(["lr=0.2"], RUNS)


def test_the_runs_that_there_are_are_named_and_bounded():
    runs = [run(f"{number}{'x' * 500}") for number in range(100)]
    with pytest.raises(UsageError, match="runs are: 0xxx") as refused:
        find_baseline(["none"], runs)
    assert str(refused.value).endswith("and 95 more")
    assert len(str(refused.value)) < 700
