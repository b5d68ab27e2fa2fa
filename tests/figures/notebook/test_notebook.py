"""The functions for notebooks: documented, from frames to Figures, without pyplot."""

import subprocess
import sys

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from tensorboardX import SummaryWriter
from tensorboardX.summary import hparams

import reportgen
from reportgen import figures
from reportgen.errors import InputError
from reportgen.frames.experiment import frame


@pytest.fixture(scope="module")
def experiment(tmp_path_factory):
    """Six runs with scalars, histograms, curves and parameters."""
    path = tmp_path_factory.mktemp("log")
    rng = np.random.default_rng(0)
    for index in range(6):
        with SummaryWriter(str(path / f"run_{index}")) as writer:
            for step in range(5):
                writer.add_scalar("train/loss", 1 / (1 + step + index), step)
                writer.add_histogram("w", rng.normal(size=100), step)
                writer.add_pr_curve("pr", rng.random(50) < 0.5, rng.random(50), step)
            for summary in hparams({"lr": 0.1 * (1 + index)}, {}):
                writer.file_writer.add_summary(summary)
    return reportgen.read(path)


@pytest.fixture(scope="module")
def matrices():
    """A confusions frame of two steps."""
    return frame(
        "confusions",
        {
            "run": ["a", "a"],
            "tag": ["m", "m"],
            "step": [0, 1],
            "wall_time": [0.0, 1.0],
            "matrix": [np.eye(2), np.array([[3.0, 1.0], [0.0, 4.0]])],
            "labels": [("x", "y")] * 2,
        },
    )


def test_the_names_are_sorted_and_documented():
    assert figures.__all__ == sorted(figures.__all__)
    assert all(getattr(figures, name).__doc__ for name in figures.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        figures.nonsense  # noqa: B018


@pytest.mark.parametrize("name", ["line_chart", "rank_spread", "rank_speed"])
def test_scalars(name, experiment):
    figure = getattr(figures, name)(experiment.scalars)
    assert isinstance(figure, Figure)
    names = [text.get_text() for text in (*figure.texts, *figure.axes[0].texts)]
    assert sum("run_" in text for text in names) == 6


def test_the_line_chart_draws_what_was_logged(experiment):
    figure = figures.line_chart(experiment.scalars, smooth="off")
    assert figure.texts[-1].get_text() == "loss"
    axes = figure.axes[0]
    lines = {line.get_gid(): line.get_ydata() for line in axes.get_lines()}
    np.testing.assert_allclose(lines["line-2"], [1 / (2 + step) for step in range(5)], rtol=1e-6)


@pytest.mark.parametrize("name", ["ridges", "histogram_heat_map", "percentile_bands"])
def test_histograms(name, experiment):
    rows = experiment.histograms[experiment.histograms["run"] == "run_0"]
    assert isinstance(getattr(figures, name)(rows), Figure)


@pytest.mark.parametrize("name", ["precision_recall", "receiver_operating", "reliability"])
def test_curves(name, experiment):
    assert isinstance(getattr(figures, name)(experiment.curves), Figure)


@pytest.mark.parametrize("name", ["precision_recall_course", "receiver_operating_course"])
def test_curves_over_steps(name, experiment):
    figure = getattr(figures, name)(experiment.curves)
    assert len(figure.axes) == 6
    with pytest.raises(InputError, match="No run has 3 steps"):
        getattr(figures, name)(experiment.curves.query("step == 0"))


@pytest.mark.parametrize(
    "name", ["confusion_matrix", "most_confused", "confusion_difference", "confusion_course"]
)
def test_confusions(name, matrices):
    assert isinstance(getattr(figures, name)(matrices), Figure)


def test_a_confusion_matrix_against_a_baseline(matrices):
    figure = figures.confusion_difference(matrices, matrices)
    assert {text.get_text() for text in figure.axes[0].texts} == {"0"}


def test_a_confusion_matrix_against_a_baseline_of_other_classes(matrices):
    other = matrices.assign(labels=[("x", "z")] * 2)
    with pytest.raises(InputError, match="the baseline has other classes"):
        figures.confusion_difference(matrices, other)


@pytest.mark.parametrize(
    "name", ["parallel_coordinates", "parameter_scatter", "parameter_importance"]
)
def test_parameters(name, experiment):
    assert isinstance(getattr(figures, name)(experiment), Figure)


def test_plain_arrays():
    assert isinstance(figures.point_cloud(np.eye(3)), Figure)
    assert isinstance(figures.embedding_plane(np.eye(3), ["a", "b", "c"]), Figure)
    with pytest.raises(InputError, match="not a WAV"):
        figures.sound(b"no")


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"vertices": np.eye(2)}, r"vertices of shape \(2, 2\)"),
        ({"vertices": np.eye(3), "faces": np.arange(3)}, r"faces of shape \(3,\)"),
        ({"vertices": np.eye(3), "colors": np.ones((3, 4))}, r"colors of shape \(3, 4\)"),
    ],
)
def test_an_array_of_another_shape_is_an_error_that_says_so(arrays, message):
    with pytest.raises(InputError, match=message):
        figures.point_cloud(**arrays)


