import numpy as np
import pytest

from reportgen.history.levels import levels

SERIES = 100  # of each simulation


def bounds(values):
    return [(level.start, level.stop) for level in levels(values)]


@pytest.mark.parametrize("length", [10, 30, 100])
@pytest.mark.parametrize("noise", ["normal", "heavy"])
def test_noise_alone_has_hardly_ever_a_change(length, noise):
    rng = np.random.default_rng(0)
    draw = rng.normal if noise == "normal" else lambda size: rng.standard_t(3, size)
    marked = sum(len(levels(draw(size=length))) > 1 for _ in range(SERIES))
    assert marked <= 4  # 1 in 100 is what the docstring tells


def test_a_step_of_four_standard_deviations_is_found_soon_and_where_it_is():
    rng = np.random.default_rng(1)
    places = [
        bounds(np.concatenate([rng.normal(size=20), 4 + rng.normal(size=8)])) for _ in range(SERIES)
    ]
    result = [place for place in places if len(place) > 1]
    assert len(result) > 0.9 * SERIES
    assert sum(abs(place[0][1] - 20) <= 1 for place in result) > 0.85 * SERIES


def test_one_value_far_off_is_no_change():
    rng = np.random.default_rng(2)
    values = rng.normal(size=30)
    values[15] = 50
    assert bounds(values) == [(0, 30)]


def test_without_noise_every_lasting_change_counts():
    assert bounds([0.9] * 20 + [0.88] * 5) == [(0, 20), (20, 25)]
    assert bounds([0.9] * 30) == [(0, 30)]


def test_short_series_have_one_level():
    assert bounds([]) == []
    assert bounds([1.0]) == [(0, 1)]
    assert bounds([1.0, 9.0, 9.0, 9.0]) == [(0, 4)]


def test_a_level_has_the_median_and_two_standard_deviations():
    rng = np.random.default_rng(3)
    (level,) = levels(rng.normal(10, 0.5, size=200))
    assert level.center == pytest.approx(10, abs=0.1)
    assert level.high - level.center == pytest.approx(1.0, abs=0.25)
    assert level.center - level.low == pytest.approx(level.high - level.center)
