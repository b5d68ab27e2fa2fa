"""Which parameters differ."""

from reportgen.analysis.comparison.parameter_changes import ParameterChange, parameter_changes

PARAMETERS = {
    "a1": {"lr": 0.1, "seed": 1.0, "model": "x"},
    "a2": {"lr": 0.1, "seed": 2.0, "model": "x"},
    "b1": {"lr": 0.2, "seed": 1.0, "model": "x", "warmup": True},
    "b2": {"lr": 0.2, "seed": 2.0, "model": "x"},
}


def test_what_differs_between_groups_is_named_and_what_differs_within_both_is_not():
    assert parameter_changes(["a1", "a2"], ["b1", "b2"], PARAMETERS) == (
        ParameterChange("lr", ("0.1",), ("0.2",)),
        ParameterChange("warmup", (), ("True",)),
    )


def test_runs_without_parameters_differ_in_nothing_known():
    assert parameter_changes(["x"], ["y"], PARAMETERS) == ()
