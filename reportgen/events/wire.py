"""The wire format of protobuf: the places of a message's fields, without decoding them."""

from __future__ import annotations

from typing import NamedTuple

VARINT, I64, LEN, I32 = 0, 1, 2, 5
_SIZES = {I64: 8, I32: 4}


class Field(NamedTuple):
    """The place of a field.

    Attributes:
        number: of the field in its message.
        kind: its wire type: VARINT, I64, LEN or I32.
        start, end: of its value; for LEN of the content, without the length before it.
    """

    number: int
    kind: int
    start: int
    end: int


def fields(data: bytes | memoryview, start: int, end: int) -> list[Field]:
    """Return the fields of the message in data[start:end], in order.

    Raises:
        ValueError: it is not a message, or has groups or field numbers above 15.
    """
    places = []
    while start < end:
        key = data[start]
        number, kind = key >> 3, key & 7
        start += 1
        if kind == VARINT:
            _, stop = varint(data, start, end)
        elif kind == LEN:
            size, start = varint(data, start, end)
            stop = start + size
        elif kind in _SIZES:
            stop = start + _SIZES[kind]
        else:
            raise ValueError(f"wire type {kind}")
        if stop > end or key > 0x7F or not number:
            raise ValueError(f"field {number}")
        places.append(Field(number, kind, start, stop))
        start = stop
    return places


def varint(data: bytes | memoryview, start: int, end: int) -> tuple[int, int]:
    """Return the unsigned value of a varint, and where it ends.

    Raises:
        ValueError: it does not end within data[start:end] and 10 bytes, or exceeds 64 bits.
    """
    value = 0
    for place in range(start, min(end, start + 10)):
        byte = data[place]
        value |= (byte & 0x7F) << 7 * (place - start)
        if byte < 0x80:
            if value >> 64:
                break
            return value, place + 1
    raise ValueError("varint")


def by_number(places: list[Field]) -> dict[int, Field]:
    """Return the fields by their number.

    Raises:
        ValueError: a field is repeated.
    """
    numbered = {field.number: field for field in places}
    if len(numbered) < len(places):
        raise ValueError("repeated field")
    return numbered
