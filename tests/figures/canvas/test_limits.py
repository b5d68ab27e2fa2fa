"""The range of an axis is that of most values, not of a few."""

import numpy as np

from reportgen.figures.canvas.limits import failed, robust


def test_an_exponential_decay_is_not_cut():
    values = np.exp(-np.arange(500) / 50) + 0.1
    assert robust([values], values, log=False) is None


def test_a_few_points_and_a_short_excursion_do_not_set_the_range():
    rng = np.random.default_rng(0)
    lines = [1 + rng.uniform(0, 1, 300) for _ in range(4)]
    lines[0][100], lines[1][-6:] = 40.0, np.linspace(2, 5, 6)
    low, high = robust(lines, np.concatenate(lines), log=False)
    assert 2 < high < 3
    assert 0.9 < low <= 1.01


def test_a_short_line_weighs_as_much_as_a_long_one():
    short, long = np.array([5.0] * 16), np.random.default_rng(0).uniform(1, 2, 5_000)
    assert robust([short, long], np.concatenate([short, long]), log=False) is None


def test_a_run_far_on_the_worse_side_of_the_others_has_failed():
    good = [0.9 + 0.01 * np.sin(np.arange(20) + i) for i in range(3)]
    lines = [*good, np.linspace(0.9, 0.1, 20)]
    assert failed(lines, "up") == [3]
    assert failed(lines, "down") == []
    assert failed(lines, "") == []
    assert failed(lines[2:], "up") == []
