"""`vanishing-gradients`: no gradient reaches a layer, or none is left while the loss is high."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.layer_gradients import LayerGradients, is_indexed, layer_gradients
from reportgen.analysis.findings.observations import Observations, RunLog, Series
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold

NAME = "vanishing-gradients"
_RATIO = Threshold(
    "ratio", 1e-3, "gradients of the first layer over those of the last", "AutoTrainer", maximum=1
)
_LEFT = Threshold(
    "left",
    1e-4,
    "the gradient norm at the end over that of its first fifth, while the loss is still high",
    "tuned on the benchmark; SageMaker Debugger asks for less than 1e-7 whatever the unit",
    maximum=1,
)
_MIN_RECORDS = 3
_MIN_SHARE = 0.8  # of the records that must show it
_HIGH = 0.5  # of the loss at the start: the loss is still high


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most one finding a run."""
    for run in observations.runs:
        finding = _between_layers(run, limits[_RATIO.name]) or _over_time(run, limits[_LEFT.name])
        if finding is not None:
            yield finding


def _between_layers(run: RunLog, ratio: float) -> Finding | None:
    layers = [layer for layer in layer_gradients(run) if layer.sizes.any()]
    if len(layers) < 2 or min(len(layer.sizes) for layer in layers) < _MIN_RECORDS:
        return None
    if is_indexed(layers):
        first, last = layers[0], layers[-1]
    else:
        ordered = sorted(layers, key=lambda layer: float(np.median(layer.sizes)))
        first, last = ordered[0], ordered[-1]
    steps, places, others = np.intersect1d(first.steps, last.steps, return_indices=True)
    small, large = first.sizes[places], last.sizes[others]
    if len(steps) < _MIN_RECORDS or not (large > 0).any():
        return None
    shows = small < ratio * large
    if float(shows.mean()) < _MIN_SHARE or not shows[: max(1, len(shows) // 2)].any():
        return None
    return _layer_finding(run, first, last, (steps, small, large))


def _layer_finding(
    run: RunLog,
    first: LayerGradients,
    last: LayerGradients,
    shared: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> Finding:
    steps, small, large = shared
    low, high = float(np.median(small)), float(np.median(large))
    sentence = (
        f"{wording.clipped(first.tag)} is {wording.number(low, 2)}, "
        f"{_times(low, high)} of {wording.clipped(last.tag)} ({wording.number(high, 2)}): hardly "
        "any gradient reaches that layer."
    )
    return Finding(
        *(NAME, "warning", _run_of(run, first.tag), run.group, first.tag),
        *(int(steps[0]), int(steps[-1]), sentence),
        "Try other activations (ReLU), normalisation, residual connections or initial weights.",
        figure=first.figure,
        numbers={"first": low, "last": high},
        tags=(last.tag,),
    )


def _times(low: float, high: float) -> str:
    if low <= 0:
        return "nothing"
    return f"1/{wording.amount(round(high / low))}" if high / low < 1e6 else "less than a millionth"


def _over_time(run: RunLog, left: float) -> Finding | None:
    losses = [series for series in run.losses if series.is_positive and len(series.finite) > 10]
    for norm in run.of_role("gradient norm"):
        values = norm.finite
        if len(values) < 10 or not losses or (values < 0).any():
            continue
        tenth = max(1, len(values) // 10)
        early = float(np.median(values[: 2 * tenth]))
        end = float(np.median(values[-tenth:]))
        if early > 0 and end <= left * early and _is_high(losses[0]):
            return _norm_finding(norm, losses[0], early, end)
    return None


def _is_high(loss: Series) -> bool:
    tenth = max(1, len(loss.finite) // 10)
    return float(np.median(loss.finite[-tenth:])) > _HIGH * float(loss.finite[:tenth].mean())


def _norm_finding(norm: Series, loss: Series, early: float, end: float) -> Finding:
    small = norm.finite <= 0.01 * early
    start = int(norm.finite_steps[int(np.flatnonzero(~small)[-1]) + 1]) if small[-1] else -1
    height = float(np.median(loss.finite[-max(1, len(loss.finite) // 10) :]))
    sentence = (
        f"{wording.clipped(norm.tag)} falls from {wording.number(early, 3)} to "
        f"{wording.number(end, 3)} by step {wording.amount(max(start, 0))} while "
        f"{wording.clipped(loss.tag)} is still {wording.number(height, 3)}: nothing more is learnt."
    )
    return Finding(
        *(NAME, "warning", norm.run, norm.group, norm.tag, start, int(norm.finite_steps[-1])),
        sentence,
        "Look for dead or saturated units, and lower the learning rate.",
        numbers={"early": early, "end": end, "loss": height},
        tags=(loss.tag,),
    )


def _run_of(run: RunLog, tag: str) -> str:
    histograms = (histogram.run for histogram in run.histograms if histogram.tag == tag)
    return next(
        histograms, next((curve.run for curve in run.series if curve.tag == tag), run.group)
    )


RULE = Rule(
    NAME,
    "No gradient reaches a layer, or none is left while the loss is high.",
    search,
    (_RATIO, _LEFT),
)
