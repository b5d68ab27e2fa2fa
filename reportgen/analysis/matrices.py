"""Scores of a confusion matrix, whose rows are actual and columns predicted classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reportgen.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Confusion:
    """One class predicted as another.

    Attributes:
        actual, predicted: indices of the classes.
        count: how often.
        share: of all examples of the actual class.
    """

    actual: int
    predicted: int
    count: float
    share: float


def cleaned(matrix: FloatArray) -> FloatArray:
    """Return the matrix (k, k) with 0 for cells that are no counts: NaN, infinite, negative."""
    is_count = np.isfinite(matrix) & (matrix > 0)
    return np.where(is_count, matrix, 0.0)


def unknown(matrix: FloatArray) -> int:
    """Return how many cells are no counts, which `cleaned` sets to 0."""
    return int((~(np.isfinite(matrix) & (matrix >= 0))).sum())


def named(labels: Sequence[str], size: int) -> tuple[str, ...]:
    """Return `size` class names; a class without a label is named by its index, such as "7"."""
    return (*labels[:size], *(str(index) for index in range(len(labels), size)))


def aligned(matrix: FloatArray, labels: Sequence[str], wanted: Sequence[str]) -> FloatArray | None:
    """Return the matrix (k, k) with its classes in another order.

    Args:
        matrix: rows actual, columns predicted.
        labels: k names of its classes.
        wanted: the same k names, in the wanted order.

    Returns:
        None if the names differ or are not unique.
    """
    if tuple(labels) == tuple(wanted):
        return matrix
    index_of_label = {label: index for index, label in enumerate(labels)}
    if sorted(labels) != sorted(wanted) or len(index_of_label) < len(labels):
        return None
    order = [index_of_label[label] for label in wanted]
    return matrix[np.ix_(order, order)]


def accuracy(matrix: FloatArray) -> float:
    """Return the diagonal's share of the sum; NaN if the sum is 0."""
    total = matrix.sum()
    return float(np.trace(matrix) / total) if total else float("nan")


def row_shares(matrix: FloatArray) -> FloatArray:
    """Return each row divided by its sum; 0 where the sum is 0."""
    total = matrix.sum(axis=1, keepdims=True)
    shares: FloatArray = np.divide(matrix, total, out=np.zeros(matrix.shape), where=total > 0)
    return shares


def scores(matrix: FloatArray) -> pd.DataFrame:
    """Return precision, recall, F1 = 2 TP / (2 TP + FP + FN) and support of each class.

    A division by 0 gives NaN: the precision of a class that was never predicted, the recall of one
    without examples, and the F1 of one that is neither predicted nor has examples.

    Returns:
        A row a class; columns precision, recall, F1, support.
    """
    correct, support, predicted = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        precision, recall = correct / predicted, correct / support
        # Halved first, because the sum could overflow.
        f1 = correct / (support / 2 + predicted / 2)
    return pd.DataFrame({"precision": precision, "recall": recall, "F1": f1, "support": support})


def averages(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the mean of each score over classes, "macro", and weighted by support, "weighted".

    Undefined scores are ignored, as with scikit-learn's `zero_division=nan`; a mean of none is NaN.

    Args:
        scores: see `scores`.

    Returns:
        Rows "macro" and "weighted"; the columns of `scores`, support being that of all classes.
    """
    support = scores["support"]
    ratios = scores.drop(columns="support")
    weights = ratios.notna().mul(support, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        weighted = ratios.fillna(0.0).mul(support, axis=0).sum() / weights.sum()
    means = pd.DataFrame([ratios.mean(), weighted], index=["macro", "weighted"])
    return means.assign(support=support.sum())


def clustered(matrix: FloatArray) -> IntArray:
    """Return an order of the classes that puts those that are confused beside each other.

    It is the order of the second-smallest eigenvector of the normalised Laplacian of the graph of
    confusions in both directions (Fiedler's vector: Barnard, Pothen and Simon, 1995).

    Returns:
        Indices of classes, (k,).
    """
    shares = row_shares(matrix)
    similarity = shares + shares.T + 1e-6  # above 0, so that the graph is connected
    np.fill_diagonal(similarity, 0)
    scale = 1 / np.sqrt(similarity.sum(axis=1))
    laplacian = np.eye(len(matrix)) - scale[:, None] * similarity * scale
    vector = np.linalg.eigh(laplacian)[1][:, 1] * scale
    if vector[np.abs(vector).argmax()] < 0:  # its sign is arbitrary
        vector = -vector
    order: IntArray = np.argsort(vector, kind="stable")
    return order


def confusions(matrix: FloatArray, most: int) -> list[Confusion]:
    """Return at most `most` confusions, the most frequent first."""
    wrong = matrix * (1 - np.eye(len(matrix)))
    shares = row_shares(matrix)
    frequent = []
    for cell in np.argsort(-wrong, axis=None, kind="stable")[:most].tolist():
        row, column = divmod(cell, len(matrix))
        if wrong[row, column] > 0:
            share = float(shares[row, column])
            frequent.append(Confusion(row, column, float(wrong[row, column]), share))
    return frequent
