"""Names are selected by globs or regular expressions; an error names the nearest that exists."""

import pytest

from reportgen.errors import UsageError
from reportgen.selection import EVERY, no_match, selection

NAMES = ["train/loss", "val/loss", "val/accuracy"]


@pytest.mark.parametrize(
    ("patterns", "selected"),
    [
        (None, NAMES),
        ("val*", ["val/loss", "val/accuracy"]),
        ("/loss$/", ["train/loss", "val/loss"]),
        (["*/loss", "*accuracy"], NAMES),
        ("loss", []),
    ],
)
def test_a_glob_matches_the_whole_name_and_an_expression_anywhere(patterns, selected):
    assert list(filter(selection(patterns), NAMES)) == selected


def test_a_selection_is_taken_as_it_is():
    chosen = selection("a*")
    assert selection(chosen) is chosen
    assert selection(()) == EVERY


def test_patterns_that_match_nothing_are_known():
    assert selection(["val*", "test*", "/x/"]).unmatched(NAMES) == ["test*", "/x/"]
    assert EVERY.unmatched(NAMES) == []


def test_a_wrong_expression_is_refused():
    with pytest.raises(UsageError, match="not a regular expression"):
        selection(["/(/"])


@pytest.mark.parametrize(
    ("noun", "pattern", "names", "message"),
    [
        ("tag", "val/los", NAMES, "no tag matches 'val/los'; did you mean val/loss?"),
        ("run", "sgd", ["a", "b"], "no run matches 'sgd'; runs are: a and b"),
        ("run", "sgd", ["sgd1", "b"], "did you mean sgd1? Runs are: sgd1 and b"),
        ("tag", "x", [], "no tag matches 'x'; the logs hold no tag"),
        ("run", "x", [f"run{n}" for n in range(9)], "run0, run1, run2, run3, run4 and 4 more"),
    ],
)
def test_the_nearest_name_is_told_or_what_there_is(noun, pattern, names, message):
    assert str(no_match(f"--{noun}s", noun, pattern, names)).endswith(message)


def test_long_names_are_clipped():
    error = no_match("--runs", "run", "x" * 10_000, ["y" * 10_000] * 3)
    assert len(str(error)) < 300
