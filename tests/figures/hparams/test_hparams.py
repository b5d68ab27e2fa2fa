"""Figures of a study of parameters show each run where its values are."""

from itertools import pairwise

import numpy as np
import pytest

from reportgen.analysis.levels import ranked_value
from reportgen.analysis.parameters import study
from reportgen.analysis.reached import KeyMetric, Reached
from reportgen.analysis.summary import RunSummary, Summary
from reportgen.figures.canvas.style import run_styles
from reportgen.figures.encoding import encode
from reportgen.figures.hparams import importance_chart, mattered_chart, parallel, scatter
from reportgen.frames.experiment import frame


def _ranked(value):
    return ranked_value(np.array([value], float), np.array([1]), "up", "", "best")


def made(runs):
    """A study of runs: name -> (reached, parameters)."""
    names = list(runs)
    rows = [(run, *item) for run, (_, parameters) in runs.items() for item in parameters.items()]
    hparams = frame(
        "hparams",
        {
            "run": [row[0] for row in rows],
            "name": [row[1] for row in rows],
            "value": [row[2] for row in rows],
        },
    )
    facts = frame("runs").reindex(range(len(names))).assign(run=names, group=names)
    reached = [
        RunSummary(run, (Reached(value, 1, value, (value,), _ranked(value)),), 1, 1.0)
        for run, (value, _) in runs.items()
    ]
    ranking = Summary((KeyMetric("accuracy", "", "val/accuracy", "up"),), tuple(reached))
    return study(hparams, facts, ranking)


@pytest.fixture
def sweep():
    return made(
        {
            f"trial_{i}": (
                0.5 + i / 100,
                {"rate": 10.0 ** (-i / 2), "kind": "abc"[i % 3], "on": i > 3, "batch": 32.0},
            )
            for i in range(10)
        }
    )


def styles(study_):
    return run_styles(study_.groups)


def test_parameters_come_first_by_what_they_explain_and_those_that_do_not_differ_last(sweep):
    assert [parameter.name for parameter in sweep.parameters] == ["rate", "on", "kind"]
    assert sweep.parameters[0].importance.matters
    assert sweep.parameters[0].log
    assert sweep.parameters[0].best_range("up") == "3.16e\N{MINUS SIGN}5 to 0.00316"
    assert not sweep.parameters[2].importance.matters
    assert sweep.fixed == ("batch",)


def test_each_line_goes_through_its_runs_places(sweep):
    chart = parallel.prepare("study", sweep, styles(sweep))
    axes = chart.draw().axes[0]
    lines = {line.get_gid(): line for line in axes.lines if line.get_gid()}
    assert len(lines) == 10
    np.testing.assert_allclose(lines["line-1"].get_ydata()[::12], [0, 0, 1, 0], atol=1e-12)
    np.testing.assert_allclose(lines["line-10"].get_ydata()[::12], [0, 1, 0, 1], atol=1e-12)
    assert "Best, in bold: trial_9 with 0.59." in chart.caption()
    assert "The same in all runs: batch." in chart.caption()


def test_a_bar_is_as_long_as_what_its_parameter_explains(sweep):
    chart = importance_chart.prepare("importance", sweep)
    bars = chart.draw().axes[0].patches
    assert [bar.get_width() for bar in bars] == pytest.approx(
        [parameter.importance.explained for parameter in sweep.parameters]
    )
    assert chart.caption().startswith("rate explains")


def test_points_are_at_the_values(sweep):
    axes = scatter.prepare("scatter", sweep, styles(sweep)).draw().axes
    assert len(axes) == 3
    first = [(line.get_xdata()[0], line.get_ydata()[0]) for line in axes[0].lines]
    np.testing.assert_allclose(first, [(-i / 2, 0.5 + i / 100) for i in range(10)])


def test_each_parameter_has_a_panel_with_its_share_and_where_runs_did_best(sweep):
    chart = mattered_chart.prepare("mattered", sweep, styles(sweep))
    first, *_, last = chart.draw().axes
    texts = [text.get_text() for text in first.texts]
    assert texts[0] == "rate (log)"
    assert texts[2].startswith("best 3.16e")
    assert any(type(patch).__name__ == "Rectangle" for patch in first.patches)
    assert "no effect that shows" in [text.get_text() for text in last.texts]
    assert len(first.patches) == 1 + len(last.patches)  # the best bin
    assert chart.caption().startswith("rate explains")
    assert "No effect shows of" in chart.caption()


