"""The bytes of a file, copied into memory in order while they are needed.

A mapped file that another program truncates kills the process that reads it (SIGBUS). A copy cannot
be truncated. It is as fast as a map, because the copied pages are large and are freed as soon as
they have been decoded.
"""

from __future__ import annotations

import mmap
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Self

import numpy as np

from reportgen.arrays import ByteArray

LOAD_SIZE = 1 << 21  # bytes that are read at once
# Reserves addresses, not memory, for the file. Python names the flag from 3.13 on; this is Linux'.
_NO_RESERVE = getattr(mmap, "MAP_NORESERVE", 0x4000 if sys.platform == "linux" else 0)


class FileBytes:
    """A file that is read from front to back.

    Args:
        path: the file.
        start: the first byte that is needed, from the start of the file.

    Attributes:
        data: as many bytes as the file has; those that are not loaded, or released, are 0.
        size: how many bytes the file has; fewer than `data` if it has shrunk since it was opened.

    Raises:
        OSError: the file cannot be opened, or the system has no addresses left for it.
    """

    def __init__(self, path: Path, start: int = 0) -> None:
        self._file = path.open("rb", buffering=0)
        try:
            self.size = os.fstat(self._file.fileno()).st_size
            self._memory = _allocate(self.size)
            self._file.seek(start)
        except BaseException:
            self._file.close()
            raise
        self.data: ByteArray = np.frombuffer(self._memory, np.uint8)
        self._view = memoryview(self._memory)
        self._loaded = start
        self._released = start - start % mmap.PAGESIZE

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def has_shrunk(self) -> bool:
        """Whether the file is shorter now than it was when it was opened."""
        return min(self.size, os.fstat(self._file.fileno()).st_size) < len(self.data)

    def load(self, end: int) -> int:
        """Load the bytes before `end`, and return the size of the file as far as it is known.

        Raises:
            OSError: the file cannot be read.
        """
        if end > self._loaded:
            end = min(max(end, self._loaded + LOAD_SIZE), self.size)
        while self._loaded < min(end, self.size):
            count = self._file.readinto(self._view[self._loaded : end]) or 0
            self._loaded += count
            if not count:
                self.size = self._loaded
        return self.size

    def release(self, end: int) -> None:
        """Free the memory of the bytes before `end`, which are not needed again."""
        end -= end % mmap.PAGESIZE
        if not isinstance(self._memory, mmap.mmap) or not hasattr(mmap, "MADV_DONTNEED"):
            return
        if end > self._released:
            self._memory.madvise(mmap.MADV_DONTNEED, self._released, end - self._released)
            self._released = end


def _allocate(size: int) -> mmap.mmap | bytearray:
    """Return memory of `size` zeros, of which only what is written takes space."""
    if not size:
        return bytearray()
    if sys.platform == "win32":
        return mmap.mmap(-1, size)
    memory = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _NO_RESERVE)
    if hasattr(mmap, "MADV_HUGEPAGE"):
        with suppress(OSError):  # a kernel without large pages
            memory.madvise(mmap.MADV_HUGEPAGE)
    return memory
