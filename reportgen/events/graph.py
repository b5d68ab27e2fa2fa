"""Graphs of models: the nodes of a GraphDef, and of the JSON of a Keras model."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any, NamedTuple

from reportgen.budget import Budget
from reportgen.events.messages import message


class Node(NamedTuple):
    """A node of a graph.

    Attributes:
        name: unique in the graph; scopes are separated by "/".
        op: what it computes; of a Keras layer its class.
        inputs: names of nodes as in the graph: "name:1" is an output of a node, and "^name" is a
            node that must run before this one.
    """

    name: str
    op: str
    inputs: tuple[str, ...]


Nodes = tuple[Node, ...]


def of_event(field: str, encoded: bytes, budget: Budget) -> Nodes:
    """Return the nodes of an Event's `graph_def` or `meta_graph_def`.

    Raises:
        BudgetError: the names of the nodes take too much memory.
        DecodeError: the bytes are not such a message.
    """
    if field == "graph_def":
        return _nodes(message("GraphDef").FromString(encoded), budget)
    return _nodes(message("MetaGraphDef").FromString(encoded).graph_def, budget)


def of_run_metadata(encoded: bytes, budget: Budget) -> list[Nodes]:
    """Return the graphs of the traced functions in a RunMetadata, before they were optimised.

    Raises:
        BudgetError: the names of the nodes take too much memory.
        DecodeError: the bytes are not such a message.
    """
    functions = message("RunMetadata").FromString(encoded).function_graphs
    return [_nodes(function.pre_optimization_graph, budget) for function in functions]


def _nodes(graph: Any, budget: Budget) -> Nodes:  # noqa: ANN401
    """Return the nodes of a GraphDef; those of its functions are named function/node."""
    for function in graph.library.function:
        budget.charge(len(function.node_def) * len(function.signature.name))
    top_level = [Node(node.name, node.op, tuple(node.input)) for node in graph.node]
    in_functions = [
        Node(f"{function.signature.name}/{node.name}", node.op, tuple(node.input))
        for function in graph.library.function
        for node in function.node_def
    ]
    return (*top_level, *in_functions)


def of_keras(text: str) -> Nodes:
    """Return the layers of a Keras model, as `to_json` of Keras 2 or 3 writes it.

    Raises:
        ValueError: the text is not such a model.
    """
    try:
        model = json.loads(text)
        layers = model["config"]["layers"]
        sequential = model["class_name"] == "Sequential"
        nodes = [
            Node(_name(layer), str(layer["class_name"]), tuple(_inputs(layer.get("inbound_nodes"))))
            for layer in layers
        ]
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not a Keras model") from error
    if not sequential:
        return tuple(nodes)
    linked = (after._replace(inputs=(before.name,)) for before, after in pairwise(nodes))
    return (*nodes[:1], *linked)


def _name(layer: Any) -> str:  # noqa: ANN401
    return str(layer.get("name") or layer["config"].get("name", ""))


def _inputs(inbound: Any) -> list[str]:  # noqa: ANN401
    """Return the distinct names of the layers that `inbound_nodes` refers to, in order."""
    names: dict[str, None] = {}
    if isinstance(inbound, dict):  # Keras 3
        history = inbound.get("keras_history")
        if isinstance(history, list) and history:
            return [str(history[0])]
        inbound = list(inbound.values())
    if isinstance(inbound, list):
        # Keras 2: [layer, index of its node, index of its tensor, ...]
        if len(inbound) >= 3 and isinstance(inbound[0], str) and isinstance(inbound[1], int):
            return [inbound[0]]
        for item in inbound:
            names |= dict.fromkeys(_inputs(item))
    return list(names)
