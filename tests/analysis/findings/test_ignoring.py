"""What is ignored is parsed with quotes, and told apart from what is kept."""

import pytest

from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.ignoring import parse_ignores, without_ignored
from reportgen.analysis.findings.rules import RULES
from reportgen.errors import UsageError


def finding(rule="overfitting", tag="val/loss", run="runs/a b"):
    return Finding(rule, "warning", run, run, tag, 0, 10, "It happened.")


def ignored(text, *findings):
    return without_ignored(findings, parse_ignores([text], RULES))[1]


@pytest.mark.parametrize(
    "text",
    [
        "overfitting",
        "overfitting val/loss",
        "overfitting 'val/loss'",
        "overfitting val/*",
        "overfitting /loss$/",
        'overfitting in "runs/a b"',
        'overfitting val/loss in "runs/*"',
        "  overfitting   in  /a/ ",
    ],
)
def test_an_ignore_matches(text):
    assert ignored(text, finding())


@pytest.mark.parametrize(
    "text", ["stall", "overfitting train/loss", "overfitting in runs/b", "overfitting loss"]
)
def test_an_ignore_leaves_others(text):
    assert not ignored(text, finding())


def test_a_tag_that_is_the_word_in_is_quoted():
    assert ignored('overfitting "in"', finding(tag="in"))


def test_kept_and_ignored_stay_in_order():
    first, second, third = finding(), finding("stall"), finding(tag="other")
    ignores = parse_ignores(["overfitting"], RULES)
    assert without_ignored((first, second, third), ignores) == ((second,), (first, third))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "nothing is named"),
        ("overfiting", "did you mean overfitting?"),
        ("overfitting a b", "not understood"),
        ("overfitting in", "not understood"),
        ("overfitting /(/", "not a regular expression"),
    ],
)
def test_an_ignore_that_cannot_be_understood_is_an_error(text, message):
    with pytest.raises(UsageError) as error:
        parse_ignores([text], RULES)
    assert message in str(error.value)
