"""Masked CRC32C, TFRecord's checksum: of a single message in C, of many of one length in numpy.

CRC32C is affine over GF(2): the checksum of a message is that of as many zero bytes, XOR one
32-bit word for each byte, which depends only on the byte and on how many bytes follow it. So
a table by byte and distance from the end gives the checksums of many messages column by column.
Two neighbouring bytes share a table of 65,536 words, which halves the number of look-ups.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

import google_crc32c
import numpy as np
from numpy.typing import NDArray

from reportgen.arrays import ByteArray

Words = NDArray[np.uint32]
# Bytes of one or two neighbouring columns (n,), uint8 or uint16, and how many bytes follow them.
Column = tuple[ByteArray | NDArray[np.uint16], int]

_POLYNOMIAL = 0x82F63B78  # Castagnoli's, bits reversed
# Added by TFRecord's mask: a CRC of data that contains its own CRC is a weak checksum.
_MASK_DELTA = 0xA282EAD8


def masked(data: bytes | memoryview) -> int:
    """Return the checksum of a message: CRC32C, rotated right by 15 bits, plus a constant."""
    crc = google_crc32c.value(bytes(data))
    return int(((crc >> 15 | crc << 17) + _MASK_DELTA) & 0xFFFFFFFF)


def unmasked(message: bytes) -> int:
    """Return the CRC32C of a message without the mask, as `combined` takes it."""
    return int(google_crc32c.value(message))


def mask(crc: Words) -> Words:
    """Mask checksums in place, as `masked` does."""
    left = crc << np.uint32(17)
    crc >>= np.uint32(15)
    crc |= left
    crc += np.uint32(_MASK_DELTA)
    return crc


def combined(start: int, columns: Iterable[Column], count: int) -> Words:
    """Return the CRC32C of `count` messages that differ in a few columns only.

    Args:
        start: CRC32C of the bytes that all messages share, with zeros in these columns.
        columns: the bytes that differ; see `Column`.
        count: number of messages.

    Returns:
        (count,) uint32.
    """
    crc = np.full(count, start, np.uint32)
    for column, following in columns:
        table = _pairs(following) if column.dtype.itemsize == 2 else _bytes(following)
        # An index of uint8 or uint16 is always within the table: "wrap" avoids the check.
        crc ^= table.take(column, mode="wrap")
    return crc


@cache
def length_checksums() -> Words:
    """Return the masked checksum of every length below 65,536 in a record's header, (65536,)."""
    lengths = np.arange(1 << 16, dtype=np.uint16)
    return mask(combined(unmasked(bytes(8)), [(lengths, 6)], len(lengths)))


@lru_cache(maxsize=1024)  # tables of a kilobyte
def _bytes(following: int) -> Words:
    """Return what a byte adds to the checksum if `following` bytes come after it, (256,)."""
    if following:
        before = _bytes_up_to(following)
        result: Words = (before >> np.uint32(8)) ^ _bytes(0)[before & np.uint32(0xFF)]
        return result
    word = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        word = (word >> np.uint32(1)) ^ np.where(word & np.uint32(1), _POLYNOMIAL, 0).astype("u4")
    return word


def _bytes_up_to(following: int) -> Words:
    """Return the table one byte nearer to the end; fill the cache without deep recursion."""
    for distance in range(following - 1):
        _bytes(distance)
    return _bytes(following - 1)


@lru_cache(maxsize=96)  # tables of a quarter of a megabyte
def _pairs(following: int) -> Words:
    """Return what two bytes, read as a little-endian uint16, add to the checksum, (65536,)."""
    first, second = _bytes(following + 1), _bytes(following)
    return np.bitwise_xor.outer(second, first).reshape(-1)
