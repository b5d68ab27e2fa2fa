"""Curves and ranks of hostile data are legible or say plainly why not."""

import numpy as np
import pytest

from figures import shared
from reportgen.analysis.x_axis import positioned
from reportgen.figures.curves import curves, line_ranks
from reportgen.series.smoothing import parse_smoothing

pytestmark = pytest.mark.slow  # every figure of hostile values

VALUES = {
    "one point": [1.0],
    "all NaN": [np.nan] * 5,
    "infinite": [np.inf, -np.inf, np.inf],
    "constant": [2.0] * 50,
    "zeros": [0.0] * 50,
    "1e300": [1e300, -1e300] * 20,
    "largest": [1.7e308, -1.7e308, 0.0],
    "all largest": [1.797e308] * 3,
    "1e-300": [1e-300, 2e-300, 3e-300] * 20,
    "one of 1e300": [1.0, 2.0, 3.0] * 20 + [1e300],
    "both ends": [1e-300, 1e300, 1.0],
    "NaN first": [np.nan, 1.0, 2.0],
    "negative": [-1.0, -2.0, -1000.0],
}


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize("x", ["step", "time", "wall"])
@pytest.mark.parametrize("log", [False, True])
def test_curves_of_hostile_values(values, x, log):
    frame, axis = positioned(shared.scalars_of({("a", "loss"): values}), x, log=log)
    chart = curves.prepare(
        "loss", frame, shared.styles_of(frame), "down", parse_smoothing("tb:0.6"), axis, log_y=log
    )
    root = shared.check(chart)
    if not np.isfinite(values).any():
        assert "no finite value" in [node.text for node in root.iter(f"{shared.SVG}text")]


@pytest.mark.parametrize("make", ["curves", "ranks"])
def test_values_that_no_axis_can_hold_are_told(make):
    for values, reason in (([1e-300, 2e-300], "close to 0"), ([1.797e308, 1.797e308], "large")):
        frame = shared.scalars_of({(f"gpu_{i}", "loss"): values for i in range(3)})
        styles = shared.styles_of(frame)
        chart = (
            curves.prepare("loss", frame, styles, "down", parse_smoothing("off"))
            if make == "curves"
            else line_ranks.prepare("loss", frame, list(styles), styles)
        )
        texts = [text.get_text() for text in chart.draw().axes[0].texts]
        assert texts == [f"values too {reason} for an axis"]


def test_curves_of_nothing():
    frame = shared.scalars_of({("a", "loss"): [1.0]}).iloc[:0]
    chart = curves.prepare("loss", frame, {}, "down", parse_smoothing("off"))
    assert chart.caption() == "Nothing was logged."
    shared.check(chart)


@pytest.mark.parametrize("steps", [[5, 4, 3], [0, 0, 0], [-(2**62), 0, 2**62], [2**40, 2**41, 7]])
def test_curves_of_hostile_steps(steps):
    frame = shared.scalars_of({("a", "loss"): (steps, [1.0, 2.0, 3.0])})
    chart = curves.prepare("loss", frame, shared.styles_of(frame), "down", parse_smoothing("ema:5"))
    shared.check(chart)


@pytest.mark.parametrize(
    "name", ["t" * 500, "שלום/עולם", "損失関数/検証", "a<b>&\"'\x07\n", "$x^2$"]
)
def test_names_of_every_script_are_text(name):
    frame = shared.scalars_of({(f"{name}1", name): [1.0, 2.0], (f"{name}2", name): [1.0, 2.0]})
    chart = curves.prepare(name, frame, shared.styles_of(frame), "down", parse_smoothing("off"))
    shared.check(chart)
    runs = [f"{name}1", f"{name}2"]
    shared.check(line_ranks.prepare(name, frame, runs, shared.styles_of(frame)))


def test_two_hundred_runs_have_a_legend_that_says_how_many_more_there_are():
    frame = shared.scalars_of({(f"run_{i}", "loss"): [1.0, 2.0 + i] for i in range(200)})
    chart = curves.prepare("loss", frame, shared.styles_of(frame), "down", parse_smoothing("off"))
    root = shared.check(chart)
    assert len(
        [node for node in root.iter() if (node.get("id") or "").startswith("name--line")]
    ) in (0, 200)
    assert "and 188 more lines" in [text.get_text() for text in chart.draw(legend=True).texts]


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES.keys())
def test_ranks_of_hostile_values(values):
    frame = shared.scalars_of({(f"gpu_{i}", "loss"): values for i in range(3)})
    styles = shared.styles_of(frame)
    names = ["gpu_0", "gpu_1", "gpu_2"]
    shared.check(line_ranks.prepare("loss", frame, names, styles))
    shared.check(line_ranks.prepare_speed("speed", frame, names, styles))
