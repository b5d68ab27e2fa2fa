"""Columns of every kind but scalars as JSON and bodies of a cache's entry, and back.

What a column holds is known by its kind and name, so that an entry cannot hold anything else. A
kind that is not listed here is not cached, and neither is its file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from reportgen.arrays import AnyArray
from reportgen.cache.cells import UnknownCellError, checked_list, decoded_array, encoded_array
from reportgen.cache.container import DamagedError
from reportgen.cache.store import Buffer
from reportgen.columns import Columns
from reportgen.events.blob import Blob
from reportgen.events.graph import Node

_PLAIN: Mapping[str, tuple[type, ...]] = MappingProxyType(
    {"text": (str,), "integer": (int,), "number": (float,), "value": (bool, float, str)}
)
_PLACE = {"tag": "text", "step": "integer", "wall_time": "number"}
_BINS = dict.fromkeys(("left", "right", "count"), "vector")
_MOMENTS = dict.fromkeys(("min", "max", "num", "sum", "sum_squares"), "number")
_RATES = ("thresholds", "tp", "fp", "tn", "fn", "precision", "recall")
_PICTURE = {"index": "integer", "width": "integer", "height": "integer", "format": "text"}
_LAYOUT = {"category": "text", "title": "text", "style": "text", "tags": "names"}
COLUMN_TYPES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        kind: _PLACE | columns
        for kind, columns in {
            "audio": {"index": "integer", "sample_rate": "number", "label": "text", "blob": "blob"},
            "confusions": {"matrix": "matrix"},
            "curves": dict.fromkeys(_RATES, "vector"),
            "graphs": {"format": "text", "nodes": "nodes"},
            "histograms": _BINS | _MOMENTS,
            "hparams": {"name": "text", "value": "value"},
            "images": _PICTURE | {"blob": "blob"},
            "layouts": _LAYOUT,
            "meshes": {"config": "text", "part": "text", "tensor": "tensor"},
            "metrics": {"group": "text"},
            "status": {"status": "text"},
            "tensors": {"plugin": "text", "tensor": "tensor"},
            "texts": {"text": "texts"},
        }.items()
    }
)


def encoded(kind: str, columns: Columns, bodies: list[Buffer]) -> dict[str, list[Any]]:
    """Return the columns of a kind as JSON, adding to the bodies.

    Raises:
        UnknownCellError: they are not as this module knows them.
    """
    types = COLUMN_TYPES.get(kind)
    if types is None or types.keys() != columns.keys():
        raise UnknownCellError(kind)
    return {name: _encoded(types[name], cells, bodies) for name, cells in columns.items()}


def decoded(
    kind: str, content: object, bodies: Iterator[memoryview], path: str, size: int
) -> Columns:
    """Return the columns that `encoded` took.

    Args:
        kind: of the columns.
        content: what `encoded` returned.
        bodies: of the entry, from the first of these columns on.
        path: of the event file.
        size: of the event file, in bytes.

    Raises:
        DamagedError: there cannot be such columns.
    """
    types = COLUMN_TYPES.get(kind)
    if types is None or not isinstance(content, dict) or content.keys() != types.keys():
        raise DamagedError("another kind")
    columns = {
        name: _decoded(types[name], cells, bodies, path, size) for name, cells in content.items()
    }
    if len({len(cells) for cells in columns.values()}) != 1:
        raise DamagedError("columns of several lengths")
    return columns


def _encoded(column_type: str, cells: list[Any], bodies: list[Buffer]) -> list[Any]:
    if column_type in _PLAIN:
        if not {type(cell) for cell in cells} <= {*_PLAIN[column_type]}:
            raise UnknownCellError(column_type)
        return cells
    if column_type == "blob":
        return [[blob.offset, blob.size] for blob in cells]
    if column_type in ("names", "nodes"):
        return [list(cell) for cell in cells]
    return [encoded_array(cell, bodies) for cell in cells]


def _decoded(
    column_type: str, content: object, bodies: Iterator[memoryview], path: str, size: int
) -> list[Any]:
    if column_type in _PLAIN:
        return checked_list(content, *_PLAIN[column_type])
    cells = checked_list(content, list)
    if column_type == "blob":
        return [_blob(cell, path, size) for cell in cells]
    if column_type == "names":
        return [tuple(checked_list(cell, str)) for cell in cells]
    if column_type == "nodes":
        return [tuple(map(_node, checked_list(cell, list))) for cell in cells]
    return [_checked(column_type, decoded_array(cell, bodies)) for cell in cells]


def _blob(cell: list[Any], path: str, size: int) -> Blob:
    place = checked_list(cell, int)
    if len(place) != 2 or min(place) < 0 or sum(place) > size:
        raise DamagedError("not a place in the file")
    return Blob(path, *place)


def _node(cell: list[Any]) -> Node:
    if len(cell) != 3 or type(cell[0]) is not str or type(cell[1]) is not str:
        raise DamagedError("not a node")
    return Node(cell[0], cell[1], tuple(checked_list(cell[2], str)))


def _checked(column_type: str, array: AnyArray) -> AnyArray:
    """Return an array if it is what a column of this type holds."""
    dimensions = {"vector": 1, "matrix": 2}.get(column_type)
    if dimensions is not None and (array.ndim != dimensions or array.dtype != float):
        raise DamagedError("not such numbers")
    if column_type == "texts" and array.dtype != object:
        raise DamagedError("not texts")
    return array
