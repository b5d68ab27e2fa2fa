"""What tells a file from every other, and from itself after a change."""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass
from pathlib import Path

_BLOCK = 1 << 14  # bytes at the end of a file whose checksum counts


@dataclass(frozen=True, slots=True)
class Identity:
    """A file as it was at one moment.

    Attributes:
        path: absolute.
        size: in bytes.
        changed: in nanoseconds since the epoch.
        device, inode: of the file; a replaced file has another inode.
        checksum: CRC-32 of its last block.
    """

    path: str
    size: int
    changed: int
    device: int
    inode: int
    checksum: int


def identity(path: Path) -> Identity | None:
    """Return the identity of a file; None where it cannot be read."""
    try:
        with path.open("rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            file.seek(max(0, status.st_size - _BLOCK))
            checksum = zlib.crc32(file.read(_BLOCK))
    except OSError:
        return None
    place = (status.st_dev, status.st_ino)
    return Identity(str(path.absolute()), status.st_size, status.st_mtime_ns, *place, checksum)
