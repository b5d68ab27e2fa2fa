"""Curves over steps: a panel a run, what each came to at every step, and what is left out."""

from functools import partial

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from sklearn.metrics import average_precision_score, roc_auc_score

from reportgen.figures.canvas.style import run_styles
from reportgen.figures.classification import curve_steps
from reportgen.figures.encoding import encode

PREPARE = [partial(curve_steps.prepare, kind=kind) for kind in ("pr_steps", "roc_steps")]
RNG = np.random.default_rng(0)
TRUTH = RNG.random(200) < 0.4


def scores_of(skill):
    return np.random.default_rng(1).normal(skill * TRUTH, 1)


def row(run, step, scores, truth=TRUTH):
    thresholds = np.unique(scores)
    predicted = scores >= thresholds[:, None]
    tp, fp = (predicted & truth).sum(axis=1), (predicted & ~truth).sum(axis=1)
    counts = {"tp": tp, "fp": fp, "fn": truth.sum() - tp, "tn": (~truth).sum() - fp}
    shares = {"precision": tp / (tp + fp), "recall": tp / max(1, truth.sum())}
    return {"run": run, "tag": "t", "step": step, "thresholds": thresholds} | counts | shares


def charts_of(runs, steps):
    """Both charts of so many runs, the last the best, each with so many steps."""
    rows = [
        row(f"run {run}", 10 * step, scores_of(0.05 * run + step / steps))
        for run in range(runs)
        for step in range(steps)
    ]
    styles = run_styles([f"run {run}" for run in range(runs)])
    return [prepare("t", pd.DataFrame(rows), styles) for prepare in PREPARE]


def test_the_data_have_the_score_of_every_step():
    precision, rates = charts_of(1, 4)
    expected = [scores_of(step / 4) for step in range(4)]
    assert precision.data()["average precision"].tolist() == pytest.approx(
        [average_precision_score(TRUTH, scores) for scores in expected]
    )
    assert rates.data()["area under the curve"].tolist() == pytest.approx(
        [roc_auc_score(TRUTH, scores) for scores in expected]
    )
    assert precision.data()["step"].tolist() == [0, 10, 20, 30]


@pytest.mark.parametrize("kind", [0, 1])
def test_later_steps_are_stronger_in_the_run_s_colour(kind, checked):
    chart = charts_of(2, 5)[kind]
    checked(chart)
    figure = chart.draw()
    assert [axes.get_gid() for axes in figure.axes] == ["line-1", "line-2"]
    lines = [line for line in figure.axes[1].get_lines() if line.get_alpha()]
    assert {line.get_color() for line in lines} == {chart.panels[1].style.color}
    opacities = [line.get_alpha() for line in lines]
    assert opacities == sorted(opacities)
    assert opacities[-1] == 1
    assert [text.get_text() for text in figure.texts] == ["step 0", "10", "20", "30", "40"]
    assert "Steps 0, 10, 20, 30 and 40, the last strongest." in chart.caption()


@pytest.mark.parametrize("kind", [0, 1])
def test_what_is_not_drawn_is_told_and_in_the_data(kind, checked):
    chart = charts_of(30, 20)[kind]
    checked(chart)
    figure = chart.draw()
    assert len(figure.axes) == 6
    assert [panel.run for panel in chart.panels[:6]] == [f"run {run}" for run in range(29, 23, -1)]
    assert {len(panel.lines) for panel in chart.panels} == {6}
    assert (chart.panels[0].steps[0], chart.panels[0].steps[-1]) == (0, 190)
    assert "6 of 30 runs are drawn, those that end best" in chart.caption()
    assert "6 of up to 20 steps a run are drawn" in chart.caption()
    assert len(chart.data()) == 600


@pytest.mark.parametrize("prepare", PREPARE)
def test_runs_of_few_steps_have_no_panel_and_are_told(prepare, checked):
    rows = [row("a", step, scores_of(1)) for step in range(3)]
    rows += [row("b", step, scores_of(1)) for step in range(2)]
    chart = prepare("t", pd.DataFrame(rows), run_styles(["a", "b"]))
    assert [panel.run for panel in chart.panels] == ["a"]
    assert "1 run has fewer than 3 steps." in chart.caption()
    empty = prepare("t", pd.DataFrame(rows[3:]), run_styles(["a", "b"]))
    assert not empty.panels
    checked(empty)


@pytest.mark.parametrize("prepare", PREPARE)
def test_steps_that_differ_between_runs_are_named_by_their_ends(prepare, checked):
    rows = [row("a", step, scores_of(1)) for step in range(3)]
    rows += [row("b", 7 * step, scores_of(2)) for step in range(4)]
    chart = prepare("t", pd.DataFrame(rows), run_styles(["a", "b"]))
    checked(chart)
    texts = [text.get_text() for text in chart.draw().texts]
    assert (texts[0], texts[-1]) == ("first step", "last step")
    assert "runs have different steps" in chart.caption()


@pytest.mark.parametrize("prepare", PREPARE)
def test_steps_at_which_a_class_was_never_met_have_no_curve(prepare, checked):
    rows = [row("a", step, scores_of(1)) for step in range(4)]
    rows[1] = row("a", 1, scores_of(1), np.zeros(200, bool))
    chart = prepare("t", pd.DataFrame(rows), run_styles(["a"]))
    checked(chart)
    if chart.kind == "roc_steps":
        assert chart.panels[0].logged == (0, 2, 3)


@pytest.mark.filterwarnings("ignore:Glyph")  # of a font that has not all scripts
@pytest.mark.parametrize("name", ["n" * 300, "שלום", "損失関数", "<b>&amp;</b>", "$x^2$"])
def test_names_of_every_script_stand_within_the_figure(name, checked):
    rows = [row(f"{name}{run}", step, scores_of(1)) for run in range(2) for step in range(3)]
    chart = PREPARE[0]("t", pd.DataFrame(rows), run_styles([f"{name}0", f"{name}1"]))
    checked(chart)
    figure = chart.draw()
    FigureCanvasAgg(figure).draw()
    texts = [text for axes in figure.axes for text in axes.texts]
    assert max(text.get_window_extent().x1 for text in texts) <= encode.size(figure)[0]
