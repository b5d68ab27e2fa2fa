"""As many decimals as the noise deserves, alike in all rows."""

import numpy as np
import pytest

from reportgen.analysis.reached import KeyMetric, Reached
from reportgen.analysis.summary import RunSummary, Summary
from reportgen.report.digits import change, decimals, fixed


def summary(*lasts, values=()):
    """Runs that reached these values, and whose curve is `values`."""
    key = KeyMetric("loss", "", "loss", "down")
    runs = [
        RunSummary(str(place), (Reached(last, 0, last, values),), 0, 0.0)
        for place, last in enumerate(lasts)
    ]
    return Summary((key,), tuple(runs))


@pytest.mark.parametrize(
    ("lasts", "message"),
    [
        ((0.948, 0.921, 0.8904), ["0.9480", "0.9210", "0.8904"]),
        ((0.88, 0.8), ["0.88", "0.80"]),
        ((1.0, 2.0), ["1", "2"]),
        ((123.456, 7.0), ["123.5", "7.0"]),
        ((0.5, 0.00123), ["0.5000", "0.0012"]),
        ((0.5, 3e-7), ["0.5", "3e−7"]),  # noqa: RUF001
        ((0.5, 1e30, np.nan, np.inf), ["0.5", "1e30", "NaN", "∞"]),
        ((-0.25, -0.0), ["−0.25", "0.00"]),  # noqa: RUF001
        ((0.0, 0.0), ["0", "0"]),
    ],
)
def test_every_row_has_as_many_decimals_as_the_others(lasts, message):
    content = summary(*lasts)
    assert [fixed(value, decimals(content, 0)) for value in lasts] == message


def test_noise_leaves_a_meaning_to_few_decimals():
    curve = tuple(0.5 + 0.01 * (-1) ** step for step in range(40))
    assert decimals(summary(0.51234, 0.49876, values=curve), 0) == 3


@pytest.mark.parametrize(
    ("difference", "places", "message"),
    [
        (0.02, 3, "+0.020"),
        (-0.034, 3, "−0.034"),  # noqa: RUF001
        (0.0, 2, "0.00"),
        (0.0002, 2, "+0.0002"),
        (np.nan, 2, ""),
    ],
)
def test_a_change_has_its_sign(difference, places, message):
    assert change(difference, places) == message
