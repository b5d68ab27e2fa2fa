import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.frames.sketch import MOST_POINTS, Sketch
from reportgen.frames.transforms import decimate


def sketched(values, cuts):
    """A sketch of a series that arrives in pieces."""
    sketch = Sketch()
    steps = np.arange(len(values))
    for start, end in zip([0, *cuts], [*cuts, len(values)], strict=True):
        part = slice(start, end)
        sketch.add(steps[part], steps[part] / 2.0, values[part], values[part] * 10)
    return sketch


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 40_000), st.integers(0, 2**32 - 1), st.integers(1, 8), st.booleans())
def test_it_keeps_what_decimating_the_whole_series_keeps(size, seed, pieces, coarse):
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 5, size).astype(float) if coarse else rng.normal(size=size)
    cuts = sorted(rng.integers(0, size + 1, pieces).tolist())
    kept = sketched(values, cuts).kept()
    np.testing.assert_array_equal(kept["index"], decimate(values, MOST_POINTS))
    np.testing.assert_array_equal(kept["value"], values[kept["index"]])
    np.testing.assert_array_equal(kept["smoothed"], values[kept["index"]] * 10)
    np.testing.assert_array_equal(kept["step"], kept["index"])


def test_what_is_not_finite_is_counted_and_left_out():
    values = np.array([1.0, np.nan, 3.0, np.inf, -np.inf])
    sketch = sketched(values, [2])
    assert (sketch.points, sketch.non_finite, sketch.bad_steps) == (5, 3, [1, 3, 4])
    assert sketch.kept()["value"].tolist() == [1.0, 3.0]
    assert sketch.first == 1.0
    assert sketch.last == -np.inf


def test_an_empty_sketch_knows_that_it_is_empty():
    sketch = Sketch()
    assert sketch.points == 0
    assert np.isnan(sketch.last)
    assert not len(sketch.kept())
