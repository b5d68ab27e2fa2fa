"""Curves of many runs: the best and the baseline stand out of a grey crowd."""

import numpy as np
import pandas as pd
import pytest

from reportgen.analysis.annotated import annotated
from reportgen.figures.canvas.style import INK, run_styles
from reportgen.figures.curves import crowd_chart, curves
from reportgen.series.smoothing import Smoothing

RUNS = [f"trial_{number:02}" for number in range(20)]


def charts_of(value, tags=("val/accuracy",), runs=RUNS, steps=40):
    """The charts of one metric; the runs with high numbers are the best."""
    rows = [
        (run, tag, step, value(number, step), step + 1.0)
        for number, run in enumerate(runs)
        for tag in tags
        for step in range(steps)
    ]
    scalars = pd.DataFrame(rows, columns=["run", "tag", "step", "value", "wall_time"])
    table = pd.DataFrame({"run": runs, "group": runs, "split": ""})
    frame = annotated(scalars, table).assign(x=scalars["step"].astype(float))
    chart = curves.prepare("accuracy", frame, run_styles(runs), "up", Smoothing())
    return crowd_chart.prepare(chart, runs[::-1], "trial_00")


def artists(figure):
    (axes,) = figure.axes
    return {str(artist.get_gid()): artist for artist in axes.get_children() if artist.get_gid()}


def rising(number, step):
    return number / 40 + step / 100


def test_the_best_five_are_coloured_the_baseline_is_ink_the_others_grey():
    (chart,) = charts_of(rising)
    figure = chart.draw()
    drawn = artists(figure)
    colors = [drawn[f"line-{number}"].get_color() for number in range(1, 21)]
    assert colors[0] == INK
    assert len(set(colors[15:])) == 5
    assert set(colors[1:15]).isdisjoint({*colors[15:], INK})
    assert drawn["median"].get_linestyle() == "--"
    names = [text.get_text() for text in figure.texts]
    assert names[::2] == ["trial_19", "trial_18", "trial_17", "trial_16", "trial_15", *names[10::2]]
    assert names[10::2] == ["median", "baseline"]


def test_the_range_shows_the_middle_80_per_cent():
    (chart,) = charts_of(rising)
    (edges,) = artists(chart.draw())["range"].get_paths()
    at_start = edges.vertices[edges.vertices[:, 0] == 0][:, 1]
    expected = np.quantile(np.arange(20) / 40, [0.1, 0.9])
    assert [at_start.min(), at_start.max()] == pytest.approx(expected)


def test_labels_do_not_cover_each_other():
    chart = charts_of(lambda _, step: step / 100)[-1]
    heights = sorted(text.get_position()[1] for text in chart.draw().texts[::2])
    assert len(heights) == 7
    assert min(np.diff(heights)) * 270 > 12


def test_where_the_ends_bunch_the_last_part_is_enlarged_beside():
    whole, piece = charts_of(lambda number, step: 1 - 0.9 * 0.8**step + number / 1000)
    assert piece.title == "accuracy, the last 40 %"
    (axes,) = piece.draw().axes
    assert axes.get_xlim() == pytest.approx((39 * 0.6, 39))
    assert axes.get_ylim()[1] - axes.get_ylim()[0] < 0.1
    frame = artists(whole.draw())["window"]
    assert frame.get_x() == pytest.approx(39 * 0.6)
    assert not whole.draw().texts


def test_each_split_has_a_chart():
    titles = [chart.title for chart in charts_of(rising, ("train/accuracy", "val/accuracy"))]
    assert titles == ["accuracy, validation", "accuracy, train"]


def test_runs_without_finite_values_do_not_fail():
    charts = charts_of(lambda number, step: np.nan if number else float(step))
    assert "not finite" in charts[0].caption()
    for chart in [*charts, *charts_of(lambda *_: np.nan), *charts_of(rising, steps=1)]:
        assert chart.draw()
