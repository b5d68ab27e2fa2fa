"""Limits and errors of decoding logged pictures."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile

MOST_PIXELS = 40_000_000  # larger pictures are not decoded
UNREADABLE = (
    *(OSError, EOFError, ValueError, SyntaxError, struct.error, zlib.error),
    Image.DecompressionBombError,
)


@contextmanager
def strictly() -> Iterator[None]:
    """Let Pillow raise an error for truncated pictures, whatever another package has set."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
