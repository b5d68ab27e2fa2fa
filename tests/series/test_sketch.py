import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.series.buckets import MAX_POINTS
from reportgen.series.sketch import Sketch
from reportgen.series.smoothing import Smoothing
from reportgen.series.streamed_smoothing import Smoother
from reportgen.series.thinning import stride
from reportgen.series.transforms import decimate, decimate_further


def sketched(values, cuts=()):
    """A sketch of a series that arrives in pieces."""
    sketch = Sketch(Smoother(Smoothing()))
    rows = np.arange(len(values)) * 3
    for start, end in zip([0, *cuts], [*cuts, len(values)], strict=True):
        if start < end:
            piece = slice(start, end)
            sketch.add(rows[piece], rows[piece] // 3, rows[piece] / 2.0, values[piece])
    return sketch


def drawn(size, seed, *, coarse):
    random = np.random.default_rng(seed)
    return random.integers(0, 5, size).astype(float) if coarse else random.normal(size=size)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40_000), st.integers(0, 2**32 - 1), st.integers(0, 8), st.booleans())
def test_it_keeps_what_decimating_the_whole_series_keeps(size, seed, pieces, coarse):
    values = drawn(size, seed, coarse=coarse)
    cuts = np.random.default_rng(seed).integers(0, size + 1, pieces)
    sketch = sketched(values, sorted(cuts.tolist())).rows()
    np.testing.assert_array_equal(sketch["value"], values[sketch["index"]])
    np.testing.assert_array_equal(sketch["step"], sketch["index"])
    for most in (MAX_POINTS, 300, 240, 100):
        places = decimate_further(sketch["value"], sketch["index"], size, most)
        np.testing.assert_array_equal(sketch["index"][places], decimate(values, most))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40_000), st.integers(0, 2**32 - 1), st.integers(0, 8))
def test_it_keeps_values_at_even_distances(size, seed, pieces):
    values = drawn(size, seed, coarse=False)
    values[np.random.default_rng(seed).random(size) < 0.4] = np.nan
    cuts = np.random.default_rng(seed).integers(0, size + 1, pieces)
    sketch = sketched(values, sorted(cuts.tolist())).rows()
    for has_kind in (np.isfinite, np.isnan):
        places, rows = np.flatnonzero(has_kind(values)), sketch[has_kind(sketch["value"])]
        even = places[:: stride(len(places))]
        assert len(even) <= 1_024
        np.testing.assert_array_equal(np.setdiff1d(even, rows["step"]), [])
        np.testing.assert_array_equal(places[rows["index"]], rows["step"])


def test_values_that_are_not_finite_are_counted():
    sketch = sketched(np.array([1.0, np.nan, 3.0, np.inf, -np.inf, -2.0, 0.0]), [2])
    assert (sketch.points, sketch.nan, sketch.infinite, sketch.not_positive) == (7, 1, 2, 2)


def test_it_keeps_the_ends_and_the_extremes_of_step_and_time():
    values = np.sin(np.arange(5_000.0))
    values[[0, -1]] = np.nan
    steps = np.random.default_rng(0).permutation(5_000)
    sketch = Sketch(Smoother(Smoothing()))
    times = np.where(steps % 2, -1.0, steps[::-1] / 7)
    sketch.add(np.arange(5_000), steps, times, values)
    sketch = sketch.rows()
    assert sketch["row"][[0, -1]].tolist() == [0, 4_999]
    assert (sketch["step"].min(), sketch["step"].max()) == (0, 4_999)
    names = sketch["wall_time"][sketch["wall_time"] > 0]
    assert (names.min(), names.max()) == (times[times > 0].min(), times.max())


def test_an_empty_sketch_has_no_rows():
    assert not len(Sketch(Smoother(Smoothing())).rows())
