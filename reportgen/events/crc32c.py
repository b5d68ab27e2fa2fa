"""Masked CRC32C, TFRecord's checksum: of one message in C, of many of equal length in numpy.

CRC32C is affine over GF(2): the checksum of a message is that of as many zero bytes, XOR one
32-bit word for each byte, which depends only on the byte and on how many bytes follow it. So a
table by byte and distance from the end gives the checksums of many messages column by column.
Two neighbouring bytes share one table of 65,536 words: half as many look-ups.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

import google_crc32c
import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]
# Bytes of one or two neighbouring columns (n,), uint8 or uint16, and how many bytes follow them.
Column = tuple[NDArray[np.uint8] | NDArray[np.uint16], int]

_POLYNOMIAL = 0x82F63B78  # Castagnoli's, bits reversed
_ADDED = 0xA282EAD8  # by the mask, so that checksums of data that holds checksums stay good


def masked(data: bytes | memoryview) -> int:
    """The checksum of one message: CRC32C, rotated right by 15 bits, plus a constant."""
    crc = google_crc32c.value(bytes(data))
    return int(((crc >> 15 | crc << 17) + _ADDED) & 0xFFFFFFFF)


def unmasked(message: bytes) -> int:
    """CRC32C of one message, as `combined` wants it."""
    return int(google_crc32c.value(message))


def mask(crc: Words) -> Words:
    """`masked` of checksums, in place."""
    left = crc << np.uint32(17)
    crc >>= np.uint32(15)
    crc |= left
    crc += np.uint32(_ADDED)
    return crc


def combined(start: int, columns: Iterable[Column], count: int) -> Words:
    """CRC32C of `count` messages that differ in a few columns only.

    Args:
        start: CRC32C of a message as they are, with zero bytes in these columns.
        columns: what stands there; see `Column`.
        count: how many messages.

    Returns:
        (count,) uint32.
    """
    crc = np.full(count, start, np.uint32)
    for column, following in columns:
        table = _pairs(following) if column.dtype.itemsize == 2 else _bytes(following)
        # An index of uint8 or uint16 is never out of the table: "wrap" spares the check.
        crc ^= table.take(column, mode="wrap")
    return crc


@cache
def of_lengths() -> Words:
    """Masked checksums of every length below 65,536 as a record's header has it, (65536,)."""
    lengths = np.arange(1 << 16, dtype=np.uint16)
    return mask(combined(unmasked(bytes(8)), [(lengths, 6)], len(lengths)))


@lru_cache(maxsize=1024)  # a kilobyte each
def _bytes(following: int) -> Words:
    """What a byte adds to the checksum when so many bytes follow it, (256,)."""
    if following:
        before = _bytes_up_to(following)
        result: Words = (before >> np.uint32(8)) ^ _bytes(0)[before & np.uint32(0xFF)]
        return result
    word = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        word = (word >> np.uint32(1)) ^ np.where(word & np.uint32(1), _POLYNOMIAL, 0).astype("u4")
    return word


def _bytes_up_to(following: int) -> Words:
    """The table one byte nearer to the end; fills the cache from there, without deep recursion."""
    for distance in range(following - 1):
        _bytes(distance)
    return _bytes(following - 1)


@lru_cache(maxsize=96)  # a quarter of a megabyte each
def _pairs(following: int) -> Words:
    """What two bytes, read as a little-endian uint16, add to the checksum, (65536,)."""
    first, second = _bytes(following + 1), _bytes(following)
    return np.bitwise_xor.outer(second, first).reshape(-1)
