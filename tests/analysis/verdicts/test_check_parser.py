"""Checks as a user writes them, and what is no check."""

import itertools

import pytest

from reportgen.analysis.verdicts.check_parser import RULES, parse_check, parse_checks
from reportgen.analysis.verdicts.checks import (
    BaselineLimit,
    FindingCheck,
    NoiseLimit,
    NumberLimit,
)
from reportgen.errors import UsageError

STATISTICS = [None, "best", "last", "min", "max", "mean", "median"]
POINTS = [None, 1, 10]
TAGS = {"val/loss": "val/loss", '"Test loss (avg on test)"': "Test loss (avg on test)"}
PATTERNS = {"": "", "in lr=0.1": "lr=0.1", 'in "seed 1*"': "seed 1*", "in /^a+$/": "/^a+$/"}
LIMITS = {
    "0.5": NumberLimit(0.5),
    "-20": NumberLimit(-20.0),
    "+1.": NumberLimit(1.0),
    ".5": NumberLimit(0.5),
    "1e-3": NumberLimit(1e-3),
    "90%": NumberLimit(0.9, percent=True),
    "2 h": NumberLimit(7200.0, unit="h"),
    "250ms": NumberLimit(0.25, unit="ms"),
    "baseline": BaselineLimit(),
    "baseline + 0.01": BaselineLimit(0.01),
    "baseline-0.01": BaselineLimit(-0.01),
    "baseline -5 %": BaselineLimit(-5.0, percent=True),
    "baseline+10min": BaselineLimit(600.0, unit="min"),
    "baseline + noise": NoiseLimit(1),
    "baseline-noise": NoiseLimit(-1),
}
OTHERWISE = {"": "fail", "or warn": "warn", "or skip": "skip"}


@pytest.mark.slow
def test_every_combination_of_the_grammar_is_read():
    options = (STATISTICS, POINTS, TAGS, PATTERNS, [">=", "<=", ">", "<"], LIMITS, OTHERWISE)
    for statistic, points, tag, pattern, op, limit, otherwise in itertools.product(*options):
        words = [statistic, points, tag, pattern, op, limit, otherwise]
        text = " ".join(str(word) for word in words if word)
        check = parse_check(text)
        assert (check.statistic, check.points, check.tag) == (statistic, points, TAGS[tag]), text
        assert (check.pattern, check.op) == (PATTERNS[pattern], op), text
        assert (check.limit, check.otherwise) == (LIMITS[limit], OTHERWISE[otherwise]), text


@pytest.mark.parametrize("op", [">=", "<=", ">", "<"])
def test_spaces_around_a_comparison_are_not_needed(op):
    check = parse_check(f"val/loss{op}.5")
    assert (check.tag, check.op, check.limit) == ("val/loss", op, NumberLimit(0.5))


@pytest.mark.parametrize(
    ("text", "severity", "rule", "pattern"),
    [
        ("no findings", "note", "", ""),
        ("no error findings", "error", "", ""),
        ("no warning findings in a*", "warning", "", "a*"),
        ('no overfitting in "run 1"', None, "overfitting", "run 1"),
        ("no check-failed", None, "check-failed", ""),
    ],
)
def test_absence_of_findings_can_be_asked_for(text, severity, rule, pattern):
    assert parse_check(text) == FindingCheck(text, severity, rule, pattern)


