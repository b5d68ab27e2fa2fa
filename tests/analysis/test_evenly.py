"""Which of many are shown where there is room for some."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analysis.evenly import evenly


@given(st.integers(0, 5_000), st.integers(2, 300))
def test_places_are_as_many_as_there_is_room_for_in_order_with_both_ends(size, most):
    places = evenly(size, most)
    assert len(places) == min(size, most)
    assert (np.diff(places) > 0).all()
    assert places[:1].tolist() == [0][:size]
    assert places[-1:].tolist() == [size - 1][:size]


@given(st.integers(2, 5_000), st.integers(2, 300))
def test_distances_between_places_differ_by_one_at_most(size, most):
    assert np.ptp(np.diff(evenly(size, most))) <= 1


def test_of_a_single_place_it_is_the_last():
    assert evenly(7, 1).tolist() == [6]
    assert evenly(0, 1).tolist() == []
