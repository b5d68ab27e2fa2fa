"""Distributions keep the log's own bins, and moments are exact where the log has them."""

import numpy as np
import pandas as pd
import pytest
from tensorboard.plugins.distribution.compressor import compress_histogram_proto
from tensorboardX.summary import make_histogram

from reportgen.choices import HistogramForm
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.distributions import bins as binned
from reportgen.figures.distributions import forms, heat_map, percentiles, ridgeline
from reportgen.figures.encoding import encode
from reportgen.report.sections import distributions

STYLE = RunStyle("#0072b2", "-")


def histograms(samples, bins=30, sums=True):
    """The histograms frame of arrays of values, a step each."""
    rows = []
    for step, values in enumerate(samples):
        count, edges = np.histogram(values, bins)
        total = (len(values), values.sum(), (values**2).sum()) if sums else (np.nan,) * 3
        rows.append((step, edges[:-1], edges[1:], count.astype(float), *total))
    columns = ["step", "left", "right", "count", "num", "sum", "sum_squares"]
    return pd.DataFrame(rows, columns=columns)


def normal(steps, size=2000):
    rng = np.random.default_rng(0)
    return [rng.normal(step / 10, 1 + step / 20, size) for step in range(steps)]


def test_few_steps_are_ridges_and_many_a_heat_map():
    def kinds(steps, form="auto"):
        charts = forms.prepare("w", histograms(normal(steps)), STYLE, HistogramForm(form))
        return [chart.kind for chart in charts]

    assert kinds(12) == ["ridgeline"]
    assert kinds(13) == ["heat_map"]
    assert kinds(3, "percentiles") == ["percentiles"]
    assert kinds(3, "all") == ["ridgeline", "heat_map", "percentiles"]


@pytest.mark.parametrize("make", [ridgeline.prepare, heat_map.prepare, percentiles.prepare])
def test_every_form_tells_the_moments_and_has_the_percentiles_in_its_table(make):
    samples = [np.array([1.0, 3.0] * 50), np.array([4.0, 8.0] * 50)]
    chart = make("w", histograms(samples), STYLE)
    assert "Mean ± standard deviation 2 ± 1 at step 0, 6 ± 2 at step 1; exact." in chart.caption()
    rough = make("w", histograms(samples[:1], sums=False), STYLE)
    assert "estimated from the bins." in rough.caption()
    assert list(chart.data().columns[-9:]) == [
        f"{share}%" for share in (0, 6.68, 15.87, 30.85, 50, 69.15, 84.13, 93.32, 100)
    ]


@pytest.mark.parametrize("make", [ridgeline.prepare, heat_map.prepare, percentiles.prepare])
def test_heavy_tails_are_on_a_symmetric_logarithmic_scale(make):
    heavy = np.random.default_rng(0).standard_t(1.1, 20_000)
    edges = np.concatenate([-np.geomspace(1e6, 1e-6, 200), [0], np.geomspace(1e-6, 1e6, 200)])
    axes = make("g", histograms([heavy] * 3, bins=edges), STYLE).draw().axes[0]
    assert "symlog" in (axes.get_xscale(), axes.get_yscale())


def test_mean_and_deviation_are_exact_where_the_log_has_the_sums():
    values = np.random.default_rng(0).exponential(size=1000)
    row = histograms([values], bins=5).iloc[0]
    histogram = binned.read(row)
    assert histogram.exact
    assert (histogram.mean, histogram.deviation) == pytest.approx((values.mean(), values.std()))
    rough = binned.read(histograms([values], bins=5, sums=False).iloc[0])
    assert not rough.exact
    assert rough.mean == pytest.approx(values.mean(), rel=0.3)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("make", [ridgeline.prepare, heat_map.prepare, percentiles.prepare])
@pytest.mark.parametrize("count", [[1e308] * 4, [1e-300, 1, 1e300, 1], [5e-324] * 4])
def test_counts_near_the_ends_of_float64_give_finite_figures(make, count):
    frame = histograms([np.arange(8.0)] * 2, bins=4, sums=False)
    frame["count"] = [np.array(count)] * 2
    chart = make("w", frame, STYLE)
    chart.draw()
    columns = chart.data().drop(columns=["step"])
    assert np.isfinite(columns.to_numpy(float)).all()
    assert (np.diff(columns.to_numpy(float)[:, -9:], axis=1) >= 0).all()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("make", [ridgeline.prepare, heat_map.prepare, percentiles.prepare])
def test_values_near_the_ends_of_float64_are_drawn(make):
    edges = np.concatenate([-np.geomspace(1.7e308, 1e-300, 20), np.geomspace(1e-300, 1.7e308, 20)])
    frame = histograms([np.zeros(1)] * 2, bins=edges, sums=False)
    frame["count"] = [np.arange(1.0, 40)] * 2
    axes = make("w", frame, STYLE).draw().axes[0]
    assert np.isfinite([*axes.get_xlim(), *axes.get_ylim()]).all()


def test_percentiles_follow_tensorboards_basis_points():
    samples = normal(3, 100_000)
    chart = percentiles.prepare("w", histograms(samples, bins=400), STYLE)
    for row, values in zip(chart.quantiles, samples, strict=True):
        np.testing.assert_allclose(
            row[1:-1],
            np.percentile(values, np.array(binned.BASIS_POINTS[1:-1]) / 100),
            atol=0.03,
        )
    lines = {line.get_gid(): line.get_ydata() for line in chart.draw().axes[0].get_lines()}
    np.testing.assert_array_equal(lines["median"], chart.quantiles[:, 4])
    np.testing.assert_allclose(lines["mean"], [values.mean() for values in samples])


