"""The difference of two confusion matrices, in points of each row's share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.arrays import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class ConfusionDifference:
    """First less second.

    Attributes:
        labels: of the classes that either matrix has, in the order of the first.
        points: (k, k) percentage points of the rows' shares, rows actual; NaN in a row that has
            no sample on either side.
    """

    labels: tuple[str, ...]
    points: FloatArray


def confusion_difference(
    first: FloatArray, first_labels: Sequence[str], second: FloatArray, second_labels: Sequence[str]
) -> ConfusionDifference:
    """Return how much larger a share of each actual class is predicted as each class.

    Args:
        first: (k, k) counts, rows actual, columns predicted.
        first_labels: of its classes, each once.
        second: (m, m) counts that are subtracted.
        second_labels: of its classes.
    """
    labels = tuple(dict.fromkeys([*first_labels, *second_labels]))
    sides = [
        _shares(placed(matrix, labels_of_run, labels))
        for matrix, labels_of_run in ((first, first_labels), (second, second_labels))
    ]
    return ConfusionDifference(labels, 100 * (sides[0] - sides[1]))


def placed(
    matrix: FloatArray, labels_of_matrix: Sequence[str], labels: Sequence[str]
) -> FloatArray:
    """Return a matrix with rows and columns for all labels.

    Args:
        matrix: (k, k), rows actual.
        labels_of_matrix: of its classes, each once.
        labels: of the result, the matrix's own among them.
    """
    places = [labels.index(label) for label in labels_of_matrix]
    result = np.zeros((len(labels), len(labels)))
    result[np.ix_(places, places)] = matrix
    return result


def _shares(counts: FloatArray) -> FloatArray:
    totals = counts.sum(axis=1, keepdims=True)
    shares: FloatArray = np.divide(
        counts, totals, out=np.full_like(counts, np.nan), where=totals > 0
    )
    return shares
