"""The layout of a scalar event, learned from one record and then checked against many.

Writers log the same event again and again: only the wall time, the step, the tags and the numbers
differ. Where all other bytes of two records are equal, protobuf decodes both alike; so one record
that is decoded with care decodes all that agree with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from google.protobuf.message import DecodeError, Message

from reportgen.events.messages import message
from reportgen.events.wire import I32, I64, LEN, VARINT, Field, by_number, fields, varint

# dtype in tensorflow/core/framework/types.proto, and field of TensorProto: dtype of the number.
_TENSORS = {(1, 4): "<f4", (2, 4): "<f8", (1, 5): "<f4", (2, 6): "<f8"}


@dataclass(frozen=True, slots=True)
class Value:
    """The places of the tag and the number of one value of the event.

    Attributes:
        tag: offset and size in bytes.
        number: offset.
        dtype: of the number.
        tensor: whether it is a tensor, which the tag's plugin may make another kind.
        named: whether its metadata names the plugin, which is "scalars" then.
    """

    tag: tuple[int, int]
    number: int
    dtype: str
    tensor: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Offsets in a payload of `len(fixed)` bytes.

    Attributes:
        wall_time: offset; -1 if the wall time is not logged and counts as 0.
        step: offset and size of its varint; size 0 if the step is not logged and counts as 0.
        values: at least one.
        fixed: a mask of the bits in which all records of this layout agree.
        sample: the payload from which it was learned, & fixed.
    """

    wall_time: int
    step: tuple[int, int]
    values: tuple[Value, ...]
    fixed: bytes
    sample: bytes


def learn(payload: bytes) -> Layout | None:
    """Return the layout of a record, or None if it is not an event of plain scalars alone."""
    try:
        event = by_number(fields(payload, 0, len(payload)))
        _require(event, {1: I64, 2: VARINT, 5: LEN})
        summary = fields(payload, event[5].start, event[5].end)
        values = tuple(_learn_value(payload, field) for field in summary)
        message("Event").FromString(payload)
    except (ValueError, KeyError, DecodeError):
        return None
    if not values:
        return None
    step = event.get(2)
    step_span = (step.start, step.end - step.start) if step else (0, 0)
    wall_time = event[1].start if 1 in event else -1
    fixed = _fixed_bits(len(payload), wall_time, step_span, values)
    sample = bytes(byte & bits for byte, bits in zip(payload, fixed, strict=True))
    return Layout(wall_time, step_span, values, fixed, sample)


def _learn_value(payload: bytes, field: Field) -> Value:
    """Return the places in a Summary.Value.

    Raises:
        KeyError, ValueError: it is not a scalar of a plain form.
    """
    _require({field.number: field}, {1: LEN})
    places = by_number(fields(payload, field.start, field.end))
    _require(places, {1: LEN, 2: I32, 8: LEN, 9: LEN})
    if (2 in places) == (8 in places):
        raise ValueError("not exactly one number")
    number, dtype = (places[2].start, "<f4") if 2 in places else _tensor(payload, places[8])
    plugin = ""
    if 9 in places:
        metadata = message("SummaryMetadata").FromString(payload[places[9].start : places[9].end])
        plugin = _scalar_plugin(metadata)
    tag = (places[1].start, places[1].end - places[1].start)
    if not tag[1]:
        raise ValueError("empty tag")
    return Value(tag, number, dtype, tensor=8 in places, named=bool(plugin))


def _scalar_plugin(metadata: Message) -> str:
    """Return "scalars" or ""; raise ValueError if the metadata names another plugin."""
    plugin = str(getattr(metadata, "plugin_data").plugin_name)  # noqa: B009
    if plugin not in ("", "scalars"):
        raise ValueError(plugin)
    return plugin


def _tensor(payload: bytes, field: Field) -> tuple[int, str]:
    """Return offset and dtype of the number of a tensor of rank 0, or of rank 1 and size 1."""
    places = by_number(fields(payload, field.start, field.end))
    _require(places, {1: VARINT, 2: LEN, 3: VARINT, 4: LEN, 5: LEN, 6: LEN})
    shape = payload[places[2].start : places[2].end] if 2 in places else b""
    if shape not in (b"", b"\x12\x02\x08\x01"):  # no dim, or a single dim {size: 1}
        raise ValueError("shape")
    (content,) = places.keys() & {4, 5, 6}
    dtype = _TENSORS[varint(payload, places[1].start, places[1].end)[0], content]
    number = places[content]
    if number.end - number.start != int(dtype[-1]):
        raise ValueError("size")
    return number.start, dtype


def _require(places: dict[int, Field], kinds: dict[int, int]) -> None:
    """Raise ValueError if a field is not among `kinds`, or has another wire type."""
    if any(kinds.get(field.number) != field.kind for field in places.values()):
        raise ValueError("unexpected field")


def _fixed_bits(
    size: int, wall_time: int, step: tuple[int, int], values: tuple[Value, ...]
) -> bytes:
    """Return the mask of a layout: ones but for wall time, step, tags and numbers."""
    fixed = bytearray(b"\xff" * size)
    if wall_time >= 0:
        fixed[wall_time : wall_time + 8] = bytes(8)
    start, length = step
    # The tenth byte of a varint has a single bit; protobuf refuses one with more bits set.
    for place in range(start, start + min(length, 9)):
        fixed[place] = 0x80
    for value in values:
        fixed[value.tag[0] : sum(value.tag)] = bytes(value.tag[1])
        width = int(value.dtype[-1])
        fixed[value.number : value.number + width] = bytes(width)
    return bytes(fixed)
