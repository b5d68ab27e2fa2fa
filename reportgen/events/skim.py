"""A look into a large record: does it hold anything that is wanted?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from google.protobuf.message import DecodeError

from reportgen.events.messages import message
from reportgen.events.wire import I64, LEN, VARINT, Field, fields, once

_KINDS = {4: "images", 5: "histograms", 6: "audio"}  # field of Summary.Value: what it becomes
_TENSOR = 8


def skim(
    view: memoryview, start: int, end: int, kinds: frozenset[str], plugins: Mapping[str, str]
) -> Any | None:  # noqa: ANN401
    """Tags and metadata of the record in view[start:end] if none of it is wanted, else None.

    Args:
        view: the file.
        start: of the payload; its checksum is not looked at.
        end: of the payload.
        kinds: of frame that are wanted.
        plugins: by tag, as earlier records named them.

    Returns:
        An Event of which only the summary's tags and metadata are filled; None also where the
        record is not plain enough to tell.
    """
    try:
        event = once(fields(view, start, end))
        if any(
            {1: I64, 2: VARINT, 5: LEN}.get(field.number) != field.kind for field in event.values()
        ):
            return None
        found = message("Event")()
        for field in fields(view, event[5].start, event[5].end):
            _value(view, field, kinds, plugins, found.summary.value.add())
    except (ValueError, KeyError, DecodeError):
        return None
    return found


def _value(
    view: memoryview,
    place: Field,
    kinds: frozenset[str],
    plugins: Mapping[str, str],
    value: Any,  # noqa: ANN401
) -> None:
    """Fills in a value's tag and metadata.

    Raises:
        ValueError, KeyError: it is wanted, or not plain enough to tell.
    """
    held = once(fields(view, place.start, place.end))
    (holder,) = held.keys() - {1, 9}
    if any(field.kind != LEN for field in (place, *held.values())) or place.number != 1:
        raise ValueError("no plain value")
    value.tag = bytes(view[held[1].start : held[1].end]).decode()
    if 9 in held:
        value.metadata.ParseFromString(bytes(view[held[9].start : held[9].end]))
    plugin = value.metadata.plugin_data.plugin_name or plugins.get(value.tag, "")
    if _possible(holder, plugin) & kinds:
        raise ValueError("wanted")


def _possible(holder: int, plugin: str) -> set[str]:
    """The kinds that a value may become, by its field and its tag's plugin."""
    if plugin == "hparams":
        return {"hparams", "metrics"}
    if holder == _TENSOR and plugin in _KINDS.values():
        return {plugin, "confusions", "tensors"}
    return {_KINDS[holder]}
