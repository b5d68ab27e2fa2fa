"""A quick look into a large record: does it hold anything that is wanted?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from google.protobuf.message import DecodeError

from reportgen.events.messages import message
from reportgen.events.wire import I64, LEN, VARINT, Field, by_number, fields

_KINDS = {4: "images", 5: "histograms", 6: "audio"}  # kind by field of Summary.Value
_TENSOR = 8


class _NotSkippableError(ValueError):
    """The record is wanted, or too unusual to decide."""


def skim(
    view: memoryview, start: int, end: int, kinds: frozenset[str], plugins: Mapping[str, str]
) -> Any | None:  # noqa: ANN401
    """Return tags and metadata of the record in view[start:end] if it can be skipped, else None.

    Args:
        view: the file.
        start: of the payload; its checksum is not checked.
        end: of the payload.
        kinds: of frame that are wanted.
        plugins: by tag, as earlier records named them.

    Returns:
        An Event with only the tags and metadata of its summary; None if the record holds
        something that is wanted, or is too unusual to decide.
    """
    try:
        places = by_number(fields(view, start, end))
        if any(
            {1: I64, 2: VARINT, 5: LEN}.get(field.number) != field.kind for field in places.values()
        ):
            return None
        event = message("Event")()
        for field in fields(view, places[5].start, places[5].end):
            _fill_value(view, field, kinds, plugins, event.summary.value.add())
    except (ValueError, KeyError, DecodeError):
        return None
    return event


def _fill_value(
    view: memoryview,
    place: Field,
    kinds: frozenset[str],
    plugins: Mapping[str, str],
    value: Any,  # noqa: ANN401
) -> None:
    """Fill in the tag and metadata of a value.

    Raises:
        ValueError, KeyError: the value is wanted, or too unusual to decide.
    """
    places = by_number(fields(view, place.start, place.end))
    (content,) = places.keys() - {1, 9}
    if any(field.kind != LEN for field in (place, *places.values())) or place.number != 1:
        raise _NotSkippableError
    value.tag = bytes(view[places[1].start : places[1].end]).decode()
    if 9 in places:
        value.metadata.ParseFromString(bytes(view[places[9].start : places[9].end]))
    plugin = value.metadata.plugin_data.plugin_name or plugins.get(value.tag, "")
    if _possible_kinds(content, plugin) & kinds:
        raise _NotSkippableError


def _possible_kinds(content: int, plugin: str) -> set[str]:
    """Return the kinds that a value may become, by its field and its tag's plugin."""
    if plugin == "hparams":
        return {"hparams", "metrics"}
    if content == _TENSOR and plugin in _KINDS.values():
        return {plugin, "confusions", "tensors"}
    return {_KINDS[content]}
