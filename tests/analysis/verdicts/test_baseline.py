"""A baseline is exactly one run."""

import pytest

from reportgen.analysis.verdicts.baseline import baseline
from reportgen.errors import UsageError

GROUPS = ["lr=0.1", "lr=0.01", "a[1]"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [("", ""), ("lr=0.1", "lr=0.1"), ("*.01", "lr=0.01"), ("/^a/", "a[1]"), ("a[1]", "a[1]")],
)
def test_a_name_goes_before_a_pattern_and_a_pattern_matches_one_run(pattern, found):
    assert baseline(pattern, GROUPS) == found


def test_a_pattern_that_several_runs_match_is_refused_and_they_are_named():
    with pytest.raises(UsageError, match=r"2 runs are called so \(lr=0\.1 and lr=0\.01\)"):
        baseline("lr*", GROUPS)


def test_the_runs_that_there_are_are_named_and_bounded():
    names = [f"{number}{'x' * 500}" for number in range(100)]
    with pytest.raises(UsageError, match="no run is called so; there are 0xxx") as refused:
        baseline("none", names)
    assert str(refused.value).endswith("and 95 more")
    assert len(str(refused.value)) < 600
