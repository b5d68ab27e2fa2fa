"""Precision, recall and the rates are exact at the logged thresholds."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import (
    average_precision_score,
    precision_recall_fscore_support,
    roc_auc_score,
)

from reportgen.figures.canvas.style import run_styles
from reportgen.figures.classification import precision_recall, roc

STYLES = run_styles(["a", "b"])
THRESHOLDS = np.linspace(0, 1, 127)


def curve(scores, truth, run="a", step=0, thresholds=THRESHOLDS):
    """A row of the curves frame, counted as tensorboardX counts."""
    predicted = scores >= thresholds[:, None]
    tp, fp = (predicted & truth).sum(axis=1), (predicted & ~truth).sum(axis=1)
    fn, tn = truth.sum() - tp, (~truth).sum() - fp
    return {
        "run": run,
        "step": step,
        "thresholds": thresholds,
        "tp": tp,
        "fp": fp,
        "tn": tn,
        "fn": fn,
        "precision": tp / np.maximum(tp + fp, 1),
        "recall": tp / np.maximum(tp + fn, 1),
    }


@pytest.fixture
def sample():
    rng = np.random.default_rng(0)
    truth = rng.random(500) < 0.4
    return np.clip(rng.normal(0.4 + 0.2 * truth, 0.15), 0, 1), truth


def test_the_area_under_the_curve_is_the_chance_that_a_pair_is_in_order(sample):
    scores, truth = sample
    chart = roc.prepare("c", pd.DataFrame([curve(scores, truth)]), STYLES)
    pairs = scores[truth][:, None] - scores[~truth]
    assert chart.curves[0].area == pytest.approx((pairs > 0).mean(), abs=0.01)
    line = next(line for line in chart.draw().axes[0].get_lines() if line.get_gid() == "line-1")
    assert (line.get_xydata()[0].tolist(), line.get_xydata()[-1].tolist()) == ([0, 0], [1, 1])
    assert (np.diff(line.get_xdata()) >= 0).all()


def test_the_operating_point_has_the_highest_f1(sample):
    row = curve(*sample)
    chart = precision_recall.prepare("c", pd.DataFrame([row]), STYLES)
    pr_curve = chart.curves[0]
    f1 = 2 * row["tp"] / (2 * row["tp"] + row["fp"] + row["fn"])
    assert pr_curve.thresholds[pr_curve.best] == THRESHOLDS[len(f1) - 1 - f1[::-1].argmax()]
    dot = next(line for line in chart.draw().axes[0].get_lines() if line.get_gid() == "best-1")
    assert dot.get_xdata() == [pr_curve.recall[pr_curve.best]]
    text = f"(F1 {f1.max():.3f} at threshold {pr_curve.thresholds[pr_curve.best]:.3g})"
    assert text in chart.caption()
    rates = roc.prepare("c", pd.DataFrame([row]), STYLES)
    assert rates.curves[0].thresholds[rates.curves[0].best] == pr_curve.thresholds[pr_curve.best]
    dot = next(line for line in rates.draw().axes[0].get_lines() if line.get_gid() == "best-1")
    at = row["thresholds"].tolist().index(pr_curve.thresholds[pr_curve.best])
    assert dot.get_xdata() == [row["fp"][at] / (row["fp"][at] + row["tn"][at])]
    assert dot.get_ydata() == [row["recall"][at]]


@pytest.mark.parametrize("seed", range(5))
def test_the_areas_are_those_of_scikit_learn_where_every_score_is_a_threshold(seed):
    rng = np.random.default_rng(seed)
    truth = rng.random(300) < 0.3
    scores = rng.normal(truth, 1).round(1)  # with ties
    frame = pd.DataFrame([curve(scores, truth, thresholds=np.unique(scores))])
    (precision,) = precision_recall.prepare("c", frame, STYLES).curves
    (rates,) = roc.prepare("c", frame, STYLES).curves
    assert precision.average_precision == pytest.approx(average_precision_score(truth, scores))
    assert rates.area == pytest.approx(roc_auc_score(truth, scores))
    expected = precision_recall_fscore_support(
        truth, scores >= precision.thresholds[precision.best], average="binary"
    )
    best = precision.best
    scores = precision.precision[best], precision.recall[best], precision.f1[best]
    assert scores == pytest.approx(expected[:3])


def test_beyond_four_runs_a_caption_names_the_best_and_the_worst():
    rng = np.random.default_rng(0)
    truth = rng.random(500) < 0.4
    rows = [
        curve(np.clip(rng.normal(0.4 + 0.1 * skill * truth, 0.15), 0, 1), truth, run=f"run {skill}")
        for skill in (1, 4, 0, 3, 2)
    ]
    styles = run_styles([row["run"] for row in rows])
    for module in (precision_recall, roc):
        few = module.prepare("c", pd.DataFrame(rows[:4]), styles).caption()
        assert [name for name in ("run 4", "run 3", "run 1", "run 0") if name in few] == sorted(
            ("run 0", "run 1", "run 3", "run 4"), reverse=True
        )
        many = module.prepare("c", pd.DataFrame(rows), styles).caption()
        assert "at step 0: best run 4 0.9" in many
        assert "worst run 0" in many
        assert "3 runs between them in the table" in many
        assert "run 2" not in many


def test_runs_that_ended_at_different_steps_say_so(sample):
    rows = [curve(*sample, step=3), curve(*sample, run="b", step=1_000)]
    caption = roc.prepare("c", pd.DataFrame(rows), STYLES).caption()
    assert "(step 3)" in caption
    assert "(step 1,000)" in caption


def test_each_run_is_shown_at_its_last_step(sample):
    rows = [curve(*sample, step=0), curve(*sample, step=9), curve(*sample, run="b", step=4)]
    chart = roc.prepare("c", pd.DataFrame(rows), STYLES)
    assert [(curve.run, curve.step) for curve in chart.curves] == [("a", 9), ("b", 4)]


@pytest.mark.parametrize("truth", [True, False])
def test_a_class_that_was_never_met_is_told(truth, checked):
    row = curve(np.linspace(0, 1, 9), np.full(9, truth))
    chart = roc.prepare("c", pd.DataFrame([row]), STYLES)
    assert "has no examples" in chart.caption()
    checked(chart)
    checked(precision_recall.prepare("c", pd.DataFrame([row]), STYLES))
