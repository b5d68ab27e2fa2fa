"""Figures for notebooks: one function a kind, from the frames of an Experiment to a Figure.

Each returns a new `matplotlib.figure.Figure` with a title and a legend; nothing global is read or
changed. Rows may be selected before, as in
`figures.line_chart(experiment.scalars.query("tag == 'loss'"))`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from reportgen import wording
from reportgen.analysis.annotated import annotated
from reportgen.analysis.media.audio import decode
from reportgen.analysis.parameters import Study, study
from reportgen.analysis.summary import summarise
from reportgen.analysis.tag_names import parse_best
from reportgen.analysis.x_axis import positioned
from reportgen.errors import InputError
from reportgen.figures.canvas.style import RunStyle, run_styles
from reportgen.figures.curves import curves, line_ranks, margins
from reportgen.figures.distributions import heat_map, percentiles, ridgeline
from reportgen.figures.hparams import importance_chart, parallel, scatter
from reportgen.figures.media import audio_chart, embedding, image_grid, mesh
from reportgen.figures.notebook.frames import LOOK, drawn, require, styles_of, tag_of
from reportgen.frames.experiment import Experiment

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
        smooth: see `reportgen.series.transforms.parse_smoothing`.
        x: "step", "epoch", "time" or "wall", see `reportgen.analysis.x_axis`.
        log_x: whether the x axis is logarithmic.
        log_y: whether the y axis is wherever it can be.
        best: which way is better, see `reportgen.analysis.tag_names.parse_best`.
    """
    require(scalars)
    rows = annotated(scalars, _runs(scalars), parse_best(best))
    placed, axis = positioned(rows, x, log=log_x)
    way, title = str(rows["direction"].iloc[0]), str(rows["metric"].iloc[0])
    chart = curves.prepare(title, placed, styles_of(scalars), way, smooth, axis, log_y=log_y)
    return drawn(chart)


def value_band(
    scalars: pd.DataFrame, value: str, low: str, high: str, *, x: str = "step"
) -> Figure:
    """A value as a line between its bounds, a colour a run.

    Args:
        scalars: rows of the scalars frame with the three tags.
        value: the tag of the line.
        low: that of the lower bound.
        high: that of the upper bound.
        x: as for `line_chart`.

    Raises:
        InputError: one of the tags is not in the frame.
    """
    band = (value, low, high)
    rows = scalars[scalars["tag"].isin(band)]
    missing = sorted(set(band) - set(rows["tag"]))
    if missing:
        raise InputError(f"the frame has no {wording.listing(missing)}; see its tags")
    placed, axis = positioned(annotated(rows, _runs(rows)).assign(split=""), x)
    return drawn(margins.prepare(value, placed, [band], styles_of(rows), axis))


def rank_spread(scalars: pd.DataFrame) -> Figure:
    """One tag of a distributed run: each rank thin, mean and range over them.

    Args:
        scalars: rows of the scalars frame of one tag, a run a rank.
    """
    require(scalars)
    styles = styles_of(scalars)
    return drawn(line_ranks.prepare(tag_of(scalars), scalars, list(styles), styles))


def rank_speed(scalars: pd.DataFrame) -> Figure:
    """Steps per second of each rank, by the wall times of one tag.

    Args:
        scalars: as for `rank_spread`.
    """
    require(scalars)
    styles = styles_of(scalars)
    return drawn(
        line_ranks.prepare_speed(f"speed by {tag_of(scalars)}", scalars, list(styles), styles)
    )


def ridges(histograms: pd.DataFrame) -> Figure:
    """Histograms over at most 12 steps, one behind the other.

    Args:
        histograms: rows of the histograms frame of one run and tag.
    """
    require(histograms)
    return drawn(ridgeline.prepare(tag_of(histograms), histograms, LOOK))


def histogram_heat_map(histograms: pd.DataFrame) -> Figure:
    """Histograms over many steps, a column a step, the log's own bins in it.

    Args:
        histograms: as for `ridges`.
    """
    require(histograms)
    return drawn(heat_map.prepare(tag_of(histograms), histograms, LOOK))


def percentile_bands(histograms: pd.DataFrame) -> Figure:
    """Histograms over steps as bands around their median, at TensorBoard's basis points.

    Args:
        histograms: as for `ridges`.
    """
    require(histograms)
    return drawn(percentiles.prepare(tag_of(histograms), histograms, LOOK))


def pictures(images: pd.DataFrame) -> Figure:
    """Logged pictures, a row a run and a column a step: the first, the last and some between.

    Args:
        images: rows of the images frame of one tag, while its event files are where they were.
    """
    require(images)
    return drawn(image_grid.prepare(tag_of(images), images))


def parallel_coordinates(experiment: Experiment) -> Figure:
    """A line a run, through its parameters to what it reached in the first key metric."""
    found, styles = _study(experiment)
    return drawn(parallel.prepare(f"{found.metric} by parameter", found, styles))


def parameter_scatter(experiment: Experiment) -> Figure:
    """What each run reached in the first key metric, by each parameter."""
    found, styles = _study(experiment)
    return drawn(scatter.prepare(f"{found.metric} by parameter", found, styles))


def parameter_importance(experiment: Experiment) -> Figure:
    """How much of the differences in the first key metric each parameter explains.

    Raises:
        InputError: no parameter has two values in enough runs.
    """
    chart = importance_chart.prepare("importance of parameters", _study(experiment)[0])
    if isinstance(chart, str):
        raise InputError(chart)
    return drawn(chart)


def sound(data: bytes, title: str = "sound") -> Figure:
    """Waveform and spectrogram of a PCM WAV file's bytes.

    Raises:
        InputError: it is none.
    """
    heard = decode(data)
    if heard is None:
        raise InputError("not a WAV file of PCM samples")
    return drawn(audio_chart.prepare(title, heard, LOOK))


def point_cloud(
    vertices: Floats, faces: Whole | None = None, colors: Floats | None = None
) -> Figure:
    """Points (n, 3), or faces (m, 3) between them, in space; colours (n, 3) from 0 to 255.

    Raises:
        InputError: an array has another shape.
    """
    _rows_of_three("vertices", vertices)
    for name, array in (("faces", faces), ("colors", colors)):
        if array is not None:
            _rows_of_three(name, array)
    return drawn(mesh.prepare("points" if faces is None else "mesh", vertices, LOOK, faces, colors))


def embedding_plane(vectors: Floats, labels: Sequence[str] = ()) -> Figure:
    """Vectors (n, d) along their two principal components; a colour and a shape a label, of n."""
    return drawn(embedding.prepare("embedding", vectors, LOOK, labels))


def _rows_of_three(name: str, array: NDArray[Any]) -> None:
    """Nothing, of an array (n, 3). Raises InputError."""
    shape = np.shape(array)
    if shape[1:] != (3,):
        raise InputError(f"{name} of shape {shape}: rows of 3 numbers are needed")


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
