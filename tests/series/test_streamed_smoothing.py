from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.errors import UsageError
from reportgen.series.smoothing import parse_smoothing
from reportgen.series.streamed_smoothing import Smoother
from reportgen.series.transforms import smooth

METHODS = ["off", "tb:0", "tb:0.6", "tb:0.9999", "ema:1", "ema:500", "window:1", "window:70"]


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(METHODS),
    st.integers(1, 5_000),
    st.integers(0, 2**32 - 1),
    st.integers(0, 8),
    st.sampled_from(["even", "uneven", "back", "still"]),
)
def test_pieces_are_smoothed_as_the_whole_series(method, size, seed, pieces, kind):
    random = np.random.default_rng(seed)
    values = random.normal(3, 1, size)
    distances = {
        "even": np.full(size, 10),
        "uneven": random.integers(0, 50, size),
        "back": random.integers(-20, 50, size),
        "still": np.zeros(size, np.int64),
    }
    steps = distances[kind].cumsum()
    cuts = sorted({0, size, *random.integers(0, size + 1, pieces).tolist()})
    smoothing = parse_smoothing(method)
    smoother = Smoother(smoothing)
    parts = [smoother.add(values[start:end], steps[start:end]) for start, end in pairwise(cuts)]
    whole = smooth(values, steps, smoothing)
    np.testing.assert_allclose(np.concatenate(parts), whole, rtol=1e-9)


def test_an_invalid_smoothing_method_is_refused():
    with pytest.raises(UsageError, match="not a smoothing method"):
        Smoother(parse_smoothing("tb:2"))
