"""The reliability diagram follows from the counts of a PR curve."""

import numpy as np
import pandas as pd
import pytest

from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.classification import calibration

RNG = np.random.default_rng(0)
STYLES = {"run": RunStyle("#0072b2", "-")}


def rows_of(scores, truth, thresholds):
    predicted = scores[None, :] >= np.asarray(thresholds)[:, None]
    tp, fp = (predicted & truth).sum(axis=1), (predicted & ~truth).sum(axis=1)
    cells = {"thresholds": thresholds, "tp": tp, "fp": fp}
    return pd.DataFrame([{"run": "run", "step": 7} | cells])


def chart_of(scores, truth, thresholds):
    return calibration.prepare("pr", rows_of(scores, truth, thresholds), STYLES)


def test_the_error_is_that_of_the_scores_themselves(checked):
    scores = RNG.random(20_000)
    truth = RNG.random(20_000) < scores**2
    chart = chart_of(scores, truth, np.linspace(0, 1, 127))
    bins = np.minimum((scores * 10).astype(int), 9)
    exact = sum(
        (bins == place).mean() * abs(truth[bins == place].mean() - scores[bins == place].mean())
        for place in range(10)
    )
    assert chart.curves[0].error == pytest.approx(exact, abs=0.004)
    assert chart.curves[0].count.sum() == 20_000
    assert "Expected calibration error over 10 bins at step 7: run 0.1" in chart.caption()
    checked(chart)


def test_scores_that_are_shares_lie_on_the_line():
    scores = RNG.random(50_000)
    (curve,) = chart_of(scores, RNG.random(50_000) < scores, np.linspace(0, 1, 101)).curves
    assert abs(curve.share - curve.score).max() < 0.02


@pytest.mark.parametrize(
    "thresholds", [[-3, -1, 0, 1, 3], [0, 0.5, 1], [0, 0.2, np.nan, 0.6, 0.8], []]
)
def test_without_enough_thresholds_from_0_to_1_there_is_none(thresholds, checked):
    chart = chart_of(RNG.random(10), RNG.random(10) < 0.5, np.array(thresholds, float))
    assert not chart.curves
    checked(chart)


def test_counts_that_contradict_each_other_give_none():
    rows = rows_of(RNG.random(10), RNG.random(10) < 0.5, np.linspace(0, 1, 11))
    rows["tp"] = [np.arange(11)]
    assert not calibration.prepare("pr", rows, STYLES).curves
