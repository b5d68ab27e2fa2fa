"""Count right and wrong predictions: a confusion matrix, and the counts at every threshold."""

from __future__ import annotations

from typing import Any

import numpy as np

from reportgen.arrays import BoolArray, FloatArray, IntArray

MAX_THRESHOLDS = 1_000


def confusion(actual: IntArray, predicted: IntArray, classes: int) -> FloatArray:
    """Return how often each class was predicted for each, (actual, predicted).

    Args:
        actual: (n,) places of classes.
        predicted: (n,) places of classes.
        classes: number of classes.
    """
    cells = np.bincount(actual * classes + predicted, minlength=classes * classes)
    return cells.reshape(classes, classes).astype(np.float64)


def curve(positive: BoolArray, scores: FloatArray) -> dict[str, Any]:
    """Return the columns of a row of the frame of curves.

    An example is predicted as positive at every threshold up to its score. The thresholds are the
    distinct scores, ascending; of more than `MAX_THRESHOLDS` only those that divide the examples
    most evenly, with the first and the last. The counts at each threshold are exact.

    Args:
        positive: (n,) whether an example is of the class.
        scores: (n,) finite.
    """
    order = np.argsort(scores, kind="stable")
    ranked, hits = scores[order], positive[order]
    distinct = np.append(True, ranked[1:] != ranked[:-1])[: len(ranked)]
    firsts = _decimate(np.flatnonzero(distinct), len(ranked))
    below = np.concatenate([[0], np.cumsum(hits)])[firsts].astype(np.float64)
    tp, fn = hits.sum() - below, below
    tn = firsts - below
    fp = len(ranked) - firsts - tp
    with np.errstate(divide="ignore", invalid="ignore"):
        precision, recall = tp / (tp + fp), tp / (tp + fn)
    counts = {"tp": tp, "fp": fp, "tn": tn, "fn": fn, "precision": precision, "recall": recall}
    return {"thresholds": ranked[firsts]} | counts


def _decimate(firsts: IntArray, total: int) -> IntArray:
    """Return at most `MAX_THRESHOLDS` of ascending places, even between 0 and `total`."""
    if len(firsts) <= MAX_THRESHOLDS:
        return firsts
    last = len(firsts) - 1
    even = np.searchsorted(firsts, np.linspace(0, total, MAX_THRESHOLDS))
    selected: IntArray = firsts[np.unique(np.append(even, last).clip(max=last))]
    return selected
