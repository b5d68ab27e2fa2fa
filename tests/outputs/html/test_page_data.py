"""What the page's script is told of a line of which not all points are drawn."""

import numpy as np
import pandas as pd
import pytest

from reportgen.analysis.x_axis import Axis
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.curves import series
from reportgen.outputs.html.page_data import line_data
from reportgen.series.smoothing import parse_smoothing


def told(steps, values, **others):
    """Of a line of at most 100 points, smoothed as the report usually is."""
    rows = pd.DataFrame({"tag": "loss", "step": steps, "value": values, **others})
    style = RunStyle("#000000", "-")
    line = series.prepare(("run", ""), style, rows, "", parse_smoothing("tb:0.6"), 100)
    return line_data(line, 0, Axis(), can_smooth=True)


def test_counts_and_means_give_back_the_sum_of_all_finite_values():
    values = np.random.default_rng(0).normal(5, 1, 5000)
    values[[7, 4000]] = np.nan, np.inf
    line = told(np.arange(5000), values)
    assert sum(line["c"]) == 4998
    sums = np.array(line["c"]) * np.array(line["a"])
    assert sums.sum() == pytest.approx(values[np.isfinite(values)].sum(), rel=1e-4)


def test_steps_at_even_distances_follow_from_the_counts():
    line = told(np.arange(5000) * 20 + 3, np.sin(np.arange(5000)))
    assert line["s"] == [3, 20]
    uneven = told(np.arange(5000) ** 2, np.sin(np.arange(5000)))
    assert len(uneven["s"]) == len(uneven["v"])


def test_where_all_points_are_drawn_there_is_nothing_more_to_tell():
    assert set(told(np.arange(50), np.arange(50.0))) == {"r", "n", "t", "s", "v"}


def test_a_held_part_of_a_series_without_a_sum_tells_how_many_points_there_are():
    counts = dict.fromkeys(("nan", "infinite", "not_positive", "backwards", "repeated"), 0)
    content = {"index": [0, 1, 900], "smoothed": [1.0, 2.0, 3.0], "total": [1e308, np.inf, np.inf]}
    line = told([0, 1, 900], [1e308, 1e308, 1e308], points=1000, **counts, **content)
    assert line["p"] == 1000
    assert "c" not in line
