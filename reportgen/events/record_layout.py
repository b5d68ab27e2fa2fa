"""The layout of a scalar event, learned from one record and then checked against many.

Writers log the same event again and again: of its bytes only the wall time, the step, the tags
and the numbers differ. Where all other bytes of two records are the same, so is what protobuf
would make of them; so one record, decoded with care, decodes all that agree with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from google.protobuf.message import DecodeError, Message

from reportgen.events.messages import message
from reportgen.events.wire import I32, I64, LEN, VARINT, Field, fields, once, varint

# dtype in tensorflow/core/framework/types.proto, and field of TensorProto: dtype of the number.
_TENSORS = {(1, 4): "<f4", (2, 4): "<f8", (1, 5): "<f4", (2, 6): "<f8"}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the event: where its tag and its number stand.

    Attributes:
        tag: offset and size in bytes.
        number: offset.
        dtype: of the number.
        tensor: whether it is a tensor, which the tag's plugin may make something else.
        named: whether its metadata names the plugin (then it is "scalars").
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
        wall_time: offset; -1: not logged, 0.
        step: offset and size of its varint; size 0: not logged, 0.
        values: at least one.
        fixed: by byte, the bits in which all records of this layout agree.
        sample: the payload it was learned from, & fixed.
    """

    wall_time: int
    step: tuple[int, int]
    values: tuple[Value, ...]
    fixed: bytes
    sample: bytes


def learn(payload: bytes) -> Layout | None:
    """The layout of a record, or None where it holds anything but scalars, written plainly."""
    try:
        event = once(fields(payload, 0, len(payload)))
        _require(event, {1: I64, 2: VARINT, 5: LEN})
        summary = fields(payload, event[5].start, event[5].end)
        values = tuple(_value(payload, field) for field in summary)
        message("Event").FromString(payload)
    except (ValueError, KeyError, DecodeError):
        return None
    if not values:
        return None
    step = event.get(2)
    span = (step.start, step.end - step.start) if step else (0, 0)
    wall_time = event[1].start if 1 in event else -1
    fixed = _fixed(len(payload), wall_time, span, values)
    sample = bytes(byte & bits for byte, bits in zip(payload, fixed, strict=True))
    return Layout(wall_time, span, values, fixed, sample)


def _value(payload: bytes, field: Field) -> Value:
    """Raises KeyError or ValueError where it is no scalar of a plain form."""
    _require({field.number: field}, {1: LEN})
    found = once(fields(payload, field.start, field.end))
    _require(found, {1: LEN, 2: I32, 8: LEN, 9: LEN})
    if (2 in found) == (8 in found):
        raise ValueError("not one number")
    number, dtype = (found[2].start, "<f4") if 2 in found else _tensor(payload, found[8])
    plugin = ""
    if 9 in found:
        metadata = message("SummaryMetadata").FromString(payload[found[9].start : found[9].end])
        plugin = _scalar_plugin(metadata)
    tag = (found[1].start, found[1].end - found[1].start)
    if not tag[1]:
        raise ValueError("empty tag")
    return Value(tag, number, dtype, tensor=8 in found, named=bool(plugin))


def _scalar_plugin(metadata: Message) -> str:
    plugin = str(getattr(metadata, "plugin_data").plugin_name)  # noqa: B009
    if plugin not in ("", "scalars"):
        raise ValueError(plugin)
    return plugin


def _tensor(payload: bytes, field: Field) -> tuple[int, str]:
    """Offset and dtype of the one number of a tensor of rank 0, or of rank 1 and size 1."""
    found = once(fields(payload, field.start, field.end))
    _require(found, {1: VARINT, 2: LEN, 3: VARINT, 4: LEN, 5: LEN, 6: LEN})
    shape = payload[found[2].start : found[2].end] if 2 in found else b""
    if shape not in (b"", b"\x12\x02\x08\x01"):  # one dim {size: 1}
        raise ValueError("shape")
    (holder,) = found.keys() & {4, 5, 6}
    dtype = _TENSORS[varint(payload, found[1].start, found[1].end)[0], holder]
    number = found[holder]
    if number.end - number.start != int(dtype[-1]):
        raise ValueError("size")
    return number.start, dtype


def _require(found: dict[int, Field], kinds: dict[int, int]) -> None:
    if any(kinds.get(field.number) != field.kind for field in found.values()):
        raise ValueError("unexpected field")


def _fixed(size: int, wall_time: int, step: tuple[int, int], values: tuple[Value, ...]) -> bytes:
    fixed = bytearray(b"\xff" * size)
    if wall_time >= 0:
        fixed[wall_time : wall_time + 8] = bytes(8)
    start, length = step
    # A varint of ten bytes has one bit in its last; with more set protobuf refuses it.
    for place in range(start, start + min(length, 9)):
        fixed[place] = 0x80
    for value in values:
        fixed[value.tag[0] : sum(value.tag)] = bytes(value.tag[1])
        width = int(value.dtype[-1])
        fixed[value.number : value.number + width] = bytes(width)
    return bytes(fixed)
