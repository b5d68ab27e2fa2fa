import json

import pytest

from reportgen.events.graph import of_keras

SEQUENTIAL = {
    "class_name": "Sequential",
    "config": {
        "layers": [
            {"class_name": "Dense", "config": {"name": "a"}},
            {"class_name": "Dense", "config": {"name": "b"}},
        ]
    },
}


def functional(*inbound):
    """A model of two inputs and a sum, as Keras 2 or 3 write what it takes."""
    layers = [
        {"class_name": "InputLayer", "name": "x", "config": {}, "inbound_nodes": []},
        {"class_name": "InputLayer", "name": "y", "config": {}, "inbound_nodes": []},
        {"class_name": "Add", "name": "sum", "config": {}, "inbound_nodes": list(inbound)},
    ]
    return {"class_name": "Functional", "config": {"layers": layers}}


def keras_tensor(name):
    return {"class_name": "__keras_tensor__", "config": {"keras_history": [name, 0, 0]}}


def test_layers_of_a_sequential_model_follow_each_other():
    nodes = of_keras(json.dumps(SEQUENTIAL))
    assert [tuple(node) for node in nodes] == [("a", "Dense", ()), ("b", "Dense", ("a",))]


@pytest.mark.parametrize(
    "inbound",
    [
        [["x", 0, 0, {}], ["y", 0, 0, {}]],
        {"args": [[keras_tensor("x"), keras_tensor("y")]], "kwargs": {}},
    ],
    ids=["Keras 2", "Keras 3"],
)
def test_inputs_of_a_functional_model_are_its_layers(inbound):
    nodes = of_keras(json.dumps(functional(inbound)))
    assert nodes[2] == ("sum", "Add", ("x", "y"))


@pytest.mark.parametrize("text", ["", "[]", "1", '{"config": 3}', "[" * 100_000])
def test_text_that_is_not_a_model_is_an_error(text):
    with pytest.raises(ValueError, match=r"."):
        of_keras(text)
