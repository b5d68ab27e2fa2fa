"""Scores of a confusion matrix equal those of scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, confusion_matrix, precision_recall_fscore_support

from reportgen.analysis import matrices


def examples(seed, classes):
    """Return actual and predicted classes, some without examples or never predicted."""
    rng = np.random.default_rng(seed)
    actual = rng.integers(0, max(1, classes - 1), 60)
    wrong = rng.random(60) < 0.4
    predicted = np.where(wrong, rng.integers(0, classes, 60), actual)
    predicted[predicted == 1] = 0
    return actual, predicted


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.UndefinedMetricWarning")
@pytest.mark.parametrize("classes", [2, 3, 7])
@pytest.mark.parametrize("seed", range(4))
def test_scores_and_averages(seed, classes):
    actual, predicted = examples(seed, classes)
    names = np.arange(classes)
    matrix = confusion_matrix(actual, predicted, labels=names).astype(float)

    def expected(average):
        return precision_recall_fscore_support(
            actual, predicted, labels=names, average=average, zero_division=np.nan
        )

    scores = matrices.scores(matrix)
    np.testing.assert_allclose(scores.to_numpy().T, expected(None))
    means = matrices.averages(scores)
    for name in ("macro", "weighted"):
        np.testing.assert_allclose(means.loc[name].to_numpy()[:3], expected(name)[:3])
    assert means["support"].tolist() == [60, 60]
    assert matrices.accuracy(matrix) == pytest.approx(accuracy_score(actual, predicted))


def test_a_class_that_is_never_predicted_has_no_precision_and_an_f1_of_0():
    scores = matrices.scores(np.array([[4.0, 0.0], [2.0, 0.0]]))
    assert np.isnan(scores["precision"][1])
    assert (scores["recall"][1], scores["F1"][1]) == (0, 0)


def test_an_empty_matrix_has_no_scores():
    scores = matrices.scores(np.zeros((3, 3)))
    assert scores.drop(columns="support").isna().all(axis=None)
    assert matrices.averages(scores).drop(columns="support").isna().all(axis=None)
    assert np.isnan(matrices.accuracy(np.zeros((3, 3))))


def test_matrices_of_the_same_classes_are_put_in_the_same_order():
    matrix = np.arange(9.0).reshape(3, 3)
    reordered = matrices.aligned(matrix, ("a", "b", "c"), ("c", "a", "b"))
    np.testing.assert_array_equal(reordered, [[8, 6, 7], [2, 0, 1], [5, 3, 4]])
    assert matrices.aligned(matrix, ("a", "b", "c"), ("a", "b", "d")) is None
    assert matrices.aligned(matrix, ("a", "b", "c"), ("a", "b")) is None
    assert matrices.aligned(matrix, ("a", "a", "b"), ("a", "b", "a")) is None
    assert matrices.aligned(matrix, ("a", "a", "b"), ("a", "a", "b")) is matrix
