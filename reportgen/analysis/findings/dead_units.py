"""`dead-units`: a large part of a layer gives nothing, or learns nothing, for good."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import Observations, RunLog
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold
from reportgen.arrays import FloatArray, IntArray

NAME = "dead-units"
_ACTIVATIONS = Threshold(
    "activations",
    0.95,
    "share of activations that are 0 over the last half of the records",
    "half of the values of a healthy ReLU are 0, so SageMaker's 0.5 does not tell",
    maximum=1,
)
_GRADIENTS = Threshold(
    "gradients",
    0.5,
    "share of gradients of weights that are exactly 0 over the last half of the records",
    "AutoTrainer asks for 0.7",
    maximum=1,
)
_SCALAR = Threshold("logged", 0.5, "a logged share of dead units", "SageMaker Debugger", maximum=1)
_MIN_RECORDS = 3
_ACTIVATION = re.compile(r"activation|relu|hidden_out|\bact\b", re.IGNORECASE)
_GRADIENT = re.compile(r"grad", re.IGNORECASE)
_SPARSE = re.compile(r"embed|sparse|mask|lora", re.IGNORECASE)
_DEAD = re.compile(r"dead|dormant", re.IGNORECASE)


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most one finding a run: of the layer with the largest dead part."""
    for run in observations.runs:
        findings = [*_in_histograms(run, limits), *_in_scalars(run, limits[_SCALAR.name])]
        if findings:
            yield max(findings, key=lambda finding: finding.numbers["share"])


def _in_histograms(run: RunLog, limits: Limits) -> Iterator[Finding]:
    for histogram in run.histograms:
        if _SPARSE.search(histogram.tag):
            continue
        if _GRADIENT.search(histogram.tag):
            kind, least = "gradients", limits[_GRADIENTS.name]
        elif _ACTIVATION.search(histogram.tag):
            kind, least = "activations", limits[_ACTIVATIONS.name]
        else:
            continue
        late = _late(histogram.zero_share)
        if len(late) < _MIN_RECORDS - 1 or float(late.min()) < least:
            continue
        if kind == "gradients" and float(np.nanmin(histogram.zero_share)) == 1.0:
            continue  # a layer that is not trained at all
        place = (histogram.run, histogram.tag, kind, "histogram")
        yield _finding(run, place, histogram.steps, histogram.zero_share, least)


def _in_scalars(run: RunLog, least: float) -> Iterator[Finding]:
    for series in run.series:
        if not _DEAD.search(series.tag) or len(series.finite) < _MIN_RECORDS:
            continue
        if (
            series.finite.min() >= 0
            and series.finite.max() <= 1
            and _late(series.finite).min() > least
        ):
            place = (series.run, series.tag, "units", "curve")
            yield _finding(run, place, series.finite_steps, series.finite, least)


def _late(shares: FloatArray) -> FloatArray:
    """Return the shares of the last half; of one that is not known, none."""
    late = shares[len(shares) // 2 :]
    return late[:0] if np.isnan(late).any() else late


def _finding(
    run: RunLog,
    place: tuple[str, str, str, str],
    steps: IntArray,
    shares: FloatArray,
    least: float,
) -> Finding:
    name, tag, kind, figure = place
    above = shares >= least
    below = np.flatnonzero(~above)
    start = int(steps[below[-1] + 1]) if len(below) else int(steps[0])
    share = float(np.median(_late(shares)))
    what = {
        "gradients": "of the gradients are exactly 0, so their weights learn nothing",
        "activations": "of the activations are 0, so most units give nothing",
        "units": "of the units are dead",
    }[kind]
    sentence = (
        f"{wording.clipped(tag)}: {wording.number(100 * share, 3)} % {what}, from step "
        f"{wording.amount(start)} on."
    )
    return Finding(
        *(NAME, "warning", name, run.group, tag, start, int(steps[-1]), sentence),
        "Lower the learning rate or the initial bias, or use a leaky activation.",
        figure=figure,
        numbers={"share": share},
    )


RULE = Rule(
    NAME,
    "A large part of a layer gives nothing, or learns nothing, for good.",
    search,
    (_ACTIVATIONS, _GRADIENTS, _SCALAR),
)
