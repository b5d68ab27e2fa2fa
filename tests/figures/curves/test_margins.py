"""Values with bounds: a band stands where all three are, and what has no band is told."""

import numpy as np
import pytest

from figures import shared
from reportgen.figures.curves import margins

BAND = ("mean", "low", "high")


def chart(**values):
    rows = shared.scalars_of({("a", tag): values[tag] for tag in BAND})
    placed = rows.assign(x=rows["step"].astype(float), split="")
    return margins.prepare("band", placed, [BAND], shared.styles_of(rows))


def test_steps_without_both_bounds_are_counted():
    bands = chart(mean=[1.0, 2, 3, 4], low=[0, np.nan, 2, 3], high=[2.0, 3, 4])
    assert bands.margins[0].steps.tolist() == [0, 2]
    assert "2 steps without all three values left out." in bands.caption()


def test_where_it_is_not_drawn_its_value_stands_for_it():
    bands = chart(mean=[1.0, 2, 3], low=[0, np.nan, 2], high=[2.0, 3, 4])
    assert bands.sparkline().values == (1, 3)
    assert chart(mean=[1.0], low=[np.nan], high=[3.0]).sparkline() is None


def test_one_step_alone_is_a_dot_in_its_bounds():
    bands = chart(mean=[1.0], low=[0.0], high=[3.0])
    axes = bands.draw().axes[0]
    shared.check(bands)
    assert [line.get_marker() for line in axes.get_lines()] == ["o"]
    assert axes.collections[0].get_segments()[0].tolist() == [[0, 0], [0, 3]]


@pytest.mark.parametrize(
    "values", [[], [np.nan], [np.inf] * 3, [2.0] * 9, [1e300, -1e300], [1e-300] * 3, [1.7e308] * 2]
)
def test_hostile_values_are_drawn_or_told(values):
    bands = chart(mean=values or [1.0], low=values, high=values)
    root = shared.check(bands)
    if not np.isfinite(values).any():
        assert "no finite value" in [node.text for node in root.iter(f"{shared.SVG}text")]
