"""Checks as a user writes them, and what is no check."""

import pytest

from reportgen.analysis.verdicts.checks import parse_checks
from reportgen.errors import UsageError


def parsed(text, baseline="main"):
    (found,) = parse_checks([text], baseline)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "tag", "op", "limit"),
    [
        ("best val/accuracy >= 0.95", "best", "val/accuracy", ">=", 0.95),
        ("last val/loss < 1e-3", "last", "val/loss", "<", 1e-3),
        ("val/loss<=.5", "", "val/loss", "<=", 0.5),
        ("reward > -20", "", "reward", ">", -20.0),
        ("best best >= +1.", "best", "best", ">=", 1.0),
        ("last a > b >= 3 <= 4", "last", "a > b >= 3", "<=", 4.0),
    ],
)
def test_a_check_is_read_from_its_end(text, kind, tag, op, limit):
    found = parsed(text)
    assert (found.kind, found.tag, found.op) == (kind, tag, op)
    assert found.limit.of(base=7.0) == limit


@pytest.mark.parametrize(
    ("limit", "base", "expected", "told"),
    [
        ("baseline", 0.8, 0.8, "baseline"),
        ("baseline + 0.01", 0.8, 0.81, "baseline + 0.01"),
        ("baseline-0.01", 0.8, 0.79, "baseline − 0.01"),  # noqa: RUF001
        ("baseline - 5%", 0.8, 0.76, "baseline − 5%"),  # noqa: RUF001
        ("baseline - 5 %", -100.0, -105.0, "baseline − 5%"),  # noqa: RUF001
    ],
)
def test_a_limit_may_be_a_distance_from_the_baseline(limit, base, expected, told):
    found = parsed(f"loss <= {limit}")
    assert found.limit.of(base) == pytest.approx(expected)
    assert found.against == told


@pytest.mark.parametrize(
    "text",
    ["", "best", "loss", "loss 3", "loss == 3", "loss >= x", "loss >= 5%", ">= 3", "loss >= 1 2"],
)
def test_what_is_no_check_is_refused_in_one_line_that_says_how(text):
    with pytest.raises(UsageError, match="not understood; write") as refused:
        parsed(text)
    assert "\n" not in str(refused.value)


def test_a_baseline_that_is_not_named_is_asked_for():
    with pytest.raises(UsageError, match="add --baseline RUN"):
        parsed("loss <= baseline", baseline="")


def test_a_check_that_is_given_twice_counts_once():
    assert len(parse_checks(["a > 1", "  a  >  1 ", "a > 2"], "")) == 2
