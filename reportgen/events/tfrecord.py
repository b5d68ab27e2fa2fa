"""TFRecord framing: a file into payloads, damage into a ledger.

A record is `u64 length | u32 masked CRC32C of the length | payload | u32 masked CRC32C of the
payload`, all little-endian (tensorboard/data/server/tf_record.rs describes the format).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import google_crc32c

_HEADER = struct.Struct("<QI")
_FOOTER = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class Damage:
    """Something wrong in a file.

    Attributes:
        offset: where, from the start of the file.
        kind: "truncated" (the file ends within a record), "payload" (its checksum is wrong, the
            record is skipped) or "header" (not a record: skipped to the next one that is).
        records: how many are known to be lost.
        bytes: how many were skipped.
    """

    offset: int
    kind: str
    records: int
    bytes: int


def masked_crc(data: bytes) -> int:
    """The checksum of TFRecord: CRC32C, rotated right by 15 bits, plus a constant."""
    crc = google_crc32c.value(data)
    return int(((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF)


def payloads(data: bytes, damage: list[Damage]) -> Iterator[tuple[int, bytes]]:
    """Yields offset and payload of each whole record; appends what is wrong to `damage`."""
    place = 0
    while place < len(data):
        size = _length(data, place)
        if size is None:
            if len(data) - place < _HEADER.size:
                damage.append(Damage(place, "truncated", 1, len(data) - place))
                return
            following = _next_record(data, place + 1)
            damage.append(Damage(place, "header", 1, following - place))
            place = following
            continue
        start = place + _HEADER.size
        end = start + size
        if end + _FOOTER.size > len(data):
            damage.append(Damage(place, "truncated", 1, len(data) - place))
            return
        payload = data[start:end]
        if masked_crc(payload) == _FOOTER.unpack_from(data, end)[0]:
            yield start, payload
        else:
            damage.append(Damage(place, "payload", 1, end + _FOOTER.size - place))
        place = end + _FOOTER.size


def _length(data: bytes, place: int) -> int | None:
    """The length in the header at `place`, or None where no valid header stands there."""
    if len(data) - place < _HEADER.size:
        return None
    size, crc = _HEADER.unpack_from(data, place)
    return size if masked_crc(data[place : place + 8]) == crc else None


def _next_record(data: bytes, place: int) -> int:
    """The first place from `place` on where a valid header stands, or the end of the file."""
    for candidate in range(place, len(data) - _HEADER.size + 1):
        if _length(data, candidate) is not None:
            return candidate
    return len(data)
