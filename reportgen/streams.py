"""Standard streams whose reader is gone, as with `| head -1`: the rest goes nowhere."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TextIO


def discard(file: TextIO) -> None:
    """Send what is in the buffer of a stream, and all that is printed to it from now on, nowhere.

    Python would fail at the exit otherwise, with a status of its own.
    """
    with suppress(OSError):  # it has no descriptor, as in a notebook
        descriptor = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(descriptor, file.fileno())
        finally:
            os.close(descriptor)
