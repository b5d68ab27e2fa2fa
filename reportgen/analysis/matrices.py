"""Matrices: what follows from a confusion matrix, rows actual and columns predicted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Confusion:
    """One class taken for another, and how often; `share` is of the actual class."""

    actual: int
    predicted: int
    count: float
    share: float


def cleaned(matrix: Floats) -> Floats:
    """The matrix (k, k) with 0 for what is no count: NaN, infinite, negative."""
    known = np.isfinite(matrix) & (matrix > 0)
    return np.where(known, matrix, 0.0)


def unknown(matrix: Floats) -> int:
    """How many cells `cleaned` takes as 0: what is no count."""
    return int((~(np.isfinite(matrix) & (matrix >= 0))).sum())


def named(labels: Sequence[str], size: int) -> tuple[str, ...]:
    """One name for each of so many classes: the place ("7") of one without, none for no class."""
    return (*labels[:size], *(str(place) for place in range(len(labels), size)))


def aligned(matrix: Floats, labels: Sequence[str], wanted: Sequence[str]) -> Floats | None:
    """The matrix (k, k) with its classes in the order of others; None where they differ.

    Args:
        matrix: rows actual, columns predicted.
        labels: k names of its classes.
        wanted: k names, in order.
    """
    if tuple(labels) == tuple(wanted):
        return matrix
    places = {label: place for place, label in enumerate(labels)}
    if sorted(labels) != sorted(wanted) or len(places) < len(labels):
        return None
    order = [places[label] for label in wanted]
    return matrix[np.ix_(order, order)]


def accuracy(matrix: Floats) -> float:
    """The share of what is on the diagonal; NaN where nothing was counted."""
    total = matrix.sum()
    return float(np.trace(matrix) / total) if total else float("nan")


def row_shares(matrix: Floats) -> Floats:
    """Each row as shares of its sum; 0 where the sum is 0."""
    total = matrix.sum(axis=1, keepdims=True)
    shares: Floats = np.divide(matrix, total, out=np.zeros(matrix.shape), where=total > 0)
    return shares


def scores(matrix: Floats) -> pd.DataFrame:
    """precision, recall, F1 and support of each class, F1 as 2 TP / (2 TP + FP + FN).

    What divides by 0 is NaN: the precision of a class that was never predicted, the recall of one
    that was never met, and the F1 of one that was neither.
    """
    right, support, predicted = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        precision, recall = right / predicted, right / support
        # Half of each: their sum may be more than a number can be.
        f1 = right / (support / 2 + predicted / 2)
    return pd.DataFrame({"precision": precision, "recall": recall, "F1": f1, "support": support})


def averages(scores: pd.DataFrame) -> pd.DataFrame:
    """The mean over classes of each score, "macro", and that weighted by support, "weighted".

    What is undefined is left out, as scikit-learn's `zero_division=nan` does; NaN where nothing
    is left. The support is the whole one.

    Args:
        scores: as the function of this name returns them.
    """
    support = scores["support"]
    known = scores.drop(columns="support")
    weights = known.notna().mul(support, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        weighted = known.fillna(0.0).mul(support, axis=0).sum() / weights.sum()
    found = pd.DataFrame([known.mean(), weighted], index=["macro", "weighted"])
    return found.assign(support=support.sum())


def clustered(matrix: Floats) -> NDArray[np.int64]:
    """An order of the classes in which those that are taken for one another stand together.

    It follows the second-smallest eigenvector of the normalised Laplacian of what is confused
    with what (Fiedler's vector: Barnard, Pothen and Simon, 1995), in both directions.
    """
    shares = row_shares(matrix)
    near = shares + shares.T + 1e-6  # a little of everything: one component
    np.fill_diagonal(near, 0)
    degree = 1 / np.sqrt(near.sum(axis=1))
    laplacian = np.eye(len(matrix)) - degree[:, None] * near * degree
    vector = np.linalg.eigh(laplacian)[1][:, 1] * degree
    if vector[np.abs(vector).argmax()] < 0:  # its sign is arbitrary
        vector = -vector
    order: NDArray[np.int64] = np.argsort(vector, kind="stable")
    return order


def confusions(matrix: Floats, most: int) -> list[Confusion]:
    """The most frequent confusions, most frequent first."""
    wrong = matrix * (1 - np.eye(len(matrix)))
    shares = row_shares(matrix)
    found = []
    for place in np.argsort(-wrong, axis=None, kind="stable")[:most].tolist():
        row, column = divmod(place, len(matrix))
        if wrong[row, column] > 0:
            share = float(shares[row, column])
            found.append(Confusion(row, column, float(wrong[row, column]), share))
    return found
