"""What is drawn of scalars is what was logged, and the caption says what is not."""

import re

import numpy as np
import pytest

from figures import shared
from reportgen.analysis.x_axis import positioned
from reportgen.figures.curves import curves
from reportgen.figures.encoding import encode
from reportgen.series.smoothing import Smoothing, parse_smoothing
from reportgen.series.transforms import smooth


def chart_of(lines, title="loss", smoothing="off", direction="down", x="step", **options):
    frame, axis = positioned(shared.scalars_of(lines), x)
    return curves.prepare(
        title,
        frame,
        shared.styles_of(frame),
        direction,
        parse_smoothing(smoothing),
        axis,
        **options,
    )


def test_every_logged_point_is_drawn_where_they_are_few():
    values = np.random.default_rng(0).normal(size=200)
    figure = chart_of({("a", "loss"): values}).draw()
    x, y = shared.line(figure, "line-1")
    np.testing.assert_array_equal(x, np.arange(200))
    np.testing.assert_array_equal(y, values)


def test_decimation_keeps_first_last_and_global_extremes():
    values = np.random.default_rng(0).normal(size=10_000)
    chart = chart_of({("a", "score"): values}, direction="")
    x, y = shared.line(chart.draw(), "line-1")
    assert {values.min(), values.max(), values[0], values[-1]} <= set(y)
    assert len(y) <= 302
    np.testing.assert_array_equal(values[x.astype(int)], y)


def test_smoothing_is_computed_on_all_points_before_decimation():
    values = np.random.default_rng(0).normal(size=5_000)
    figure = chart_of({("a", "loss"): values}, smoothing="tb:0.9").draw()
    x, y = shared.line(figure, "line-1")
    expected = smooth(values, np.arange(5_000), parse_smoothing("tb:0.9"))
    np.testing.assert_array_equal(y, expected[x.astype(int)])
    np.testing.assert_array_equal(shared.line(figure, "raw-1")[1], values[x.astype(int)])


def test_what_is_not_finite_is_marked_at_its_step_and_widens_no_limits():
    values = [1.0, np.nan, 2.0, np.inf, 1.5, -np.inf]
    chart = chart_of({("a", "loss"): values})
    figure = chart.draw()
    axes = figure.axes[0]
    bar = next(item for item in axes.findobj() if item.get_gid() == "bad-1")
    ends = np.array(bar.get_xdata())
    middles = (ends[::3] + ends[1::3]) / 2
    np.testing.assert_allclose(middles[:2], axes.transData.transform([(1, 1), (3, 1)])[:, 0])
    assert ends[-2] <= axes.bbox.x1
    assert figure.axes[0].get_ylim()[1] < 2.1
    assert "3 values not finite" in chart.caption()


def test_the_best_point_follows_the_metrics_direction():
    lines = {("a", "loss"): [3.0, 1.0, 2.0], ("b", "loss"): [3.0, 2.5, 0.5]}
    down = chart_of(lines)
    assert [list(piece) for piece in shared.line(down.draw(), "best")] == [[2], [0.5]]
    assert "Best 0.5 at step 2 (b)." in down.alt()
    assert "Best 3 at step 0 (a)." in chart_of(lines, direction="up").alt()
    assert "best" not in shared.gids(chart_of(lines, direction="").draw())


def test_all_outliers_of_a_decimated_line_are_counted():
    values = np.sin(np.arange(100_000.0))
    values[np.random.default_rng(0).choice(100_000, 500, replace=False)] = 1000.0
    chart = chart_of({("a", "loss"): values})
    assert "500 values lie beyond, at the arrows." in chart.caption()
    assert len(chart.series[0].raw) < 400


