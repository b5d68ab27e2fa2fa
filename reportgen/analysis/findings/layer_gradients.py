"""The size of the gradients of each layer, from norms or from histograms."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from reportgen.analysis.findings.families import families
from reportgen.analysis.findings.observations import RunLog
from reportgen.arrays import FloatArray, IntArray

_GRADIENT = re.compile(r"grad", re.IGNORECASE)
# What has other gradients by its nature: few rows of an embedding are used in a step.
_OTHER = re.compile(r"bias|embed|norm\d*[./]|bn\d*[./]|layernorm|batchnorm|ln_", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LayerGradients:
    """The mean size or the norm of one layer's gradients.

    Attributes:
        tag: as logged.
        figure: "curve" or "histogram".
        steps, sizes: (n,), finite.
        zero_share: how many of them are 0, (n,); NaN where that is not known.
    """

    tag: str
    figure: str
    steps: IntArray
    sizes: FloatArray
    zero_share: FloatArray


def layer_gradients(run: RunLog) -> list[LayerGradients]:
    """Return the gradients of weights by layer, in the order of layers where that is known.

    Tags that differ by an index come in its order, the longest such family; others are sorted by
    name.
    """
    layers = [
        LayerGradients(
            histogram.tag,
            "histogram",
            histogram.steps[finite],
            histogram.mean_size[finite],
            histogram.zero_share[finite],
        )
        for histogram in run.histograms
        if _GRADIENT.search(histogram.tag) and not _OTHER.search(histogram.tag)
        for finite in [np.isfinite(histogram.mean_size)]
    ] or [
        LayerGradients(
            series.tag,
            "curve",
            series.finite_steps,
            series.finite,
            np.full(len(series.finite), np.nan),
        )
        for series in run.of_role("gradient norm")
        if not _OTHER.search(series.tag)
    ]
    by_tag = {layer.tag: layer for layer in layers if len(layer.sizes)}
    indexed = families(by_tag, 3)
    if indexed:
        longest = max(indexed.values(), key=len)
        return [by_tag[tag] for tag in longest.values()]
    return [by_tag[tag] for tag in sorted(by_tag)]


def is_indexed(layers: list[LayerGradients]) -> bool:
    """Return whether the order of the layers is known from an index."""
    return bool(families([layer.tag for layer in layers], len(layers))) if layers else False
