"""Which value of a series decides its rank, and what it is called."""

import math

import numpy as np
import pytest

from reportgen.analysis.levels import ranked_value


def _ranked(values, **facts):
    usual = {"direction": "up", "split": "validation", "level": "best"}
    values = np.asarray(values, float)
    return ranked_value(values, np.arange(len(values)) * 10, **(usual | facts))


def test_a_validation_metric_counts_by_the_best_of_the_smoothed_series():
    few = _ranked([0.1, 0.9, 0.5])
    assert (few.level.value, few.kind, few.step) == (0.9, "best evaluation", 10)
    lucky = np.full(60, 0.5)
    lucky[20] = 1.0
    assert _ranked(lucky).level.value == pytest.approx(0.5 + 0.5 / 5)
    assert _ranked(lucky).kind == "best 5 evaluations in a row"


@pytest.mark.parametrize("facts", [{"level": "end"}, {"split": "train"}, {"direction": ""}])
def test_rewards_and_training_metrics_count_by_the_level_at_the_end(facts):
    ranked = _ranked([9, 9, 9, 1, 2, 3, 2, 2], **facts)
    assert (ranked.level.value, ranked.kind, ranked.step) == (2, "last 5 evaluations", 70)


def test_a_single_value_is_called_so():
    assert _ranked([0.5], level="end").kind == "last evaluation"


def test_no_finite_value_gives_none():
    ranked = _ranked([math.nan])
    assert math.isnan(ranked.level.value)
    assert (ranked.kind, ranked.step) == ("", -1)