def test_a_few_outliers_do_not_flatten_the_rest_and_are_marked_and_counted():
    values = np.random.default_rng(0).normal(size=500)
    values[[100, 300]] = 1e6, -1e6
    chart = chart_of({("a", "score"): values}, direction="")
    axes = chart.draw().axes[0]
    assert -20 < axes.get_ylim()[0] < values[values > -1e5].min()
    assert values[values < 1e5].max() < axes.get_ylim()[1] < 20
    marks = {line.get_marker(): line.get_xdata().tolist() for line in axes.get_lines()}
    assert marks["^"] == [100]
    assert marks["v"] == [300]
    assert "2 values lie beyond, at the arrows." in chart.caption()


def test_an_ordinary_curve_is_not_clipped():
    decay = np.exp(-np.arange(500) / 50) + 0.1
    assert chart_of({("a", "loss"): decay}).limits is None


def test_the_scale_is_logarithmic_where_positive_values_span_two_decades_or_is_asked_for():
    wide = np.geomspace(10, 0.01, 50)
    assert chart_of({("a", "loss"): wide}).draw().axes[0].get_yscale() == "log"
    assert not chart_of({("a", "accuracy"): wide}, direction="up").log_y
    assert not chart_of({("a", "loss"): wide - 0.02}).log_y
    forced = chart_of({("a", "loss"): [0.0, -1.0, 2.0]}, log_y=True)
    assert forced.log_y
    assert "2 values at or below 0 not on this scale." in forced.caption()
    assert not chart_of({("a", "loss"): [-1.0, -2.0]}, log_y=True).log_y


@pytest.mark.parametrize(
    ("x", "places"), [("step", [0, 10, 20]), ("time", [0, 10, 20]), ("epoch", [0, 0.5, 1])]
)
def test_x_is_what_was_asked_for(x, places):
    lines = {("a", "loss"): ([0, 10, 20], [3, 2, 1]), ("a", "epoch"): ([0, 20], [0, 1])}
    frame, axis = positioned(shared.scalars_of(lines), x)
    frame = frame[frame["metric"] == "loss"]
    chart = curves.prepare("loss", frame, shared.styles_of(frame), "down", Smoothing(), axis)
    figure = chart.draw()
    assert shared.line(figure, "line-1")[0].tolist() == places
    assert figure.axes[0].get_xlabel() == ("time (s)" if x == "time" else x)


def test_wall_time_is_drawn_as_dates():
    figure = chart_of({("a", "loss"): np.arange(100.0)}, x="wall").draw()
    assert shared.line(figure, "line-1")[0][0] == pytest.approx(1.7e9 / 86_400)
    labels = [tick.get_text() for tick in figure.axes[0].get_xticklabels()]
    assert any(":" in label for label in labels)


def test_without_wall_times_the_axis_is_steps_and_the_caption_says_so():
    frame = shared.scalars_of({("a", "loss"): [1, 2]}).assign(wall_time=0.0)
    placed, axis = positioned(frame, "time")
    assert placed["x"].tolist() == [0, 1]
    assert "no wall times" in axis.note


def test_a_logarithmic_x_axis_keeps_step_0():
    frame, axis = positioned(
        shared.scalars_of({("a", "loss"): np.arange(1.0, 500)}), "step", log=True
    )
    chart = curves.prepare("loss", frame, shared.styles_of(frame), "down", Smoothing(), axis)
    axes = chart.draw().axes[0]
    assert axes.get_xscale() == "symlog"
    assert axes.get_xlim()[0] <= 0


def test_two_hundred_runs_are_drawn_thin_and_the_caption_says_that_looks_repeat():
    rng = np.random.default_rng(0)
    lines = {
        (f"run_{i}", "loss"): np.exp(-np.arange(500) / 90) + rng.normal(0, 0.02, 500)
        for i in range(200)
    }
    chart = chart_of(lines, smoothing="tb:0.6")
    figure = chart.draw()
    widths = sorted(
        line.get_linewidth()
        for line in figure.axes[0].get_lines()
        if "line" in (line.get_gid() or "")
    )
    assert widths[0] < 1 < 2 * widths[0] <= widths[-1]
    assert "200 lines share 36 looks" in chart.caption()
    assert len(encode.svg(figure, "x-")) < 300_000