def test_quotes_in_a_name_are_escaped():
    assert parse_check(r'"a \"b\" \\ c" > 1').tag == r'a "b" \ c'


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("loss => 3", 6, 'did you mean ">="'),
        ("loss =< 3", 6, 'did you mean "<="'),
        ("loss ≤ 3", 6, 'did you mean "<="'),
        ("loss == 3", 6, "seldom equal; use >= or <="),
        ("loss==3", 5, "seldom equal"),
        ("loss != 3", 6, "seldom equal"),
        ("loss=3", 7, 'did you mean "loss >= 3"'),
        ("loss >= basline", 9, 'did you mean "baseline"'),
        ("loss >= baseline - nose", 20, 'did you mean "noise"'),
        ("loss >= noise", 9, r'did you mean "baseline \+ noise"'),
        ("loss >= baseline - ", 20, "the check ends here"),
        ("loss >= baseline - noise 3", 26, "only"),
        ("loss >= x", 9, 'expected a number or "baseline"'),
        ("loss >=", 8, "the check ends here"),
        ("loss 3", 6, "stands in double quotes"),
        ("Test loss >= 3", 6, 'as in "Test loss"'),
        ("loss", 5, "expected >=, <=, > or <, but the check ends here"),
        ("", 1, "expected a tag, but the check ends here"),
        ("best", 5, "expected a tag, but the check ends here"),
        ("best best >= 1", 6, 'one that is named "best" stands in quotes'),
        (">= 3", 1, "expected a tag"),
        ("2nd/loss > 1", 1, "begins with a digit stands in double quotes"),
        ("mean 2.5 loss > 1", 6, "expected a number of points"),
        ("mean 0 loss > 1", 6, "expected a number of points"),
        ("mean -3 loss > 1", 6, "expected a number of points"),
        ("loss >= 1 2", 11, 'only "or warn" or "or skip"'),
        ("loss >= 1 or wran", 14, 'did you mean "warn"'),
        ("loss >= 1 or", 13, "the check ends here"),
        ("duration <= 2 hr", 15, r"units are %, ms, s, min, h, d"),
        ("loss in >= 1", 9, "expected a pattern of runs"),
        ("loss in /(/ > 1", 9, "not a regular expression"),
        ('"loss > 1', 1, "not closed"),
        ('"" > 1', 1, "the tag is empty"),
        ("loss > 1e999", 8, "too large"),
        ("no overfiting", 4, 'did you mean "overfitting"'),
        ("no finding", 4, 'did you mean "findings"'),
        ("no error", 9, "the check ends here"),
        ("no findings or warn", 13, "nothing can follow here"),
        ("no", 3, "the check ends here"),
    ],
)
def test_an_error_points_at_its_column_and_says_what_was_expected(text, column, message):
    with pytest.raises(UsageError, match=rf"column {column}: .*{message}") as refused:
        parse_check(text)
    assert "\n" not in str(refused.value)


def test_whatever_is_cut_off_is_read_or_refused_by_column():
    text = "mean 10 val/loss in a* <= baseline + 5% or warn"
    refused = 0
    for end in range(len(text)):
        try:
            parse_check(text[:end])
        except UsageError:
            refused += 1
    assert refused == 42  # all but those that end after the limit or within its distance


def test_a_baseline_that_is_not_named_is_asked_for():
    with pytest.raises(UsageError, match="add --baseline RUN"):
        parse_checks(["loss <= baseline"], has_baseline=False)


def test_a_check_that_is_given_twice_counts_once():
    assert len(parse_checks(["a > 1", "  a  >  1 ", "a > 2"], has_baseline=False)) == 2


def test_rules_can_be_extended():
    assert parse_check("no new-rule", (*RULES, "new-rule")).rule == "new-rule"


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ("1", ""),
        ("baseline", "baseline"),
        ("baseline + 0.01", "baseline + 0.01"),
        ("baseline-5%", "baseline − 5%"),  # noqa: RUF001
        ("baseline - noise", "baseline − noise"),  # noqa: RUF001
        ("baseline + 10 min", "baseline + 10 min"),
    ],
)
def test_a_limit_is_told_in_words(limit, message):
    assert parse_check(f"loss <= {limit}").against == message


@pytest.mark.parametrize(
    ("limit", "base", "expected"),
    [("baseline - 5%", -100.0, -105.0), ("baseline + 5%", 0.8, 0.84), ("baseline", 2.0, 2.0)],
)
def test_a_percentage_is_of_the_size_of_the_baseline(limit, base, expected):
    assert parse_check(f"x <= {limit}").limit.of(base) == pytest.approx(expected)
