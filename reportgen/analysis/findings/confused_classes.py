"""`confused-classes`: one class is taken for another far more often than chance errors are."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import ConfusionMatrix, Observations
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold
from reportgen.analysis.matrices import row_shares
from reportgen.arrays import FloatArray

NAME = "confused-classes"
_SHARE = Threshold(
    "share",
    0.1,
    "Wilson's lower bound of the share of a class that is taken for another",
    "SageMaker Debugger takes the share itself",
    maximum=1,
)
_TIMES = Threshold(
    "times",
    3,
    "that bound over the mean share of all other pairs",
    "tuned on the benchmark",
)
_Z = 1.96  # 95 % for one pair; widened for many, as many pairs are looked at
_MAX_PAIRS = 3


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most one finding a confusion matrix."""
    for run in observations.runs:
        for matrix in run.confusions:
            pairs = _pairs(matrix.counts, limits)
            if pairs:
                yield _finding(matrix, pairs)


def _pairs(counts: FloatArray, limits: Limits) -> list[tuple[int, int]]:
    """Return actual and predicted class of the pairs that stand out, the most frequent first."""
    size = len(counts)
    if size < 3 or counts.sum() <= 0:
        return []
    shares = row_shares(counts)
    support = np.broadcast_to(counts.sum(axis=1, keepdims=True), counts.shape)
    low = _wilson(shares, support, math.sqrt(_Z**2 + 2 * math.log(size * (size - 1))))
    off = ~np.eye(size, dtype=bool)
    # Of a class that is mostly taken for one other, the usual share is that of the rest.
    usual = float(np.mean(np.sort(shares[off])[: -max(1, min(size, off.sum() // 10))]))
    out = off & (low > limits[_SHARE.name]) & (low > limits[_TIMES.name] * usual)
    places = np.argwhere(out)
    if not len(places) or len(places) > size:
        return []
    order = np.argsort(-shares[out], kind="stable")
    return [(int(row), int(column)) for row, column in places[order]]


def _wilson(shares: FloatArray, support: FloatArray, z: float) -> FloatArray:
    """Return Wilson's lower bound (J. Am. Stat. Assoc. 22, 1927) of shares; 0 without support."""
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = shares + z * z / (2 * support)
        spread = z * np.sqrt(shares * (1 - shares) / support + z * z / (4 * support**2))
        low = (middle - spread) / (1 + z * z / support)
    return np.where(support > 0, low, 0.0)


def _finding(matrix: ConfusionMatrix, pairs: list[tuple[int, int]]) -> Finding:
    counts, labels = matrix.counts, matrix.labels
    confusions = []
    for row, column in pairs[:_MAX_PAIRS]:
        total = float(counts[row].sum())
        names = [wording.clipped(labels[place], 40) for place in (row, column)]
        count = wording.amount(float(counts[row, column]))
        confusions.append(f"{count} of {wording.amount(total)} {names[0]} are taken for {names[1]}")
    extra = len(pairs) - len(confusions)
    further = f", and {wording.count(extra, 'further pair')} stand out" if extra else ""
    row, column = pairs[0]
    share = float(counts[row, column] / counts[row].sum())
    return Finding(
        *(NAME, "warning", matrix.run, matrix.group, matrix.tag, matrix.step, matrix.step),
        f"{'; '.join(confusions)}{further} ({wording.clipped(matrix.tag)}).",
        "Look at examples and labels of these classes.",
        figure="confusion",
        numbers={"share": share, "count": float(counts[row, column]), "pairs": float(len(pairs))},
        cells=tuple(pairs[:_MAX_PAIRS]),
    )


RULE = Rule(
    NAME,
    "One class is taken for another far more often than chance errors are.",
    search,
    (_SHARE, _TIMES),
)
