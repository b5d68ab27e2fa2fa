"""A piece of a file that is read only when it is needed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes in a file: an encoded image or sound, kept as its place.

    Attributes:
        path: the event file.
        offset: where the bytes start, from the start of the file.
        size: how many they are.
    """

    path: str
    offset: int
    size: int

    def read(self) -> bytes:
        """The bytes; fewer than `size` where the file has shrunk since. Raises OSError."""
        with Path(self.path).open("rb") as file:
            file.seek(self.offset)
            return file.read(self.size)
