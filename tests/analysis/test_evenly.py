"""Evenly spaced items are picked where there is not room for all."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analysis.evenly import evenly


@given(st.integers(0, 5_000), st.integers(2, 300))
def test_as_many_indices_as_fit_are_picked_in_order_with_both_ends(size, most):
    indices = evenly(size, most)
    assert len(indices) == min(size, most)
    assert (np.diff(indices) > 0).all()
    assert indices[:1].tolist() == [0][:size]
    assert indices[-1:].tolist() == [size - 1][:size]


@given(st.integers(2, 5_000), st.integers(2, 300))
def test_distances_between_indices_differ_by_at_most_one(size, most):
    assert np.ptp(np.diff(evenly(size, most))) <= 1


def test_a_single_pick_is_the_last_item():
    assert evenly(7, 1).tolist() == [6]
    assert evenly(0, 1).tolist() == []
