"""Graphs of models: the nodes of a GraphDef, and of a Keras model's JSON."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any, NamedTuple

from reportgen.events.messages import message


class Node(NamedTuple):
    """A node of a graph.

    Attributes:
        name: unique in the graph; "/" between scopes.
        op: what it computes; of a Keras layer its class.
        inputs: names of nodes, as the graph has them ("^name" only orders, "name:1" is an output).
    """

    name: str
    op: str
    inputs: tuple[str, ...]


Nodes = tuple[Node, ...]


def of_event(field: str, encoded: bytes) -> Nodes:
    """The nodes of an Event's `graph_def` or `meta_graph_def`. Raises DecodeError."""
    if field == "graph_def":
        return _nodes(message("GraphDef").FromString(encoded))
    return _nodes(message("MetaGraphDef").FromString(encoded).graph_def)


def of_run_metadata(encoded: bytes) -> list[Nodes]:
    """The traced functions' graphs of a RunMetadata, as they were written. Raises DecodeError."""
    found = message("RunMetadata").FromString(encoded).function_graphs
    return [_nodes(one.pre_optimization_graph) for one in found]


def _nodes(graph: Any) -> Nodes:  # noqa: ANN401
    """A GraphDef's nodes; those of its library's functions are named function/node."""
    own = [Node(node.name, node.op, tuple(node.input)) for node in graph.node]
    inner = [
        Node(f"{function.signature.name}/{node.name}", node.op, tuple(node.input))
        for function in graph.library.function
        for node in function.node_def
    ]
    return (*own, *inner)


def of_keras(text: str) -> Nodes:
    """The layers of a Keras model, as `to_json` of Keras 2 or 3 writes it.

    Raises:
        ValueError: it is none.
    """
    try:
        model = json.loads(text)
        layers = model["config"]["layers"]
        chain = model["class_name"] == "Sequential"
        nodes = [
            Node(_name(layer), str(layer["class_name"]), tuple(_inputs(layer.get("inbound_nodes"))))
            for layer in layers
        ]
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("no model of Keras") from error
    if not chain:
        return tuple(nodes)
    linked = (after._replace(inputs=(before.name,)) for before, after in pairwise(nodes))
    return (*nodes[:1], *linked)


def _name(layer: Any) -> str:  # noqa: ANN401
    return str(layer.get("name") or layer["config"].get("name", ""))


def _inputs(found: Any) -> list[str]:  # noqa: ANN401
    """Names of the layers that `inbound_nodes` refers to, in order and once each."""
    names: dict[str, None] = {}
    if isinstance(found, dict):
        history = found.get("keras_history")
        if isinstance(history, list) and history:
            return [str(history[0])]
        found = list(found.values())
    if isinstance(found, list):
        if len(found) >= 3 and isinstance(found[0], str) and isinstance(found[1], int):
            return [found[0]]
        for part in found:
            names |= dict.fromkeys(_inputs(part))
    return list(names)
