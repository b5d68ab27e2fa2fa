"""Sizes in bytes, as a user writes them: "5MB"."""

from __future__ import annotations

import re

from reportgen import wording
from reportgen.errors import UsageError

_UNITS = {"": 1, "K": 1_000, "M": 1_000_000, "G": 1_000_000_000}
_MIN_BYTES = 10_000  # of a number without a unit: the page of no figure takes ten times that


def parse_size(text: str) -> int | None:
    """Return the bytes of a size such as "5MB" or "800 KB"; None for "off".

    Raises:
        UsageError: the text is no size.
    """
    if text == "off":
        return None
    match = re.fullmatch(r"(\d+(?:\.\d+)?) ?([KMG]?)B?", text.strip().upper())
    if not match:
        raise UsageError(f"--max-size {wording.clipped(text)}: not a size; write 5MB, 800KB or off")
    size = round(float(match[1]) * _UNITS[match[2]])
    if not match[2] and size < _MIN_BYTES:
        raise UsageError(
            f"--max-size {text}: {wording.size(size)} is less than any page takes; "
            f"did you mean {match[1]}{'MB' if size < 100 else 'KB'}?"
        )
    return size
