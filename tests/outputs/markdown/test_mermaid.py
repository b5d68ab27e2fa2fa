"""Charts in comments draw what was logged."""

import re

import numpy as np

from figures.curves.test_curves import chart_of
from reportgen.outputs.markdown.mermaid import early_ends, legend, xychart

STEPS = np.arange(0, 3000, 10)
NOISE = np.random.default_rng(0).normal(size=300)


def lines_of(text):
    return [
        [float(value) for value in line.split(", ")] for line in re.findall(r"line \[(.*)\]", text)
    ]


def test_points_are_logged_values_and_not_smoothed_ones():
    chart = chart_of({("a", "loss"): (STEPS, NOISE)}, smoothing="tb:0.9")
    (drawn,) = lines_of(xychart("loss", chart.step_curves(), ["a"]))
    logged = {float(f"{value:.4g}") for value in NOISE}
    assert set(drawn) <= logged
    assert (drawn[0], drawn[-1]) == tuple(float(f"{value:.4g}") for value in NOISE[[0, -1]])


def test_a_line_that_ends_early_is_not_drawn_on_to_the_end_but_named_with_its_end():
    lines = {("whole", "loss"): (STEPS, NOISE), ("ended", "loss"): (STEPS[:227], NOISE[:227])}
    curves = chart_of(lines).step_curves()
    assert len(lines_of(xychart("loss", curves, ["whole", "ended"]))) == 1
    assert [name for _, name in legend(curves, ["whole", "ended"])] == ["whole"]
    assert early_ends(curves, ["whole", "ended"]) == [("ended", 2260, NOISE[226])]


def test_a_line_that_ends_a_little_before_the_others_is_drawn():
    lines = {("a", "loss"): (STEPS, NOISE), ("b", "loss"): (STEPS[:-5], NOISE[:-5])}
    curves = chart_of(lines).step_curves()
    assert len(lines_of(xychart("loss", curves, []))) == 2
    assert early_ends(curves, []) == []
