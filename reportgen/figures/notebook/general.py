"""Figures for notebooks: one function a kind, from the frames of an Experiment to a Figure.

Each returns a new `matplotlib.figure.Figure` with a title and a legend; nothing global is read or
changed. Rows may be selected before, as in
`figures.line_chart(experiment.scalars.query("tag == 'loss'"))`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis.annotated import annotated
from reportgen.analysis.media.audio import decode
from reportgen.analysis.parameters import Study, study
from reportgen.analysis.sessions import counted_rows, with_session_lines
from reportgen.analysis.summary import summarise
from reportgen.analysis.tag_names import parse_best
from reportgen.analysis.x_axis import positioned
from reportgen.arrays import AnyArray, FloatArray, IntArray
from reportgen.choices import XAxis, parse_choice
from reportgen.errors import InputError
from reportgen.figures.canvas.style import RunStyle, run_styles
from reportgen.figures.curves import curves, line_ranks, margins
from reportgen.figures.distributions import heat_map, percentiles, ridgeline
from reportgen.figures.hparams import importance_chart, parallel, scatter
from reportgen.figures.media import audio_chart, embedding, image_grid, mesh
from reportgen.figures.notebook.frames import LOOK, figure_of, require, styles_of, tag_of
from reportgen.frames.experiment import Experiment
from reportgen.series.smoothing import parse_smoothing

_BINS = ("left", "right", "count")  # columns that every figure of histograms needs


def line_chart(
    scalars: pd.DataFrame,
    *,
    smooth: str = "auto",
    x: str = "step",
    log_x: bool = False,
    log_y: bool = False,
    best: Sequence[str] = (),
) -> Figure:
    """Draw curves of one metric, one line for each run and split.

    Args:
        scalars: rows of the scalars frame; of one metric, `train/loss` and `val/loss` for one.
        smooth: "auto", "tb:0.6", ..., see `reportgen.series.smoothing.parse_smoothing`.
        x: "step", "epoch", "time" or "wall", see `reportgen.analysis.x_axis`.
        log_x: whether the x axis is logarithmic.
        log_y: whether the y axis is logarithmic where it can be.
        best: which direction is better, see `reportgen.analysis.tag_names.parse_best`.
    """
    require(scalars, "scalars", ("value",))
    rows = with_session_lines(annotated(scalars, _runs(scalars), parse_best(best)))
    placed, axis = positioned(rows, parse_choice(XAxis, x, "x"), log=log_x)
    direction, title = str(rows["direction"].iloc[0]), str(rows["metric"].iloc[0])
    smoothing = parse_smoothing(smooth, "smooth")
    chart = curves.prepare(
        title, placed, styles_of(scalars), direction, smoothing, axis, log_y=log_y
    )
    return figure_of(chart)


def value_band(
    scalars: pd.DataFrame, value: str, low: str, high: str, *, x: str = "step"
) -> Figure:
    """Draw a value as a line between its bounds, one color for each run.

    Args:
        scalars: rows of the scalars frame with the three tags.
        value: the tag of the line.
        low: that of the lower bound.
        high: that of the upper bound.
        x: as for `line_chart`.

    Raises:
        InputError: one of the tags is not in the frame.
    """
    require(scalars, "scalars", ("value",))
    band = (value, low, high)
    rows = scalars[scalars["tag"].isin(band)]
    missing = sorted(set(band) - set(rows["tag"]))
    if missing:
        raise InputError(f"the frame has no {wording.listing(missing)}; see its tags")
    shown = annotated(rows, _runs(rows)).assign(split="")
    placed, axis = positioned(shown, parse_choice(XAxis, x, "x"))
    return figure_of(margins.prepare(value, placed, [band], styles_of(rows), axis))


def rank_spread(scalars: pd.DataFrame) -> Figure:
    """Draw one tag of a distributed run: each rank as a thin line, their mean and range.

    Args:
        scalars: rows of the scalars frame of one tag, a run a rank.
    """
    require(scalars, "scalars", ("value",), single=("tag",))
    styles = styles_of(scalars)
    return figure_of(line_ranks.prepare(tag_of(scalars), scalars, list(styles), styles))


def rank_speed(scalars: pd.DataFrame) -> Figure:
    """Draw steps per second of each rank, from the wall times of one tag.

    Args:
        scalars: as for `rank_spread`.
    """
    require(scalars, "scalars", ("wall_time",), single=("tag",))
    styles = styles_of(scalars)
    return figure_of(
        line_ranks.prepare_speed(f"speed by {tag_of(scalars)}", scalars, list(styles), styles)
    )


def ridges(histograms: pd.DataFrame) -> Figure:
    """Draw histograms of at most 12 steps, one behind the other.

    Args:
        histograms: rows of the histograms frame of one run and tag.
    """
    require(histograms, "histograms", _BINS, single=("run", "tag"))
    return figure_of(ridgeline.prepare(tag_of(histograms), histograms, LOOK))


def histogram_heat_map(histograms: pd.DataFrame) -> Figure:
    """Draw histograms of many steps as a heat map: a column for each step, with the log's bins.

    Args:
        histograms: as for `ridges`.
    """
    require(histograms, "histograms", _BINS, single=("run", "tag"))
    return figure_of(heat_map.prepare(tag_of(histograms), histograms, LOOK))


def percentile_bands(histograms: pd.DataFrame) -> Figure:
    """Draw histograms over steps as bands around their median, at TensorBoard's basis points.

    Args:
        histograms: as for `ridges`.
    """
    require(histograms, "histograms", _BINS, single=("run", "tag"))
    return figure_of(percentiles.prepare(tag_of(histograms), histograms, LOOK))


def pictures(images: pd.DataFrame) -> Figure:
    """Draw logged pictures: a row for each run, and columns for the first, last and some steps.

    Args:
        images: rows of the images frame of one tag, while its event files are where they were.
    """
    require(images, "images", ("index", "blob"), single=("tag",))
    return figure_of(image_grid.prepare(tag_of(images), images))


def parallel_coordinates(experiment: Experiment) -> Figure:
    """Draw a line for each run, through its parameters to its value of the first key metric."""
    parameters, styles = _study(experiment)
    return figure_of(parallel.prepare(f"{parameters.metric} by parameter", parameters, styles))


def parameter_scatter(experiment: Experiment) -> Figure:
    """Draw the value of each run in the first key metric by each parameter."""
    parameters, styles = _study(experiment)
    return figure_of(scatter.prepare(f"{parameters.metric} by parameter", parameters, styles))


def parameter_importance(experiment: Experiment) -> Figure:
    """Draw how much of the differences in the first key metric each parameter explains.

    Raises:
        InputError: no parameter has two values in enough runs.
    """
    chart = importance_chart.prepare("importance of parameters", _study(experiment)[0])
    if isinstance(chart, str):
        raise InputError(chart)
    return figure_of(chart)


def sound(data: bytes, title: str = "sound") -> Figure:
    """Draw the waveform and spectrogram of a WAV file with PCM samples.

    Raises:
        InputError: `data` is not such a file.
    """
    decoded = decode(data)
    if decoded is None:
        raise InputError("not a WAV file of PCM samples")
    return figure_of(audio_chart.prepare(title, decoded, LOOK))


def point_cloud(
    vertices: FloatArray, faces: IntArray | None = None, colors: FloatArray | None = None
) -> Figure:
    """Draw points (n, 3), or faces (m, 3) between them, in space; colors (n, 3) from 0 to 255.

    Raises:
        InputError: an array has another shape.
    """
    _rows_of_three("vertices", vertices)
    for name, array in (("faces", faces), ("colors", colors)):
        if array is not None:
            _rows_of_three(name, array)
    return figure_of(
        mesh.prepare("points" if faces is None else "mesh", vertices, LOOK, faces, colors)
    )


def embedding_plane(vectors: FloatArray, labels: Sequence[str] = ()) -> Figure:
    """Draw vectors (n, d) along their two principal components; one color per label (n,)."""
    return figure_of(embedding.prepare("embedding", vectors, LOOK, labels))


def _rows_of_three(name: str, array: AnyArray) -> None:
    """Raise InputError if the array is not of shape (n, 3)."""
    shape = np.shape(array)
    if shape[1:] != (3,):
        raise InputError(f"{name} of shape {shape}: rows of 3 numbers are needed")


def _study(experiment: Experiment) -> tuple[Study, Mapping[str, RunStyle]]:
    if not isinstance(experiment, Experiment):
        kind = type(experiment).__name__
        raise InputError(f"{kind} is not an Experiment; pass what reportgen.read returns")
    scalars = annotated(experiment.plain_scalars(), experiment.runs)
    ranking = summarise(counted_rows(scalars), experiment.runs)
    parameters = study(experiment.hparams, experiment.runs, ranking)
    if parameters is None or not parameters.parameters:
        raise InputError("no parameter differs between runs that logged a key metric")
    return parameters, run_styles(list(dict.fromkeys(experiment.runs["group"])))


def _runs(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a runs frame in which each run is a group of its own."""
    names = list(dict.fromkeys(frame["run"].astype(str)))
    return pd.DataFrame({"run": names, "group": names, "split": ""})
