"""Translate the summaries of all writers (TensorFlow 1 and 2, torch, ...) into one form.

A summary becomes rows: (kind, columns of the frame of that kind except for run, tag, step and
wall_time). Kinds and columns are those of `reportgen.frames.experiment.COLUMNS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from reportgen.arrays import AnyArray, FloatArray
from reportgen.budget import Budget
from reportgen.events import plugins
from reportgen.events.blob import Blob
from reportgen.events.tensor import array
from reportgen.events.wire import fields

Row = tuple[str, dict[str, Any]]
# Returns the place in the file of encoded bytes of the current record.
Locate = Callable[[bytes], Blob]

_MAX_COUNT = 1e300  # larger than any count of a log, and the sum of very many is finite

_MAGIC = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif"}
# Writers mark a confusion matrix by nothing but the tag of its tensor.
_CONFUSION = re.compile(r"confusion|conf_?mat|(?:^|[^a-z])cm(?:$|[^a-z])", re.IGNORECASE)


class InvalidValueError(ValueError):
    """Numbers cannot be what they stand for; the message follows "histogram whose"."""


def rows(  # noqa: PLR0911  # a return for each kind
    value: Any,  # noqa: ANN401
    plugin: str,
    content: bytes,
    locate: Locate,
    budget: Budget,
) -> list[Row]:
    """Return the rows of a Summary.Value; none if it is not understood.

    Args:
        value: a Summary.Value.
        plugin: named by the metadata of the tag, or "".
        content: the metadata of that plugin.
        locate: returns the place of encoded bytes of this record in the file.
        budget: of memory, of the file.

    Raises:
        BudgetError: the value would take too much memory.
        ValueError: a tensor cannot be decoded.
    """
    field = value.WhichOneof("value")
    if plugin == "hparams":
        return plugins.hparams(content)
    if field == "simple_value":
        return [("scalars", {"value": float(value.simple_value)})]
    if field == "histo":
        return [("histograms", _histogram(value.histo))]
    if field == "image":
        image = value.image
        return [_image(0, image.width, image.height, image.encoded_image_string, locate)]
    if field == "audio":
        blob = locate(value.audio.encoded_audio_string)
        rate = float(value.audio.sample_rate)
        return [("audio", {"index": 0, "sample_rate": rate, "label": "", "blob": blob})]
    if field == "tensor":
        tensor = array(value.tensor, budget)
        if tensor.dtype == object:
            return _strings(tensor, plugin, locate, budget)
        return _numbers(value.tag, tensor, plugin, content)
    return []


def _numbers(  # noqa: PLR0911  # a return for each kind
    tag: str, tensor: AnyArray, plugin: str, content: bytes
) -> list[Row]:
    """Return the rows of a numeric tensor."""
    if tensor.dtype.kind == "c":
        return [("tensors", {"plugin": plugin, "tensor": tensor})]
    if plugin in ("", "scalars") and tensor.size == 1 and tensor.ndim <= 1:
        return [("scalars", {"value": float(tensor.reshape(-1)[0])})]
    if plugin == "histograms" and tensor.ndim == 2 and tensor.shape[1] == 3:
        left, right, count = tensor.astype("f8").T
        return [("histograms", _bins(left, right, count))]
    if plugin == "pr_curves" and tensor.ndim == 2 and tensor.shape[0] >= 6:
        return [("curves", _curve(tensor.astype("f8")))]
    if plugin == "mesh":
        return plugins.mesh(tag, tensor, content)
    if _is_confusion(tag, tensor):
        return [("confusions", {"matrix": tensor.astype("f8")})]
    return [("tensors", {"plugin": plugin, "tensor": tensor})]


def _strings(tensor: AnyArray, plugin: str, locate: Locate, budget: Budget) -> list[Row]:
    """Return the rows of a tensor of bytes."""
    if plugin == "images" and tensor.ndim == 1 and tensor.size >= 2:
        width, height, *encoded = tensor
        size = (_whole(width), _whole(height))
        return [_image(index, *size, data, locate) for index, data in enumerate(encoded)]
    if plugin == "audio" and tensor.ndim == 2 and tensor.shape[1] == 2:
        return [_sound(index, data, label, locate) for index, (data, label) in enumerate(tensor)]
    if plugin == "custom_scalars" and tensor.size == 1:
        return plugins.layout(tensor.item())
    if plugin.startswith("graph") and tensor.size == 1:
        return plugins.model(plugin, tensor.item(), budget)
    if plugin in ("", "text"):
        return [("texts", {"text": np.vectorize(_text, otypes=[object])(tensor)})]
    return [("tensors", {"plugin": plugin, "tensor": tensor})]


def _sound(index: int, data: bytes, label: bytes, locate: Locate) -> Row:
    columns = {"index": index, "sample_rate": float("nan"), "label": _text(label)}
    return ("audio", columns | {"blob": locate(data)})


def _is_confusion(tag: str, tensor: AnyArray) -> bool:
    square = tensor.ndim == 2 and tensor.shape[0] == tensor.shape[1] >= 2
    return bool(square and _CONFUSION.search(tag) and np.all(np.isfinite(tensor) & (tensor >= 0)))


def _histogram(histo: Any) -> dict[str, Any]:  # noqa: ANN401
    """Translate a HistogramProto: it has right edges, and the first left edge is the minimum."""
    right, count = _packed_bins(histo)
    size = min(len(right), len(count))
    right, count = right[:size], count[:size]
    left = np.concatenate([[min(histo.min, right[0])], right[:-1]]) if size else right
    exact = ("min", "max", "num", "sum", "sum_squares")
    return _bins(left, right, count) | {name: float(getattr(histo, name)) for name in exact}


def _packed_bins(histo: Any) -> tuple[FloatArray, FloatArray]:  # noqa: ANN401
    """Return bucket_limit and bucket from their packed bytes, without a Python float a number."""
    packed = histo.SerializeToString()
    try:
        places = {field.number: field for field in fields(packed, 0, len(packed))}
    except ValueError:  # it has fields that are not in the schema
        return np.array(histo.bucket_limit, "f8"), np.array(histo.bucket, "f8")
    right, count = (
        np.frombuffer(
            packed[places[number].start : places[number].end] if number in places else b""
        )
        for number in (6, 7)
    )
    return right, count


def _bins(left: AnyArray, right: AnyArray, count: AnyArray) -> dict[str, Any]:
    """Return the columns of a histogram; raise InvalidValueError if its bins cannot be."""
    if not _are_counts(count):
        raise InvalidValueError("counts are negative, not finite or too large")
    in_order = (left <= right).all() and (right[:-1] <= right[1:]).all()
    if not in_order or not np.isfinite(left).all() or not np.isfinite(right).all():
        raise InvalidValueError("bins are not finite or not in order")
    unknown = dict.fromkeys(("min", "max", "sum", "sum_squares"), float("nan"))
    with np.errstate(over="ignore", invalid="ignore"):  # counts may be any numbers
        num = float(count.sum())
    return {"left": left, "right": right, "count": count, "num": num} | unknown


def _are_counts(count: AnyArray) -> bool:
    """Return whether numbers may be counts whose sums are finite."""
    return bool(((count >= 0) & (count <= _MAX_COUNT)).all())


def _curve(tensor: FloatArray) -> dict[str, Any]:
    """Name the rows of a tensor as tensorboard/plugins/pr_curve/summary.py writes them."""
    if not _are_counts(tensor[:4]):
        raise InvalidValueError("counts are negative, not finite or too large")
    names = ("tp", "fp", "tn", "fn", "precision", "recall")
    thresholds = np.linspace(0, 1, tensor.shape[1])
    return {"thresholds": thresholds} | dict(zip(names, tensor[:6], strict=True))


def _image(index: int, width: int, height: int, data: bytes, locate: Locate) -> Row:
    formats = (name for magic, name in _MAGIC.items() if data.startswith(magic))
    columns = {"index": index, "width": width, "height": height, "format": next(formats, "")}
    return ("images", columns | {"blob": locate(data)})


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _whole(data: bytes) -> int:
    return int(data) if data.isdigit() and len(data) < 10 else 0
