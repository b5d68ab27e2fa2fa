"""Which metrics differ, and whether beyond chance."""

import numpy as np
import pytest

from reportgen.analysis.comparison.metric_changes import metric_changes
from reportgen.analysis.verdicts.run_values import RUN_FACTS, RunValues, Series


def run(name, direction="up", tag="acc", values=(0.0,)):
    steps = np.arange(len(values))
    series = Series(name, tag, tag, "", direction, steps, np.array(values, float), len(values))
    return RunValues(name, "", (series,), dict.fromkeys(RUN_FACTS, np.nan))


def side(*finals, **options):
    return [run(str(place), values=[0.0, value], **options) for place, value in enumerate(finals)]


def test_groups_apart_are_told_apart():
    (change,) = metric_changes(side(0.9, 0.91, 0.92, 0.9), side(0.5, 0.52, 0.51, 0.53))
    assert (change.tag, change.kind, change.is_better) == ("acc", "best", True)
    assert change.first == pytest.approx(0.9075)


def test_groups_within_noise_and_single_runs_are_not():
    (change,) = metric_changes(side(0.9, 0.8, 0.7), side(0.85, 0.75, 0.8))
    assert change.is_better is None
    (change,) = metric_changes(side(0.9), side(0.1))
    assert (change.comparison, change.is_better) == (None, None)


def test_a_tag_without_a_direction_has_its_last_values_and_no_judgement():
    (change,) = metric_changes(side(1, 2, direction=""), side(5, 6, direction=""))
    assert (change.kind, change.first, change.second, change.comparison) == ("last", 1.5, 5.5, None)


def test_tags_that_one_side_lacks_are_left_out():
    assert metric_changes(side(1), side(1, tag="other")) == ()
    assert metric_changes([run("a", values=[np.nan])], side(1)) == ()
