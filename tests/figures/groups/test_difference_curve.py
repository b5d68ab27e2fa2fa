"""One side less another along their steps: what is drawn, and what it says in words."""

import numpy as np
import pytest
from scipy import stats

from figures import shared
from reportgen.analysis.comparison.curve_difference import mean_difference
from reportgen.figures.groups import difference_curve

STEPS = np.arange(5)


def chart(first, second, direction="down"):
    sides = tuple(
        [(STEPS[: len(values)], np.asarray(values, float)) for values in side]
        for side in (first, second)
    )
    return difference_curve.prepare("loss", "val/loss", direction, ("new", "old"), sides)


def test_the_interval_is_welchs_at_each_step():
    first, second = np.random.default_rng(0).normal(size=(2, 4, 5))
    made = mean_difference([(STEPS, row) for row in first], [(STEPS, row) for row in second])
    expected = stats.ttest_ind(first, second, equal_var=False).confidence_interval()
    assert made.low == pytest.approx(expected.low)
    assert made.high == pytest.approx(expected.high)
    assert made.centre == pytest.approx(first.mean(axis=0) - second.mean(axis=0))


def test_only_steps_that_all_runs_reach_are_compared():
    made = chart([[1, 1, 1, 1, 1], [1, 1, 1]], [[0, 0, 0, 0, 0]])
    assert made.line.steps.tolist() == [0, 1, 2]
    assert not made.has_interval
    assert "interval" not in made.subtitle()


def test_the_line_its_interval_and_zero_are_drawn():
    made = chart([[1, 1, 1, 1, 1], [2, 2, 2, 2, 2]], [[0, 0, 0, 0, 0], [1, 1, 1, 1, 1]])
    figure = made.draw()
    assert shared.gids(figure) == {"zero", "difference"}
    assert [shade.get_gid() for shade in figure.axes[0].collections] == ["interval"]
    assert "+1" in [text.get_text() for text in figure.axes[0].texts]
    assert made.alt().startswith("val/loss, new less old: from +1 at step 0 to +1 at step 4, 95 %")
    shared.check(made)


@pytest.mark.parametrize(
    "values", [[np.nan] * 5, [np.inf], [1.0], [1e300, -1e300], [1e-300] * 3, []]
)
def test_hostile_values_are_drawn_or_told(values):
    shared.check(chart([values], [values]))