def test_the_outermost_bins_end_at_the_least_and_the_largest_value_as_in_tensorboard():
    rng, wide = np.random.default_rng(0), 1e-6 * 1.1 ** np.arange(200)  # as the writers' own bins
    for values in (rng.exponential(size=1000), np.full(50, 2.0), np.array([-3.0, 1.0, 7.0])):
        proto = make_histogram(values, np.concatenate([-wide[::-1], [0], wide]))
        limits, counts = np.array(proto.bucket_limit), np.array(proto.bucket)
        row = {
            "step": 0,
            "left": np.concatenate([[min(proto.min, limits[0])], limits[:-1]]),
            "right": limits,
            "count": counts,
            **{name: getattr(proto, name) for name in ("min", "max", "num", "sum", "sum_squares")},
        }
        expected = [value for _, value in compress_histogram_proto(proto, binned.BASIS_POINTS)]
        np.testing.assert_allclose(binned.percentiles((binned.read(pd.Series(row)),))[0], expected)


def test_ends_that_contradict_the_bins_leave_them_alone():
    row = histograms([np.array([0.0, 1.0, 2.0])], bins=2).iloc[0]
    for least, most in ((9.0, -9.0), (-9.0, 9.0), (np.nan, np.nan)):
        histogram = binned.read(pd.concat([row, pd.Series({"min": least, "max": most})]))
        assert (histogram.left[0], histogram.right[-1]) == (0, 2)


def test_one_histogram_alone_has_bands_that_can_be_seen():
    axes = percentiles.prepare("w", histograms(normal(1)), STYLE).draw().axes[0]
    band = axes.collections[0].get_paths()[0].vertices
    assert np.ptp(band[:, 0]) == 1
    assert np.ptp(axes.get_lines()[0].get_xdata()) == 1


@pytest.mark.parametrize("make", [ridgeline.prepare, heat_map.prepare])
def test_counts_beyond_the_axis_are_told(make):
    values = np.concatenate([np.linspace(0, 1, 4000), [50.0, 60.0, 70.0]])
    chart = make("w", histograms([values], bins=400), STYLE)
    assert "Up to 0.2% of a step's counts lie outside the axis." in chart.caption()


def test_the_heat_maps_cells_have_the_logs_own_unequal_bins():
    left, right = np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 10.0])
    frame = pd.DataFrame(
        {
            "step": [0, 10],
            "left": [left, left],
            "right": [right, right],
            "count": [np.array([1.0, 50.0, 1.0])] * 2,
            **dict.fromkeys(("num", "sum", "sum_squares"), np.nan),
        }
    )
    chart = heat_map.prepare("w", frame, STYLE)
    patches = {patch.get_gid(): patch.get_path().vertices for patch in chart.draw().axes[0].patches}
    dense = patches["level-10"]
    assert (dense[:, 1].min(), dense[:, 1].max()) == pytest.approx((1, 2), abs=0.06)
    assert (dense[:, 0].min(), dense[:, 0].max()) == (-5, 15)
    assert len(patches) <= 5  # three bins, and the rows that two of them share


def test_values_over_many_decades_are_on_a_symmetric_logarithmic_scale():
    rng = np.random.default_rng(0)
    samples = [rng.choice([-1, 1], 3000) * 10 ** rng.uniform(-8, 0, 3000) for _ in range(20)]
    edges = np.concatenate([-np.geomspace(1, 1e-9, 90), [0], np.geomspace(1e-9, 1, 90)])
    chart = heat_map.prepare("g", histograms(samples, bins=edges), STYLE)
    assert chart.draw().axes[0].get_yscale() == "symlog"
    assert "linear within" in chart.caption()
    assert heat_map.prepare("w", histograms(normal(20)), STYLE).linear == 0


def test_a_heat_map_of_many_steps_stays_small_and_says_how_many_are_drawn():
    chart = heat_map.prepare("w", histograms(normal(1000, 200)), STYLE)
    assert len(encode.svg(chart.draw(), "x-")) < 120_000
    assert "120 of 1,000 histograms drawn, evenly spaced." in chart.caption()


@pytest.mark.parametrize("make", [ridgeline.prepare, heat_map.prepare, percentiles.prepare])
@pytest.mark.parametrize(
    "values",
    [np.array([]), np.zeros(9), np.full(9, 1e300), np.full(9, 1e-300), np.array([-1e300, 1e300])],
)
def test_hostile_values_are_drawn_or_told(make, values, checked):
    frame = pd.DataFrame(
        {
            "step": [0, 1],
            "left": [values] * 2,
            "right": [values] * 2,
            "count": [np.ones(len(values))] * 2,
            **dict.fromkeys(("num", "sum", "sum_squares"), np.nan),
        }
    )
    chart = make("w", frame, STYLE)
    checked(chart)
    assert ("Nothing was counted." in chart.caption()) == (not len(values))


def test_runs_of_one_tag_share_the_axis_of_values_in_the_order_of_the_legend():
    narrow, wide = histograms(normal(3)), histograms([10 * item for item in normal(3)])
    frame = pd.concat([narrow.assign(run="b", tag="w"), wide.assign(run="a", tag="w")])
    blocks = distributions.blocks(frame, {"b": STYLE, "a": STYLE}, HistogramForm("ridgeline"))
    assert [block.runs for block in blocks] == [("b",), ("a",)]
    first, second = (block.chart for block in blocks)
    assert first.limits == second.limits
    assert first.linear == second.linear
    assert second.limits[1] > 2 * ridgeline.prepare("w", narrow, STYLE).limits[1]


def test_a_mean_that_is_a_rounding_error_of_0_is_0():
    frame = histograms(normal(1)).assign(num=1000.0, sum=-1.16e-15, sum_squares=1000.0)
    assert "Mean ± standard deviation 0 ± 1 at" in ridgeline.prepare("w", frame, STYLE).caption()