def test_a_picture_that_stands_alone_says_above_the_axes_how_its_lines_are_drawn():
    lines = {("a", "train/loss"): [3.0, 1.0], ("a", "val/loss"): [3.0, 2.0]}
    chart = chart_of(lines)
    figure = chart.draw(legend=True)
    assert [text.get_text() for text in figure.texts] == [chart.subtitle()]
    assert figure.get_figheight() > chart.draw().get_figheight()
    assert not chart.draw().texts


def test_the_subtitle_has_every_tag_and_how_it_is_drawn_and_which_way_is_better():
    lines = {("a", "train/loss"): [3.0, 1.0], ("a", "val/loss"): [3.0, 2.0]}
    message = "val/loss strong, train/loss light · lower is better"
    assert chart_of(lines).subtitle() == message
    alone = {("a", "train/loss"): np.geomspace(10, 0.01, 40)}
    assert chart_of(alone).subtitle() == "train/loss · lower is better · logarithmic"


def test_an_ordinary_chart_needs_no_caption():
    lines = {("a", "train/loss"): [3.0, 1.0], ("a", "val/loss"): [3.0, 2.0]}
    assert chart_of(lines).caption() == ""


def test_validation_is_strong_and_training_light_in_the_same_colour_and_nothing_is_dashed():
    lines = {("a", "train/loss"): np.arange(100.0), ("a", "val/loss"): [3.0, 2.0]}
    figure = chart_of(lines, smoothing="auto").draw()
    drawn = {
        line.get_gid().series: line
        for line in figure.axes[0].get_lines()
        if "line" in line.get_gid()
    }
    strong, light = drawn["validation"], drawn["train"]
    assert (strong.get_color(), strong.get_linestyle()) == (light.get_color(), "-")
    assert light.get_linestyle() == "-"
    assert strong.get_linewidth() / light.get_linewidth() == pytest.approx(2.2 / 0.9)
    assert (strong.get_alpha(), light.get_alpha()) == (None, 0.42)


def test_lines_of_few_points_have_marks():
    def marker(points):
        figure = chart_of({("a", "loss"): np.arange(float(points))}).draw()
        return next(
            line.get_marker() for line in figure.axes[0].get_lines() if line.get_gid() == "line-1"
        )

    assert (marker(30), marker(31)) == ("o", "None")


def test_only_long_noisy_lines_are_smoothed_and_the_subtitle_says_so():
    noise = np.random.default_rng(0).normal(size=400)
    lines = {
        ("a", "reward"): noise,
        ("a", "train/lr"): noise,
        ("a", "smooth"): np.linspace(0, 1, 400),
    }
    frame = {tag: {(run, tag): values} for (run, tag), values in lines.items()}
    reward = chart_of(frame["reward"], smoothing="auto", direction="up")
    assert reward.subtitle() == "reward · higher is better · smoothed over 21 points"
    assert np.ptp(reward.series[0].smoothed) < np.ptp(noise) / 2
    for tag, values in (("train/lr", noise), ("smooth", np.linspace(0, 1, 400))):
        chart = chart_of({("a", tag): values}, smoothing="auto", direction="")
        assert chart.subtitle() == tag
        assert not chart.series[0].is_smoothed
    short = chart_of({("a", "reward"): noise[:49]}, smoothing="auto")
    assert not short.series[0].is_smoothed


def test_the_last_tick_is_the_last_step_and_no_label_is_clipped():
    values = np.linspace(0.00125, 0.00135, 2_988)
    figure = chart_of({("a", "loss"): (np.arange(2_988), values)}).draw()
    axes = figure.axes[0]
    assert axes.get_xlim() == (0, 2_987)
    assert axes.get_xticks()[-1] == 2_987
    assert axes.xaxis.get_major_formatter().format_ticks(axes.get_xticks())[-1] == "2,987"
    figure.canvas.draw()
    assert min(label.get_window_extent().x0 for label in axes.get_yticklabels()) >= 0


