"""Counts of right and wrong predictions: a confusion matrix, and those at every threshold."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_MOST = 1_000  # thresholds that are kept

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]


def confusion(actual: Codes, predicted: Codes, classes: int) -> Floats:
    """How often each class was predicted for each, (classes, classes), rows actual.

    Args:
        actual: (n,) places of classes.
        predicted: (n,).
        classes: how many there are.
    """
    cells = np.bincount(actual * classes + predicted, minlength=classes * classes)
    return cells.reshape(classes, classes).astype(np.float64)


def curve(positive: NDArray[np.bool_], scores: Floats) -> dict[str, Any]:
    """Columns of a row of the frame of curves: an example counts as found from its score down.

    The thresholds are the distinct scores, ascending; of more than 1,000 those that part the
    examples most evenly, the first and last among them. The counts at each are exact.

    Args:
        positive: (n,) whether it is of the class.
        scores: (n,) finite.
    """
    order = np.argsort(scores, kind="stable")
    ranked, hits = scores[order], positive[order]
    distinct = np.append(True, ranked[1:] != ranked[:-1])[: len(ranked)]
    firsts = _thinned(np.flatnonzero(distinct), len(ranked))
    below = np.concatenate([[0], np.cumsum(hits)])[firsts].astype(np.float64)
    tp, fn = hits.sum() - below, below
    tn = firsts - below
    fp = len(ranked) - firsts - tp
    with np.errstate(divide="ignore", invalid="ignore"):
        precision, recall = tp / (tp + fp), tp / (tp + fn)
    parts = {"tp": tp, "fp": fp, "tn": tn, "fn": fn, "precision": precision, "recall": recall}
    return {"thresholds": ranked[firsts]} | parts


def _thinned(firsts: Codes, total: int) -> Codes:
    """Of ascending places, at most 1,000 that lie evenly between 0 and total."""
    if len(firsts) <= _MOST:
        return firsts
    even = np.searchsorted(firsts, np.linspace(0, total, _MOST))
    kept: Codes = firsts[np.unique(np.append(even, len(firsts) - 1).clip(max=len(firsts) - 1))]
    return kept
