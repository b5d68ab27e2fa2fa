"""Messages of TensorBoard's plugins: hyperparameters, meshes, charts, graphs.

Each function returns rows as `reportgen.events.compat` does. If the columns of a row hold a tag,
it overrides the tag of the summary.
"""

from __future__ import annotations

from typing import Any

from reportgen.arrays import AnyArray
from reportgen.budget import Budget
from reportgen.events import graph
from reportgen.events.messages import message

Row = tuple[str, dict[str, Any]]

_STATUS = {1: "success", 2: "failure", 3: "running"}  # tensorboard/plugins/hparams/api.proto
_MESH_PARTS = {1: "vertices", 2: "faces", 3: "colors"}  # tensorboard/plugins/mesh/plugin_data.proto


def hparams(content: bytes) -> list[Row]:
    """Return hyperparameters, the metrics of the experiment, and the status of the session.

    Raises:
        DecodeError: the content is not such a message.
    """
    data = message("HParamsPluginData").FromString(content)
    rows: list[Row] = [
        ("metrics", {"tag": info.name.tag, "group": info.name.group})
        for info in data.experiment.metric_infos
    ]
    for name, value in sorted(data.session_start_info.hparams.items()):
        kind = value.WhichOneof("kind")
        if kind in ("bool_value", "number_value", "string_value"):
            rows.append(("hparams", {"name": name, "value": getattr(value, kind)}))
    if data.HasField("session_end_info"):
        rows.append(("status", {"status": _STATUS.get(data.session_end_info.status, "")}))
    return rows


def mesh(tag: str, tensor: AnyArray, content: bytes) -> list[Row]:
    """Return the vertices, faces or colours of a mesh, (batch, n, 3), as a row.

    Raises:
        ValueError: the shape is another one, or the metadata does not say what the tensor is.
        DecodeError: the content is not a message.
    """
    data = message("MeshPluginData").FromString(content)
    if tensor.ndim != 3 or tensor.shape[2] != 3 or data.content_type not in _MESH_PARTS:
        raise ValueError("not a tensor of a mesh")
    kind = _MESH_PARTS[data.content_type]
    columns = {"tag": data.name or tag, "part": kind, "tensor": tensor}
    return [("meshes", columns | {"config": data.json_config})]


def layout(encoded: bytes) -> list[Row]:
    """Return the charts of a custom_scalars layout. Raises DecodeError."""
    return [
        ("layouts", {"category": category.title, "title": chart.title} | _chart(chart))
        for category in message("Layout").FromString(encoded).category
        for chart in category.chart
    ]


def _chart(chart: Any) -> dict[str, Any]:  # noqa: ANN401
    bands = [(band.value, band.lower, band.upper) for band in chart.margin.series]
    if bands:
        return {"style": "margin", "tags": tuple(tag for tags in bands for tag in tags)}
    return {"style": "multiline", "tags": tuple(chart.multiline.tag)}


def model(plugin: str, encoded: bytes, budget: Budget) -> list[Row]:
    """Return the graphs of a plugin whose name starts with "graph".

    Raises:
        BudgetError: the names of the nodes take too much memory.
        ValueError, DecodeError: the bytes are not a graph.
    """
    if plugin == "graph_keras_model":
        nodes = graph.of_keras(encoded.decode("utf-8", "replace"))
        return [("graphs", {"format": "keras", "nodes": nodes})]
    return [
        ("graphs", {"format": "function", "nodes": nodes})
        for nodes in graph.of_run_metadata(encoded, budget)
    ]
