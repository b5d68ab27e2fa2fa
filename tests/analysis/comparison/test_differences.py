"""Differences of curves and of confusion matrices."""

import numpy as np

from reportgen.analysis.comparison.confusion_difference import confusion_difference
from reportgen.analysis.comparison.curve_difference import curve_difference
from reportgen.analysis.groups.aggregation import aggregate_series


def line(steps, values):
    return aggregate_series([(np.array(steps), np.array(values, float))])


def test_lines_are_subtracted_where_both_have_values():
    difference = curve_difference(line([0, 10, 20], [0, 10, 20]), line([5, 30], [0, 0]))
    assert difference.steps.tolist() == [5, 10, 20]
    assert difference.difference.tolist() == [5, 10, 20]


def test_lines_that_never_meet_have_no_difference():
    assert not len(curve_difference(line([0, 1], [1, 1]), line([5, 6], [1, 1])).steps)
    assert not len(curve_difference(line([], []), line([5], [1])).steps)


def test_matrices_are_compared_by_label_and_in_points():
    first = np.array([[8.0, 2.0], [0.0, 4.0]])
    second = np.array([[3.0, 1.0], [1.0, 1.0]])
    difference = confusion_difference(first, ["a", "b"], second, ["b", "a"])
    assert difference.labels == ("a", "b")
    np.testing.assert_allclose(difference.points, [[30, -30], [-25, 25]])


def test_a_class_without_samples_on_one_side_has_no_difference():
    difference = confusion_difference(np.array([[1.0]]), ["a"], np.array([[1.0]]), ["b"])
    assert np.isnan(difference.points).all()
