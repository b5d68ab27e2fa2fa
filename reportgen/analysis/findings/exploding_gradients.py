"""`exploding-gradients`: the gradient norm grows by orders of magnitude and stays there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.layer_gradients import LayerGradients, layer_gradients
from reportgen.analysis.findings.observations import Observations, RunLog
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold
from reportgen.analysis.findings.trends import block_medians

NAME = "exploding-gradients"
_GROWTH = Threshold(
    "growth",
    100,
    "the gradient norm over a twentieth of the run, over the lowest before",
    "AutoTrainer asks for 70 between layers, TheDeepChecker for 1e6 or a growth of 2",
    minimum=1,
)
_BLOCKS = 20
_MIN_POINTS = 10
_STARTS = 3  # times the lowest: where the growth starts
_STAYS = 0.1  # of the growth that must be left at the end


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most one finding a run: of the norm that grows most."""
    for run in observations.runs:
        candidates = [*_norms(run), *layer_gradients(run)]
        grown = [
            (growth, start, layer)
            for layer in candidates
            for growth, start in [_growth(layer)]
            if growth > limits[_GROWTH.name] and not _learns(run, layer, start)
        ]
        if grown:
            growth, start, layer = max(grown, key=lambda entry: entry[0])
            yield _finding(run, layer, growth, start)


def _norms(run: RunLog) -> list[LayerGradients]:
    return [
        LayerGradients(
            norm.tag, "curve", norm.finite_steps, norm.finite, np.full(len(norm.finite), np.nan)
        )
        for norm in run.of_role("gradient norm")
    ]


def _growth(layer: LayerGradients) -> tuple[float, int]:
    """Return by how much the norm has grown for good, and the place where that starts."""
    sizes = layer.sizes
    if len(sizes) < _MIN_POINTS or float(sizes.min()) < 0:
        return 0.0, 0
    blocks = block_medians(sizes, min(_BLOCKS, len(sizes) // 2))
    # A start at 0, as of layers that begin with weights of 0, is no measure.
    usual = float(np.median(blocks[: max(2, len(blocks) // 2)]))
    low = np.minimum.accumulate(np.maximum(blocks, 1e-3 * usual))
    growth = blocks / np.maximum(low, 1e-300)
    place = int(growth.argmax())
    if blocks[-1] < _STAYS * blocks[place]:
        return 0.0, 0
    rows = np.array_split(np.arange(len(sizes)), len(blocks))
    near = np.flatnonzero(blocks[: place + 1] <= _STARTS * low[place])
    return float(growth[place]), int(rows[int(near[-1]) if len(near) else 0][-1])


def _learns(run: RunLog, layer: LayerGradients, start: int) -> bool:
    """Return whether the loss has fallen since the norm began to grow: then it does no harm."""
    for loss in run.losses:
        values, steps = loss.finite, loss.finite_steps
        if len(values) < _MIN_POINTS:
            continue
        before = values[steps <= layer.steps[start]]
        tenth = max(1, len(values) // 10)
        reference = before[-tenth:] if len(before) else values[:tenth]
        return float(np.median(values[-tenth:])) < float(np.median(reference))
    return False


def _finding(run: RunLog, layer: LayerGradients, growth: float, start: int) -> Finding:
    before = float(np.median(layer.sizes[max(0, start - 2) : start + 1]))
    peak = before * growth
    step, last = int(layer.steps[start]), int(layer.steps[-1])
    name = next((curve.run for curve in run.series if curve.tag == layer.tag), "") or next(
        (histogram.run for histogram in run.histograms if histogram.tag == layer.tag), run.group
    )
    sentence = (
        f"{wording.clipped(layer.tag)} grows by a factor of about "
        f"{wording.amount(float(f'{growth:.2g}'))} after step {wording.amount(step)}, to "
        f"{wording.number(peak, 3)}, and the loss does not fall."
    )
    return Finding(
        *(NAME, "error", name, run.group, layer.tag, step, last, sentence),
        "Clip gradients or lower the learning rate.",
        figure=layer.figure,
        numbers={"growth": growth, "peak": peak},
    )


RULE = Rule(
    NAME, "The gradient norm grows by orders of magnitude and stays there.", search, (_GROWTH,)
)
