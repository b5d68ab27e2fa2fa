"""Student's t equals scipy's."""

import math

import pytest
from scipy import stats

from reportgen.analysis.groups import student_t


@pytest.mark.parametrize("freedom", [0.7, 1, 2, 3.5, 10, 47.2, 1000, math.inf])
@pytest.mark.parametrize("t", [-40, -3, -0.5, 0, 1e-3, 1.7, 6, 200])
def test_the_probability_equals_scipys(t, freedom):
    assert student_t.cumulative(t, freedom) == pytest.approx(stats.t.cdf(t, freedom), abs=1e-13)


@pytest.mark.parametrize("freedom", [0.7, 1, 2, 3.5, 10, 47.2, 1000, math.inf])
@pytest.mark.parametrize("probability", [0.001, 0.05, 0.5, 0.9, 0.95, 0.975, 0.9995])
def test_the_quantile_equals_scipys(probability, freedom):
    expected = stats.t.ppf(probability, freedom)
    assert student_t.quantile(probability, freedom) == pytest.approx(expected, rel=1e-9, abs=1e-9)
