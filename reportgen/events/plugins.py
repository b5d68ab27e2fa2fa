"""What TensorBoard's plugins write in messages of their own: parameters, meshes, charts, graphs.

Each function gives rows as `reportgen.events.compat` does. A row's columns may hold a tag, which
then goes before the summary's.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from reportgen.events import graph
from reportgen.events.messages import message

Row = tuple[str, dict[str, Any]]

_STATUS = {1: "success", 2: "failure", 3: "running"}  # tensorboard/plugins/hparams/api.proto
_MESH_PARTS = {1: "vertices", 2: "faces", 3: "colors"}


def hparams(content: bytes) -> list[Row]:
    """Parameters, the metrics they are judged by, and the status. Raises DecodeError."""
    data = message("HParamsPluginData").FromString(content)
    found: list[Row] = [
        ("metrics", {"tag": info.name.tag, "group": info.name.group})
        for info in data.experiment.metric_infos
    ]
    for name, value in sorted(data.session_start_info.hparams.items()):
        kind = value.WhichOneof("kind")
        if kind in ("bool_value", "number_value", "string_value"):
            found.append(("hparams", {"name": name, "value": getattr(value, kind)}))
    if data.HasField("session_end_info"):
        found.append(("status", {"status": _STATUS.get(data.session_end_info.status, "")}))
    return found


def mesh(tag: str, tensor: np.ndarray[Any, Any], content: bytes) -> list[Row]:
    """One of a mesh's tensors, (batch, n, 3); the others come as values of their own.

    Raises:
        ValueError: it is of another shape, or what it means is not said.
        DecodeError: the content is no message.
    """
    data = message("MeshPluginData").FromString(content)
    if tensor.ndim != 3 or tensor.shape[2] != 3 or data.content_type not in _MESH_PARTS:
        raise ValueError("no part of a mesh")
    part = _MESH_PARTS[data.content_type]
    columns = {"tag": data.name or tag, "part": part, "tensor": tensor}
    return [("meshes", columns | {"config": data.json_config})]


def layout(encoded: bytes) -> list[Row]:
    """The charts of a custom_scalars layout. Raises DecodeError."""
    return [
        ("layouts", {"category": category.title, "title": chart.title} | _chart(chart))
        for category in message("Layout").FromString(encoded).category
        for chart in category.chart
    ]


def _chart(chart: Any) -> dict[str, Any]:  # noqa: ANN401
    series = [(one.value, one.lower, one.upper) for one in chart.margin.series]
    if series:
        return {"style": "margin", "tags": tuple(tag for tags in series for tag in tags)}
    return {"style": "multiline", "tags": tuple(chart.multiline.tag)}


def model(plugin: str, encoded: bytes) -> list[Row]:
    """The graphs of a plugin whose name starts with "graph".

    Raises:
        ValueError, DecodeError: it is none.
    """
    if plugin == "graph_keras_model":
        nodes = graph.of_keras(encoded.decode("utf-8", "replace"))
        return [("graphs", {"format": "keras", "nodes": nodes})]
    return [
        ("graphs", {"format": "function", "nodes": nodes})
        for nodes in graph.of_run_metadata(encoded)
    ]
