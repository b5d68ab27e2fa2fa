"""Precision, recall and the rates are exact at the logged thresholds."""

import numpy as np
import pandas as pd
import pytest

from reportgen.figures import roc, roc_pr
from reportgen.figures.style import run_styles

STYLES = run_styles(["a", "b"])
THRESHOLDS = np.linspace(0, 1, 127)


def curve(scores, truth, run="a", step=0):
    """A row of the curves frame, counted as tensorboardX counts."""
    predicted = scores >= THRESHOLDS[:, None]
    tp, fp = (predicted & truth).sum(axis=1), (predicted & ~truth).sum(axis=1)
    fn, tn = truth.sum() - tp, (~truth).sum() - fp
    return {
        "run": run,
        "step": step,
        "thresholds": THRESHOLDS,
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
    line = next(one for one in chart.draw().axes[0].get_lines() if one.get_gid() == "line-1")
    assert (line.get_xydata()[0].tolist(), line.get_xydata()[-1].tolist()) == ([0, 0], [1, 1])
    assert (np.diff(line.get_xdata()) >= 0).all()


def test_the_operating_point_has_the_highest_f1(sample):
    row = curve(*sample)
    chart = roc_pr.prepare("c", pd.DataFrame([row]), STYLES)
    one = chart.curves[0]
    f1 = 2 * row["tp"] / (2 * row["tp"] + row["fp"] + row["fn"])
    assert one.thresholds[one.best] == THRESHOLDS[len(f1) - 1 - f1[::-1].argmax()]
    dot = next(line for line in chart.draw().axes[0].get_lines() if line.get_gid() == "best-1")
    assert dot.get_xdata() == [one.recall[one.best]]
    assert "best threshold" in chart.caption()


def test_each_run_is_shown_at_its_last_step(sample):
    rows = [curve(*sample, step=0), curve(*sample, step=9), curve(*sample, run="b", step=4)]
    chart = roc.prepare("c", pd.DataFrame(rows), STYLES)
    assert [(one.run, one.step) for one in chart.curves] == [("a", 9), ("b", 4)]


@pytest.mark.parametrize("truth", [True, False])
def test_a_class_that_was_never_met_is_told(truth, checked):
    row = curve(np.linspace(0, 1, 9), np.full(9, truth))
    chart = roc.prepare("c", pd.DataFrame([row]), STYLES)
    assert "never met" in chart.caption()
    checked(chart)
    checked(roc_pr.prepare("c", pd.DataFrame([row]), STYLES))
