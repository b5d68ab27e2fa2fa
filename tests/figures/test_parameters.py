"""What parameters have to do with a metric is shown where there are enough runs."""

import numpy as np
import pandas as pd
import pytest

from reportgen.analysis.summary import summarise
from reportgen.analysis.trials import rank_correlation, trials
from reportgen.figures import importance, parallel, parameters
from reportgen.figures.style import run_styles


def compared(size, values=lambda index: {"lr": 10.0 ** -(index % 4), "units": 8.0 * index}):
    """Trials of so many runs whose loss is their index, with their styles."""
    names = [f"run_{index}" for index in range(size)]
    scalars = pd.DataFrame(
        {
            "run": names,
            "tag": "loss",
            "step": 0,
            "wall_time": 0.0,
            "value": np.arange(float(size)),
            "group": names,
            "metric": "loss",
            "split": "",
            "direction": "down",
        }
    )
    runs = pd.DataFrame(
        {
            "run": names,
            "group": names,
            "first_wall_time": 0.0,
            "last_wall_time": 1.0,
            "last_step": 0,
        }
    )
    rows = [
        (name, key, value)
        for index, name in enumerate(names)
        for key, value in values(index).items()
    ]
    hparams = pd.DataFrame(rows, columns=["run", "name", "value"])
    return trials(hparams, runs, summarise(scalars, runs)), run_styles(names)


def test_rank_correlation_is_spearmans():
    rng = np.random.default_rng(0)
    x = rng.normal(size=50).round(1)
    y = x**3 + rng.normal(size=50).round(1)
    expected = np.corrcoef(pd.Series(x).rank(), pd.Series(y).rank())[0, 1]
    assert rank_correlation(x, y) == pytest.approx(expected)
    assert rank_correlation(x, np.exp(x)) == pytest.approx(1)
    assert np.isnan(rank_correlation(x, np.ones(50)))
    assert np.isnan(rank_correlation(np.array([]), np.array([])))


def test_two_runs_or_equal_parameters_are_no_comparison():
    assert compared(2)[0] is None
    assert compared(5, lambda _: {"lr": 0.1})[0] is None


def test_only_parameters_that_differ_are_compared():
    found, _ = compared(4, lambda index: {"lr": 0.1 * index, "seed": 1.0})
    assert list(found.parameters.columns) == ["lr"]


def test_each_runs_line_goes_through_its_parameters_to_what_it_reached():
    found, styles = compared(4)
    lines = {
        one.get_gid(): one.get_ydata()
        for one in parallel.prepare(found, styles).draw().axes[0].get_lines()
    }
    np.testing.assert_allclose(lines["line-1"], [1, 0, 0])  # on a logarithmic axis
    np.testing.assert_allclose(lines["line-2"], [2 / 3, 1 / 3, 1 / 3])


def test_each_dot_of_the_scatter_is_a_run():
    found, styles = compared(4)
    figure = parameters.prepare(found, styles).draw()
    units = figure.axes[1]
    dots = [(one.get_xdata()[0], one.get_ydata()[0]) for one in units.get_lines()]
    assert dots == [(8 * index, index) for index in range(4)]
    assert figure.axes[0].get_xscale() == "log"


def test_importance_is_strongest_first_and_says_what_has_no_order():
    found, _ = compared(
        9, lambda i: {"lr": float(i % 3), "units": -float(i), "optimiser": "abc"[i % 3]}
    )
    chart = importance.prepare(found)
    assert chart.names == ("units", "lr")
    assert chart.correlations[0] == pytest.approx(-1)
    assert "Without an order: optimiser." in chart.caption()
    widths = [bar.get_width() for bar in chart.draw().axes[0].patches]
    assert widths == list(chart.correlations)


@pytest.mark.parametrize(
    "value",
    [
        lambda i: {"x": 1e300 * (-1) ** i},
        lambda i: {"x": 1e-300 * i},
        lambda i: {"x": True} if i else {"x": False},
        lambda i: {"שלום" * 100: "混同" * 200 + str(i), "y": float(i)},
        lambda i: {"x": float("nan") if i else 1.0, "y": float(i)},
        lambda i: {"x": "word" if i % 2 else 3.0, "y": float("inf") if i else 1.0},
        lambda i: {f"p{place}": float(i) for place in range(300)},
    ],
)
def test_hostile_parameters_are_drawn_or_told(value, checked):
    found, styles = compared(9, value)
    for chart in (
        parallel.prepare(found, styles),
        parameters.prepare(found, styles),
        importance.prepare(found),
    ):
        checked(chart)
