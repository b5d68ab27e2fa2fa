"""Figures for notebooks: one function a kind, from the frames of an Experiment to a Figure.

Each returns a new `matplotlib.figure.Figure` with a title and a legend; nothing global is read or
changed.
Rows may be selected before: `figures.line_chart(experiment.scalars.query("tag == 'loss'"))`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from reportgen.analysis.metrics import parse_best
from reportgen.analysis.parameters import Study, study
from reportgen.analysis.positions import positioned
from reportgen.analysis.series import annotated
from reportgen.analysis.sound import decode
from reportgen.analysis.summary import summarise
from reportgen.errors import InputError
from reportgen.figures import (
    audio,
    calibration,
    confusion_change,
    confusion_steps,
    curves,
    embedding,
    heat_map,
    importance,
    legend,
    mesh,
    parallel,
    percentiles,
    ranks,
    ridgeline,
    roc,
    roc_pr,
    scatter,
)
from reportgen.figures import confusion as matrix
from reportgen.figures import top_confusions as top
from reportgen.figures.chart import Chart
from reportgen.figures.style import RunStyle, run_styles, styled
from reportgen.frames.experiment import Experiment

_LOOK = RunStyle("#0072b2", "-")

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


def line_chart(
    scalars: pd.DataFrame,
    *,
    smooth: str = "tb:0.6",
    x: str = "step",
    log_x: bool = False,
    log_y: bool = False,
    best: Sequence[str] = (),
) -> Figure:
    """Curves of one metric, a line a run and split.

    Args:
        scalars: rows of the scalars frame; of one metric, `train/loss` and `val/loss` for one.
        smooth: see `reportgen.frames.transforms.parse_smoothing`.
        x: "step", "epoch", "time" or "wall", see `reportgen.analysis.positions`.
        log_x: whether the x axis is logarithmic.
        log_y: whether the y axis is wherever it can be.
        best: which way is better, see `reportgen.analysis.metrics.parse_best`.
    """
    _require(scalars)
    rows = annotated(scalars, _runs(scalars), parse_best(best))
    placed, axis = positioned(rows, x, log=log_x)
    way, title = str(rows["direction"].iloc[0]), str(rows["metric"].iloc[0])
    chart = curves.prepare(title, placed, _styles(scalars), way, smooth, axis, log_y=log_y)
    return _drawn(chart)


def rank_spread(scalars: pd.DataFrame) -> Figure:
    """One tag of a distributed run: each rank thin, mean and range over them.

    Args:
        scalars: rows of the scalars frame of one tag, a run a rank.
    """
    _require(scalars)
    styles = _styles(scalars)
    return _drawn(ranks.prepare(_tag(scalars), scalars, list(styles), styles))


def rank_speed(scalars: pd.DataFrame) -> Figure:
    """Steps per second of each rank, by the wall times of one tag.

    Args:
        scalars: as for `rank_spread`.
    """
    _require(scalars)
    styles = _styles(scalars)
    return _drawn(ranks.prepare_speed(f"speed by {_tag(scalars)}", scalars, list(styles), styles))


def ridges(histograms: pd.DataFrame) -> Figure:
    """Histograms over at most 12 steps, one behind the other.

    Args:
        histograms: rows of the histograms frame of one run and tag.
    """
    _require(histograms)
    return _drawn(ridgeline.prepare(_tag(histograms), histograms, _LOOK))


def histogram_heat_map(histograms: pd.DataFrame) -> Figure:
    """Histograms over many steps, a column a step, the log's own bins in it.

    Args:
        histograms: as for `ridges`.
    """
    _require(histograms)
    return _drawn(heat_map.prepare(_tag(histograms), histograms, _LOOK))


def percentile_bands(histograms: pd.DataFrame) -> Figure:
    """Histograms over steps as bands around their median, at TensorBoard's basis points.

    Args:
        histograms: as for `ridges`.
    """
    _require(histograms)
    return _drawn(percentiles.prepare(_tag(histograms), histograms, _LOOK))


def confusion_matrix(confusions: pd.DataFrame) -> Figure:
    """The last matrix: counts and row shares; beyond 20 classes in an order of likeness.

    Args:
        confusions: rows of the confusions frame of one run and tag.
    """
    last = _last(confusions)
    return _drawn(matrix.prepare(_tag(confusions), last["matrix"], last["labels"]))


def most_confused(confusions: pd.DataFrame) -> Figure:
    """Of the last matrix, what is most often taken for what.

    Args:
        confusions: as for `confusion_matrix`.
    """
    last = _last(confusions)
    return _drawn(top.prepare(_tag(confusions), last["matrix"], last["labels"]))


def confusion_difference(confusions: pd.DataFrame, baseline: pd.DataFrame | None = None) -> Figure:
    """The last matrix against the first, or against the last of another run.

    Args:
        confusions: as for `confusion_matrix`.
        baseline: the same of another run; None for the first step of this one.
    """
    last = _last(confusions)
    before = confusions.iloc[0] if baseline is None else _last(baseline)
    told = f"step {before['step']:,}" if baseline is None else "the baseline"
    labels = last["labels"]
    title = _tag(confusions)
    return _drawn(confusion_change.prepare(title, before["matrix"], last["matrix"], labels, told))


def confusion_course(confusions: pd.DataFrame) -> Figure:
    """Up to six matrices over steps, small beside one another.

    Args:
        confusions: as for `confusion_matrix`.
    """
    _require(confusions)
    return _drawn(confusion_steps.prepare(_tag(confusions), confusions))


def precision_recall(pr_curves: pd.DataFrame) -> Figure:
    """Precision against recall of each run's last step, with lines of equal F1.

    Args:
        pr_curves: rows of the curves frame of one tag.
    """
    _require(pr_curves)
    return _drawn(roc_pr.prepare(_tag(pr_curves), pr_curves, _styles(pr_curves)))


def receiver_operating(pr_curves: pd.DataFrame) -> Figure:
    """True against false positive rate of each run's last step (ROC).

    Args:
        pr_curves: as for `precision_recall`.
    """
    _require(pr_curves)
    return _drawn(roc.prepare(_tag(pr_curves), pr_curves, _styles(pr_curves)))


def reliability(pr_curves: pd.DataFrame) -> Figure:
    """Share of positives by score of each run's last step, with the expected calibration error.

    Args:
        pr_curves: as for `precision_recall`, with thresholds from 0 to 1.
    """
    _require(pr_curves)
    return _drawn(calibration.prepare(_tag(pr_curves), pr_curves, _styles(pr_curves)))


def parallel_coordinates(experiment: Experiment) -> Figure:
    """A line a run, through its parameters to what it reached in the first key metric."""
    found, styles = _study(experiment)
    return _drawn(parallel.prepare(f"{found.metric} by parameter", found, styles))


def parameter_scatter(experiment: Experiment) -> Figure:
    """What each run reached in the first key metric, by each parameter."""
    found, styles = _study(experiment)
    return _drawn(scatter.prepare(f"{found.metric} by parameter", found, styles))


def parameter_importance(experiment: Experiment) -> Figure:
    """Spearman's rank correlation of each parameter with the first key metric.

    Raises:
        InputError: nothing can be correlated.
    """
    chart = importance.prepare("importance of parameters", _study(experiment)[0])
    if isinstance(chart, str):
        raise InputError(chart)
    return _drawn(chart)


def sound(data: bytes, title: str = "sound") -> Figure:
    """Waveform and spectrogram of a PCM WAV file's bytes.

    Raises:
        InputError: it is none.
    """
    heard = decode(data)
    if heard is None:
        raise InputError("not a WAV file of PCM samples")
    return _drawn(audio.prepare(title, heard, _LOOK))


def point_cloud(
    vertices: Floats, faces: Whole | None = None, colors: Floats | None = None
) -> Figure:
    """Points (n, 3), or faces (m, 3) between them, in space; colours (n, 3) from 0 to 255."""
    return _drawn(
        mesh.prepare("points" if faces is None else "mesh", vertices, _LOOK, faces, colors)
    )


def embedding_plane(vectors: Floats, labels: Sequence[str] = ()) -> Figure:
    """Vectors (n, d) along their two principal components; a colour and a shape a label, of n."""
    return _drawn(embedding.prepare("embedding", vectors, _LOOK, labels))


def _drawn(chart: Chart) -> Figure:
    """The figure with its legend and, as no page gives it one, its title."""
    with styled():
        figure = chart.draw(legend=True)
        if chart.title:
            legend.title(figure, chart.title)
    return figure


def _study(experiment: Experiment) -> tuple[Study, Mapping[str, RunStyle]]:
    scalars = annotated(experiment.scalars, experiment.runs)
    ranking = summarise(scalars, experiment.runs)
    found = study(experiment.hparams, experiment.runs, ranking)
    if found is None or not found.parameters:
        raise InputError("no parameters that differ between runs of one metric; log some")
    return found, run_styles(list(dict.fromkeys(experiment.runs["group"])))


def _runs(frame: pd.DataFrame) -> pd.DataFrame:
    """As a runs frame: each run for itself."""
    names = list(dict.fromkeys(frame["run"].astype(str)))
    return pd.DataFrame({"run": names, "group": names, "split": ""})


def _styles(frame: pd.DataFrame) -> dict[str, RunStyle]:
    return run_styles(list(dict.fromkeys(frame["run"].astype(str))))


def _tag(frame: pd.DataFrame) -> str:
    return str(frame["tag"].iloc[-1])


def _last(frame: pd.DataFrame) -> pd.Series:
    _require(frame)
    return frame.iloc[-1]


def _require(frame: pd.DataFrame) -> None:
    if frame.empty:
        raise InputError("the frame holds no row; see experiment.runs for what was read")
