"""Bytes in a file that are read only when they are needed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Blob:
    """The place of an encoded image or sound.

    Attributes:
        path: the event file.
        offset: of the first byte, from the start of the file.
        size: in bytes.
    """

    path: str
    offset: int
    size: int

    def read(self) -> bytes:
        """Return the bytes; fewer than `size` if the file has shrunk since.

        Raises:
            OSError: the file cannot be read.
        """
        with Path(self.path).open("rb") as file:
            file.seek(self.offset)
            return file.read(self.size)
