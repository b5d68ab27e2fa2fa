"""Small multiples: two labels an axis, the last value, and a range that exaggerates nothing."""

import numpy as np
import pytest

from figures.curves.test_curves import chart_of
from reportgen.figures.canvas.figure_size import FigureSize
from reportgen.figures.encoding import encode


def small(values, tag="system/value", **others):
    lines = {("a", tag): np.asarray(values, float)}
    return chart_of(lines, tag, direction="", **others).sized(FigureSize.SMALL)


def labels(axis):
    return axis.get_major_formatter().format_ticks(axis.get_majorticklocs())


def test_it_has_two_labels_on_either_axis_and_no_label_at_the_line():
    axes = small(np.linspace(58.7, 64.9, 300)).draw().axes[0]
    assert labels(axes.yaxis) == ["58.7", "64.9"]
    assert labels(axes.xaxis) == ["0", "299"]
    assert not axes.texts


def test_it_is_small():
    root = encode.svg(small(np.arange(300)).draw(), "x")
    assert 'width="212" height="84"' in root


def test_the_range_is_at_least_a_tenth_of_the_mean():
    low, high = small(100 + np.linspace(0, 1, 50)).draw().axes[0].get_ylim()
    assert high - low == pytest.approx(0.1 * 100.5)


def test_per_cent_are_from_0_to_100():
    chart = small(np.linspace(95, 97, 50), "system/gpu_util")
    assert chart.draw().axes[0].get_ylim() == (0, 100)
    assert chart.last_text() == "97 %"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([3000.0, 3480.2], "3,480"),
        ([60.0, 61.83], "61.8"),
        ([40_000.0, 41_234.0], "41.2k"),
        ([3e-4, 1e-9], "→ 0"),
        ([1.0, 2.16e9], "2.16G"),
    ],
)
def test_the_last_value_is_short(values, text):
    assert small(values).last_text() == text


def test_of_several_runs_the_last_values_are_one_number_or_their_range():
    def last(*ends):
        lines = {(f"run{i}", "speed"): [1.0, end] for i, end in enumerate(ends)}
        return chart_of(lines, direction="").sized(FigureSize.SMALL).last_text()

    assert last(100.0, 100.5, 101.0) == "100"
    assert last(50.0, 100.0) == "50 to 100"
