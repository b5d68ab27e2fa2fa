"""Wording of numbers, times and lists, the same in every figure and table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime

END_OF_TIME = 253_402_300_800.0  # seconds since the epoch: the year 10000, where datetime ends
_MINUS = "\N{MINUS SIGN}"


def number(value: float, digits: int = 4) -> str:
    """Return `value` with `digits` significant digits and a typographic minus sign.

    Whole numbers below a million are written out; very large and very small ones with an exponent.
    """
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else f"{_MINUS}∞"
    if value == int(value) and abs(value) < 1e6:
        text = f"{int(value)}"
    elif 1e-4 <= abs(value) < 1e6:
        decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
        text = f"{value:.{decimals}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", _MINUS)


def amount(value: float) -> str:
    """Return a count of any size: "16,868"; with four significant digits if it is not whole."""
    whole = value == int(value) and value < 1e15
    return f"{int(value):,}" if whole else number(value)


def count(quantity: int, noun: str, plural: str = "") -> str:
    """Return `quantity` with its noun: "1 run", "12 runs", "1,200 steps"."""
    return f"{quantity:,} {noun if quantity == 1 else plural or noun + 's'}"


def duration(seconds: float) -> str:
    """Return a span of time in its two largest units: "48 s", "3 min 20 s", "2 d 4 h"."""
    if seconds < 10:
        return f"{number(seconds, 2)} s"
    remaining = round(seconds)
    parts = []
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")):
        if remaining >= size:
            parts.append(f"{remaining // size} {unit}")
            remaining %= size
    return " ".join(parts[:2])


def period(first: float, last: float) -> str:
    """Return a period in UTC: "24 Nov 2026, 02:41 to 02:42 UTC"; "" if it is not known.

    Args:
        first: seconds since the epoch; 0 or less, or NaN, if the log does not contain it.
        last: the same.
    """
    if not (0 < first <= last < END_OF_TIME):
        return ""
    start, end = (datetime.fromtimestamp(moment, tz=UTC) for moment in (first, last))
    day = f"{start.day} {start:%b %Y}, {start:%H:%M}"
    if start.strftime("%Y%m%d%H%M") == end.strftime("%Y%m%d%H%M"):
        return f"{day} UTC"
    if start.date() == end.date():
        return f"{day} to {end:%H:%M} UTC"
    return f"{day} to {end.day} {end:%b %Y}, {end:%H:%M} UTC"


def timestamp(moment: float) -> str:
    """Return a time as RFC 3339 has it, "2026-11-24T02:41:07Z"; "" if it is not known.

    Args:
        moment: seconds since the epoch; 0 or less, or NaN, if the log does not contain it.
    """
    if not 0 < moment < END_OF_TIME:
        return ""
    return f"{datetime.fromtimestamp(moment, tz=UTC):%Y-%m-%dT%H:%M:%SZ}"


def size(quantity: int) -> str:
    """Return a number of bytes in a unit that keeps it short: "312 KB" (1,000 bytes each)."""
    if quantity < 1_000:
        return f"{quantity} bytes"
    if quantity < 1_000_000:
        return f"{quantity / 1_000:.0f} KB"
    return f"{quantity / 1_000_000:.1f} MB"


def clipped(text: str, length: int = 80) -> str:
    """Return text as one line of at most `length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def printable(text: str) -> str:
    """Return text with characters replaced that a terminal would interpret."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def listing(names: Sequence[str], limit: int = 3) -> str:
    """Return names as a list in a sentence: "a", "a and b", "a, b, c and 4 more"."""
    if len(names) > limit:
        return f"{', '.join(names[:limit])} and {len(names) - limit} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
