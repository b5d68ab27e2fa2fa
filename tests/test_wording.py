import math

import pytest

from reportgen import wording


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (12.0, "12"),
        (0.96666667, "0.9667"),
        (0.5, "0.5"),
        (123456.789, "123457"),
        (-1.5, "−1.5"),  # noqa: RUF001
        (1.25e-7, "1.25e−7"),  # noqa: RUF001
        (1e300, "1e300"),
        (math.nan, "NaN"),
        (-math.inf, "−∞"),  # noqa: RUF001
    ],
)
def test_numbers_have_the_digits_that_matter_and_a_true_minus(value, text):
    assert wording.number(value) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (0.25, "0.25 s"),
        (48.2, "48 s"),
        (59.7, "1 min"),
        (200, "3 min 20 s"),
        (187_200, "2 d 4 h"),
    ],
)
def test_durations_are_told_in_their_two_largest_units(seconds, text):
    assert wording.duration(seconds) == text


def test_a_period_names_the_day_once_where_it_is_one_day():
    assert wording.period(1763952060, 1763952120) == "24 Nov 2025, 02:41 to 02:42 UTC"
    assert wording.period(1763952060, 1763952061) == "24 Nov 2025, 02:41 UTC"
    assert wording.period(1763952060, 1764052060) == (
        "24 Nov 2025, 02:41 to 25 Nov 2025, 06:27 UTC"
    )


def test_a_period_that_the_log_does_not_tell_is_left_out():
    assert wording.period(0.0, 0.0) == wording.period(math.nan, math.nan) == ""
    assert wording.period(1e300, 1e300) == ""


def test_names_in_a_sentence_are_bounded():
    assert wording.listing([]) == ""
    assert wording.listing(["a"]) == "a"
    assert wording.listing(["a", "b", "c"]) == "a, b and c"
    assert wording.listing(list("abcdefg")) == "a, b, c and 4 more"


@pytest.mark.parametrize(
    ("value", "text"), [(3.0, "3"), (16868.0, "16,868"), (2.5, "2.5"), (4e20, "4e20")]
)
def test_an_amount_is_written_out_with_thousands_apart(value, text):
    assert wording.amount(value) == text
