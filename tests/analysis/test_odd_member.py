"""The member of a family that is unlike the others."""

import numpy as np
import pytest

from reportgen.analysis.odd_member import odd_member


def test_a_member_far_from_its_neighbours_is_odd():
    levels = np.linspace(1, 2, 24)
    levels[17] = 38.0
    odd = odd_member(levels)
    assert odd.place == 17
    assert odd.level == 38
    assert odd.usual == pytest.approx(levels[[15, 16, 18, 19]].mean(), rel=0.01)


@pytest.mark.parametrize("sign", [1, -1])
def test_of_values_of_both_signs_the_odd_one_is_beyond_the_range_of_the_others(sign):
    levels = np.array([-0.2, 0.1, -0.1, 0.2, 0.0, 0.1, -0.2, 0.15, -0.1])
    assert odd_member(levels) is None
    levels[4] = sign * 5.0
    assert odd_member(levels).place == 4


@pytest.mark.parametrize(
    "levels",
    [
        np.ones(24),
        np.geomspace(1, 1e6, 24),  # a trend over the depth
        np.r_[np.ones(23), 5.0],  # the last differs by its nature
        np.array([1, 1, 30, 1, 1, 30, 1, 1, 1.0]),  # two: this is how the family is
        np.array([1, 1, 1, 50.0]),
        np.array([1, 1, np.nan, 1, 1, 1, 50, 1]),
        np.array([]),
    ],
)
def test_otherwise_no_member_is_odd(levels):
    assert odd_member(levels) is None