def test_too_few_runs_are_told_instead_of_drawn():
    few = made({f"t{i}": (i, {"rate": float(i)}) for i in range(3)})
    assert importance_chart.prepare("x", few).startswith("No importance of parameters: 3 runs")


@pytest.mark.slow
@pytest.mark.parametrize(
    "runs",
    [
        {f"t{i}": (np.nan, {"p": float(i)}) for i in range(6)},
        {f"t{i}": (i * 1e300, {"p": i * 1e300, "q": -1e300 * i}) for i in range(6)},
        {f"t{i}": (0.5, {"p": "ש" * 500 + str(i), "名前" * 300: float(i)}) for i in range(6)},
        {f"t{i}": (i, {"p": float(i)} if i else {"q": "x"}) for i in range(6)},
        {f"t{i}": (i, {f"p{k}": float(i * k % 7) for k in range(40)}) for i in range(200)},
    ],
    ids=["NaN", "huge", "names", "missing", "many"],
)
def test_hostile_studies_are_drawn(runs):
    study_ = made(runs)
    charts = [
        parallel.prepare("x", study_, styles(study_)),
        scatter.prepare("x", study_, styles(study_)),
        mattered_chart.prepare("x", study_, styles(study_)),
    ]
    weights = importance_chart.prepare("x", study_)
    for chart in charts + ([] if isinstance(weights, str) else [weights]):
        svg = encode.svg(chart.draw(), "x-")
        assert "nan" not in svg.lower().replace("nan<", "")
        assert chart.caption().endswith(".")
        assert chart.alt().endswith(".")
        assert len(chart.data())


def test_runs_without_a_finite_value_are_told_by_every_figure():
    lost = {1: np.nan, 4: np.inf}
    runs = {f"r{i}": (lost.get(i, 1.0 * i), {"x": [np.nan, 0.0][i != 6] + i}) for i in range(8)}
    study_ = made(runs)
    for make in (parallel.prepare, scatter.prepare, mattered_chart.prepare):
        assert "2 runs without a finite value." in make("study", study_, styles(study_)).caption()
    caption = importance_chart.prepare("study", study_).caption()
    assert "over 5 runs;" in caption
    assert "3 runs without a finite value." in caption


def test_the_powers_of_a_logarithmic_parameter_do_not_touch():
    study_ = made({f"r{i}": (1.0 * i, {"rate": 10.0**-i}) for i in range(1, 9)})
    figure = scatter.prepare("study", study_, styles(study_)).draw()
    figure.draw_without_rendering()
    texts = [label.get_window_extent() for label in figure.axes[0].get_xticklabels()]
    assert len(texts) > 2
    assert all(box.x1 < other.x0 for box, other in pairwise(texts))


def test_points_are_named_by_run_and_parameter(sweep):
    axes = scatter.prepare("study", sweep, styles(sweep)).draw().axes[0]
    named = [point.get_gid() for point in axes.lines]
    assert [(gid.run, gid.series) for gid in named[:2]] == [
        ("trial_0", "rate"),
        ("trial_1", "rate"),
    ]
    assert len(set(named)) == 10


@pytest.mark.parametrize(
    ("reached", "value", "message"),
    [
        (1.797e308, 1.0, "values too large for an axis"),
        (1.0, 1.797e308, "values too large for an axis"),
        (1e-300, 1.0, "values too close to 0 for an axis"),
        (np.nan, 1.0, "no finite value"),
    ],
)
def test_hostile_values_of_parameters_are_drawn_or_explained(reached, value, message, checked):
    study_ = made({f"r{i}": (reached * (i / 6), {"x": value * (i / 6)}) for i in range(1, 7)})
    checked(parallel.prepare("study", study_, styles(study_)))
    chart = scatter.prepare("study", study_, styles(study_))
    checked(chart)
    assert [text.get_text() for text in chart.draw().axes[0].texts] == [message]