def test_a_failed_run_does_not_set_the_range_and_an_arrow_says_where_it_went():
    good = {(f"lr{i}", "val/accuracy"): 0.9 + 0.01 * np.sin(np.arange(20.0) + i) for i in range(3)}
    lines = good | {("diverged", "val/accuracy"): np.linspace(0.9, 0.1, 20)}
    chart = chart_of(lines, direction="up")
    figure = chart.draw()
    assert figure.axes[0].get_ylim()[0] > 0.8
    assert "diverged to 0.1" in written(figure)
    assert chart.caption().startswith("The axis stops at 0.8")


def test_lines_are_named_where_they_end_by_the_shortest_unique_prefix_and_their_last_value():
    names = ("lr1e-4_lora64", "lr3e-5_lora16", "lr1e-5_lora16")
    lines = {(name, "loss"): [2.0, 1.0 + i / 1000] for i, name in enumerate(names)}
    figure = chart_of(lines).draw()
    texts = [text for text in written(figure) if not text.startswith("step")]
    assert texts == ["lr1e-4", "1.000", "lr3e-5", "1.001", "lr1e-5", "1.002"]
    heights = [
        text.get_window_extent().y0 for text in figure.axes[0].texts if "lr" in text.get_text()
    ]
    assert np.diff(sorted(heights)).min() >= 12


def test_up_to_eight_lines_are_labelled_and_of_more_the_best():
    def labels(runs):
        lines = {(f"run{i}", "loss"): [2.0, 1.0 + i] for i in range(runs)}
        return [text for text in written(chart_of(lines).draw()) if text.startswith("run")]

    assert len(labels(8)) == 8
    assert labels(9) == ["run0"]


def written(figure):
    """The texts within the axes."""
    return [text.get_text() for text in figure.axes[0].texts]


def test_the_figure_of_four_runs_is_small_enough_for_a_page():
    rng = np.random.default_rng(0)
    lines = {
        (f"run_{i}", "loss"): np.exp(-np.arange(1000) / 200) + rng.normal(0, 0.02, 1000)
        for i in range(4)
    }
    svg = encode.svg(chart_of(lines, smoothing="tb:0.6").draw(), "x-")
    assert len(svg) <= 12_000


def test_a_session_that_starts_again_breaks_the_line():
    rows = {("a", "loss"): np.arange(6.0)}
    frame = shared.scalars_of(rows).assign(step=[0, 1, 2, 1, 2, 3])
    chart = curves.prepare("loss", frame, shared.styles_of(frame), "down", Smoothing(), None)
    x, y = shared.line(chart.draw(), "line-1")
    np.testing.assert_array_equal(x, [0, 1, 2, np.nan, 1, 2, 3])
    np.testing.assert_array_equal(y, [0, 1, 2, np.nan, 3, 4, 5])
    drawn = re.search(r'id="f-line-1"[^>]*><path d="([^"]+)"', encode.svg(chart.draw(), "f"))[1]
    assert drawn.count("M") == 2


@pytest.mark.parametrize(
    ("steps", "gaps"),
    [
        ([*range(10), *range(500, 510)], 1),
        ([*range(10), 500, *range(1000, 1010)], 0),
        ([*range(10), *range(25, 35)], 0),
        ([1, 2, 3, 1000], 0),
        ([2**index for index in range(12)], 0),
    ],
)
def test_a_line_breaks_at_a_gap_far_over_the_usual_distance(steps, gaps):
    frame = shared.scalars_of({("a", "loss"): np.arange(float(len(steps)))}).assign(step=steps)
    chart = curves.prepare("loss", frame, shared.styles_of(frame), "down", Smoothing(), None)
    x, _ = shared.line(chart.draw(), "line-1")
    assert np.isnan(x).sum() == gaps
