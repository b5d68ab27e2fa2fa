import pytest

from reportgen.errors import UsageError
from reportgen.option_numbers import parse_last, parse_rate, parse_size


@pytest.mark.parametrize(
    ("text", "size"),
    [("5MB", 5_000_000), ("800 kb", 800_000), ("1.5M", 1_500_000), ("70000", 70_000)],
)
def test_a_size_is_read_with_its_unit(text, size):
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "big", "-5MB", "5 miles", "MB", "5"])
def test_another_size_is_refused(text):
    with pytest.raises(UsageError, match="--max-size"):
        parse_size(text)


def test_a_rate_is_between_0_and_1():
    assert parse_rate("0.05") == 0.05
    for text in ("0", "1", "x", "nan"):
        with pytest.raises(UsageError, match="--false-alarms"):
            parse_rate(text)


def test_a_number_of_reports_needs_a_baseline():
    assert parse_last("", has_baseline=False) is None
    assert parse_last("10", has_baseline=True) == 10
    with pytest.raises(UsageError, match="no baseline"):
        parse_last("10", has_baseline=False)
    with pytest.raises(UsageError, match="write a number"):
        parse_last("0", has_baseline=True)
