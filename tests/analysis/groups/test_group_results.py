"""What groups reached, and which differences are real."""

import math

import pytest

from reportgen.analysis.groups.group_results import difference_sentences, group_results
from reportgen.analysis.groups.seed_groups import SeedGroup

UNITS = [
    SeedGroup("a", ("a1", "a2", "a3", "a4")),
    SeedGroup("b", ("b1", "b2", "b3", "b4")),
    SeedGroup("c", ("c1", "c2")),
    SeedGroup("alone", ("alone",)),
]
VALUES = {"a1": 1.0, "a2": 1.1, "a3": 0.9, "a4": 1.0, "b1": 5.0, "b2": 5.1, "b3": 4.9, "b4": 5.0}


def test_groups_are_ordered_by_their_mean_and_share_ranks():
    values = VALUES | {"c1": 4.0, "c2": math.nan, "alone": 5.2}
    results = group_results(UNITS, values, "up")
    assert [result.name for result in results] == ["alone", "b", "c", "a"]
    assert [result.rank for result in results] == [1, 1, 1, 2]
    assert (results[2].values, results[2].runs) == ((4.0,), 2)
    assert results[1].mean == pytest.approx(5.0)
    assert math.isnan(results[0].deviation)


def test_a_group_without_a_finite_value_is_left_out():
    assert [result.name for result in group_results(UNITS, VALUES, "down")] == ["a", "b"]


def test_the_best_is_compared_with_each_other_group():
    results = group_results(UNITS, VALUES | {"c1": 1.05, "c2": 1.2}, "down")
    sentences = difference_sentences(results, "down", 1)
    assert sentences[0].startswith("Cannot tell a from c with 2 seeds")
    assert sentences[1] == "1 more group is not compared here."
    assert difference_sentences(results[:1], "down", 3) == ()
