"""Pictures: what of a logged one is decoded, and what a broken one raises."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile

MOST_PIXELS = 40_000_000  # of a picture that is decoded at all
UNREADABLE = (
    *(OSError, EOFError, ValueError, SyntaxError, struct.error, zlib.error),
    Image.DecompressionBombError,
)


@contextmanager
def strictly() -> Iterator[None]:
    """A picture that is cut is an error, whatever another package has asked of Pillow."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