def test_an_empty_frame_is_an_error_that_says_so():
    with pytest.raises(InputError, match="no row"):
        figures.line_chart(frame("scalars"))


def test_nothing_global_is_changed(experiment):
    before = dict(mpl.rcParams)
    figures.line_chart(experiment.scalars)
    assert dict(mpl.rcParams) == before


def test_pyplot_is_not_loaded():
    general = "reportgen.figures.notebook.general"
    words = f"import sys, {general}; sys.exit('matplotlib.pyplot' in sys.modules)"
    subprocess.run([sys.executable, "-c", words], check=True)


def test_a_figure_of_nothing_says_so():
    counts = np.zeros(6)
    columns = ("thresholds", "tp", "fp", "tn", "fn", "precision", "recall")
    curve = pd.DataFrame({"run": "a", "tag": "pr", "step": [0], **{n: [counts] for n in columns}})
    bins = {"left": [np.zeros(1)], "right": [np.ones(1)], "count": [np.zeros(1)]}
    sums = dict.fromkeys(("num", "sum", "sum_squares"), np.nan)
    histogram = pd.DataFrame({"run": "a", "tag": "w", "step": [0], **bins, **sums})
    message = {
        figures.precision_recall(curve): "nothing was predicted at any threshold",
        figures.receiver_operating(curve): "one of the two classes has no examples",
        figures.reliability(curve): "not enough thresholds from 0 to 1",
        figures.histogram_heat_map(histogram): "nothing was counted",
        figures.percentile_bands(histogram): "nothing was counted",
        figures.point_cloud(np.full((2, 3), np.nan)): "no finite point",
        figures.embedding_plane(np.full((2, 3), np.nan)): "no finite value",
        figures.embedding_plane(np.eye(3) * 1e-300): "values too close to 0 for an axis",
    }
    for figure, text in message.items():
        assert text in [item.get_text() for item in figure.axes[0].texts]


def test_pictures_stand_by_run_and_step_and_what_cannot_be_read_says_so(tmp_path):
    for run in ("a", "b"):
        with SummaryWriter(str(tmp_path / run)) as writer:
            for step in range(10):
                writer.add_image("drawn", np.full((3, 4, 8), step / 10), step)
    images = reportgen.read(tmp_path).images
    figure = figures.pictures(images)
    assert [axes.get_title(loc="left") for axes in figure.axes[:6]] == [
        f"step {step}" for step in (0, 2, 4, 5, 7, 9)
    ]
    shown = [axes.images[0].get_array() for axes in figure.axes]
    assert [int(text[0, 0, 0]) for text in shown] == [0, 51, 102, 127, 178, 229] * 2
    assert shown[0].shape == (4, 8, 3)
    assert "12 of 20 pictures: the first, the last and some between." in [
        text.get_text() for text in figure.texts
    ]

    for path in tmp_path.rglob("*tfevents*"):
        path.write_bytes(b"")
    broken = figures.pictures(images)
    assert {axes.texts[0].get_text() for axes in broken.axes} == {"cannot be read"}


def test_a_value_stands_between_its_bounds(tmp_path):
    with SummaryWriter(str(tmp_path / "a")) as writer:
        for step in range(5):
            for tag, value in {"mean": 1.0, "low": 0.5, "high": 2.0}.items():
                writer.add_scalar(tag, value + step, step)
    scalars = reportgen.read(tmp_path).scalars
    (axes,) = figures.value_band(scalars, "mean", "low", "high").axes
    line = next(item for item in axes.lines if item.get_gid() and len(item.get_ydata()) == 5)
    assert line.get_ydata().tolist() == [1, 2, 3, 4, 5]
    with pytest.raises(InputError, match="no median"):
        figures.value_band(scalars, "median", "low", "high")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (3, "int is not a pandas frame; pass rows of experiment.scalars"),
        (pd.DataFrame({"run": ["a"], "tag": ["x"]}), "no column 'step'"),
        (pd.DataFrame({"run": ["a"], "tag": ["x"], "step": [0]}), "no column 'value'"),
        (
            pd.DataFrame({"run": ["a"], "tag": ["x"], "step": ["0"], "value": [1.0]}),
            "the column 'step' is .*, not int64",
        ),
        (frame("scalars"), "holds no row"),
    ],
)
def test_a_wrong_frame_is_refused_and_its_column_named(rows, message):
    with pytest.raises(InputError, match=message):
        figures.line_chart(rows)


def test_rows_of_several_runs_are_refused_where_one_is_drawn(experiment):
    with pytest.raises(InputError, match="the column 'run' holds run_0, run_1, run_2 and 3 more"):
        figures.ridges(experiment.histograms)


def test_what_is_no_experiment_is_refused():
    with pytest.raises(InputError, match="DataFrame is not an Experiment"):
        figures.parallel_coordinates(pd.DataFrame())
