"""Findings stand in the chart: a numbered ring at the place, and words that cover nothing."""

import math

import numpy as np
import pytest

from figures.curves.test_curves import chart_of
from reportgen.figures.encoding import encode
from reportgen.figures.mark import Mark

STEPS = np.arange(0, 1001, 50)
LINES = {
    ("a", "train/loss"): (np.arange(1001), np.exp(-np.arange(1001) / 200) + 0.2),
    ("a", "val/loss"): (STEPS, np.exp(-STEPS / 200) + 0.3 + STEPS / 5000),
    ("b", "val/loss"): (STEPS, np.exp(-STEPS / 300) + 0.4),
}
BEST = Mark(1, "best", "a", 350, 350, 0.5437, "best 0.544")


def artists(figure, name):
    return [item for item in figure.axes[0].findobj() if item.get_gid() == name]


def centre(figure, name):
    """Where a ring is, in pixels."""
    (ring,) = artists(figure, name)
    return ring.get_transform().transform(ring.get_xydata())[0]


def test_the_ring_of_the_best_value_stands_by_it_with_its_number_and_words():
    figure = chart_of(LINES).with_marks([BEST]).draw()
    at = figure.axes[0].transData.transform((350, 0.5437))
    assert math.dist(centre(figure, "mark-1"), at) < 40
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert {"1", "best 0.544"} <= set(texts)


def test_a_chart_without_marks_is_drawn_as_before():
    chart = chart_of(LINES)
    assert encode.svg(chart.with_marks([]).draw(), "x") == encode.svg(chart.draw(), "x")


def test_an_overfitting_gap_is_shaded_between_training_and_validation():
    mark = Mark(3, "gap", "a", 350, 1000, text="gap 0.3")
    figure = chart_of(LINES).with_marks([mark]).draw()
    (shade,) = artists(figure, "gap-3")
    (outline,) = [path.vertices for path in shade.get_paths()]
    assert outline[:, 0].min() == 350
    assert outline[:, 0].max() == 1000
    x, y = figure.axes[0].transData.inverted().transform(centre(figure, "mark-3"))
    assert np.exp(-x / 200) + 0.15 < y < np.exp(-x / 200) + 0.35 + x / 5000


def test_a_gap_of_a_run_without_training_curve_is_not_drawn():
    figure = chart_of(LINES).with_marks([Mark(3, "gap", "b", 350, 1000)]).draw()
    assert not artists(figure, "gap-3")
    assert not artists(figure, "mark-3")


def test_a_spike_off_the_axis_has_its_ring_at_the_arrow_and_says_how_far_it_goes():
    values = np.exp(-np.arange(1001) / 200) + 1
    values[600] = 40.0
    lines = LINES | {("a", "train/loss"): (np.arange(1001), values)}
    figure = chart_of(lines).with_marks([Mark(4, "spike", "a", 600, 600, 40.0)]).draw()
    place, axes = centre(figure, "mark-4"), figure.axes[0]
    assert abs(place[0] - axes.transData.transform((600, 1))[0]) < 25
    assert abs(place[1] - axes.bbox.y1) < 5
    assert [text.get_text() for text in axes.texts].count("to 40") == 1


def test_the_ring_of_nan_stands_at_the_bar_on_the_axis():
    values = np.where(STEPS > 700, np.nan, 1.0 + STEPS / 1000)
    lines = {("a", "val/loss"): (STEPS, values), ("b", "val/loss"): (STEPS, np.ones(len(STEPS)))}
    figure = chart_of(lines).with_marks([Mark(2, "nan", "a", 750, 1000)]).draw()
    x, y = centre(figure, "mark-2")
    assert abs(x - figure.axes[0].transData.transform((750, 1))[0]) < 30
    assert y - figure.axes[0].bbox.y0 < 50
    assert "NaN, 750 to 1,000" in [text.get_text() for text in figure.axes[0].texts]


def test_rings_at_one_place_stand_apart_and_within_the_figure():
    marks = [Mark(number, "note", "a", 500, 500) for number in range(1, 5)]
    figure = chart_of(LINES).with_marks(marks).draw()
    places = [centre(figure, f"mark-{number}") for number in range(1, 5)]
    for place, item in enumerate(places):
        assert 0 < item[0] < figure.bbox.x1
        assert 0 < item[1] < figure.bbox.y1
        assert all(math.dist(item, other) >= 17 for other in places[:place])


@pytest.mark.parametrize("group", ["", "not a run"])
def test_a_mark_of_no_run_of_the_chart_is_left_out(group):
    figure = chart_of(LINES).with_marks([Mark(1, "note", group, 0, 0)]).draw()
    assert not artists(figure, "mark-1")


def test_marks_are_in_every_form_of_the_figure():
    chart = chart_of(LINES).with_marks([BEST])
    assert 'id="x-mark-1" data-run="a"' in encode.svg(chart.draw(), "x")
    assert encode.png(chart.draw(legend=True)) == encode.png(chart.draw(legend=True))
