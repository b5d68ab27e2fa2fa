"""Matrices: what follows from a confusion matrix, rows actual and columns predicted."""

from __future__ import annotations

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


def row_shares(matrix: Floats) -> Floats:
    """Each row as shares of its sum; 0 where the sum is 0."""
    total = matrix.sum(axis=1, keepdims=True)
    shares: Floats = np.divide(matrix, total, out=np.zeros(matrix.shape), where=total > 0)
    return shares


def scores(matrix: Floats) -> pd.DataFrame:
    """precision, recall, F1 and support of each class; NaN where a class was never met."""
    right, support = np.diag(matrix), matrix.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        precision, recall = right / matrix.sum(axis=0), right / support
        f1 = 2 * precision * recall / (precision + recall)
    return pd.DataFrame({"precision": precision, "recall": recall, "F1": f1, "support": support})


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
