"""Names of every script and length are text in every kind of figure, and break none."""

import numpy as np
import pandas as pd
import pytest

from figures import shared
from reportgen.analysis.media.audio import Sound
from reportgen.analysis.parameters import study
from reportgen.analysis.summary import summarise
from reportgen.choices import HistogramForm
from reportgen.figures.canvas.style import RunStyle, run_styles
from reportgen.figures.classification import (
    confusion,
    confusion_change,
    confusion_steps,
    top_confusions,
)
from reportgen.figures.curves import curves, line_ranks, margins
from reportgen.figures.distributions import forms
from reportgen.figures.hparams import importance_chart, parallel, scatter
from reportgen.figures.media import audio_chart, embedding, mesh
from reportgen.frames.experiment import frame
from reportgen.series.smoothing import parse_smoothing

pytestmark = pytest.mark.slow  # every figure with hostile names

NAMES = {
    "long": "t" * 500,
    "right to left": "שלום/الخسارة",
    "chinese": "損失関数/検証",
    "markup": "a<b>&\"'\x07\n</svg>",
    "formula": "$x^2$_{",
    "marks": "👩‍🔬Z" + "\u0301" * 40,
}
STYLE = RunStyle("#0072b2", "-")
RNG = np.random.default_rng(0)


def of_curves(name):
    lines = {(f"{name}{n}", tag): [3.0, 1.0, 2.0] for n in (1, 2) for tag in (name, f"{name}/b")}
    rows = shared.scalars_of(lines)
    styles = shared.styles_of(rows)
    runs = list(styles)
    several = rows.assign(line=rows["tag"])
    yield curves.prepare(name, rows[rows["tag"] == name], styles, "down", parse_smoothing("tb:0.6"))
    yield curves.prepare(name, several, styles, "down", parse_smoothing("off"))
    yield line_ranks.prepare(name, rows[rows["tag"] == name], runs, styles)
    yield line_ranks.prepare_speed(name, rows[rows["tag"] == name], runs, styles)
    tags = [name, f"{name}/b", f"{name}/b"]
    placed = rows.assign(x=rows["step"].astype(float), split="")
    yield margins.prepare(name, placed, [tuple(tags)], styles)


def of_classes(name):
    labels = (name, f"{name} 2", f"{name} 3")
    matrix = np.array([[5.0, 1.0, 0.0], [2.0, 7.0, 0.0], [0.0, 3.0, 4.0]])
    yield confusion.prepare(name, matrix, labels)
    yield confusion_change.prepare(name, matrix, matrix.T, labels, name)
    yield top_confusions.prepare(name, matrix, labels, STYLE)
    rows = pd.DataFrame({"step": [0, 1], "matrix": [matrix, matrix.T], "labels": [labels] * 2})
    yield confusion_steps.prepare(name, rows.assign(run=name, tag=name))
    yield embedding.prepare(name, RNG.normal(size=(30, 4)), STYLE, list(labels) * 10)


def of_parameters(name):
    runs = [f"{name}{index}" for index in range(6)]
    scalars = shared.scalars_of({(run, "loss"): [float(at)] for at, run in enumerate(runs)})
    parameters = pd.DataFrame(
        [
            (run, key, value)
            for at, run in enumerate(runs)
            for key, value in ((name, float(at)), (f"{name} word", f"{name}{at % 3}"))
        ],
        columns=["run", "name", "value"],
    )
    run_table = pd.DataFrame({"run": runs, "group": runs, "split": "", "rank": -1})
    sweep = study(parameters, run_table, summarise(scalars, _full(run_table)))
    styles = run_styles(runs)
    yield parallel.prepare(name, sweep, styles)
    yield scatter.prepare(name, sweep, styles)
    yield importance_chart.prepare(name, sweep)


def _full(runs):
    """A runs frame with every column."""
    return pd.DataFrame({**dict.fromkeys(frame("runs").columns, 0), **runs})


def of_others(name):
    edges = np.linspace(-1, 1, 11)
    bins = {"left": [edges[:-1]] * 3, "right": [edges[1:]] * 3, "count": [np.ones(10)] * 3}
    sums = dict.fromkeys(("num", "sum", "sum_squares"), 1.0)
    yield from forms.prepare(
        name, pd.DataFrame({"step": [0, 1, 2], **bins, **sums}), STYLE, HistogramForm.ALL
    )
    yield mesh.prepare(name, RNG.normal(size=(9, 3)), STYLE, [[0, 1, 2]])
    yield audio_chart.prepare(name, Sound(8000, RNG.uniform(-1, 1, 4000), 1, 4000), STYLE)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize("make", [of_curves, of_classes, of_parameters, of_others])
def test_a_name_is_text(make, name):
    for chart in make(name):
        shared.check(chart)
