"""Numbers as a user writes them: a size, a rate, a count."""

from __future__ import annotations

import math
import re

from reportgen import wording
from reportgen.errors import UsageError

_UNITS = {"": 1, "K": 1_000, "M": 1_000_000, "G": 1_000_000_000, "T": 1_000_000_000_000}
_MIN_CACHE_BYTES = 100_000  # the columns of one small log
_MIN_BYTES = 10_000  # of a number without a unit: the page of no figure takes ten times that


_SECONDS = {"": 1.0, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86_400.0}
_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,9})?) ?(s|m|min|h|d|)")
_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?([KMGT]?)B?")


def parse_size(text: str) -> int | None:
    """Return the bytes of a page's size such as "5MB" or "800 KB"; None for "off".

    Raises:
        UsageError: the text is no size.
    """
    if text == "off":
        return None
    match = _SIZE.fullmatch(text.strip().upper())
    if not match:
        raise UsageError(f"--max-size {wording.clipped(text)}: not a size; write 5MB, 800KB or off")
    size = round(float(match[1]) * _UNITS[match[2]])
    if not match[2] and size < _MIN_BYTES:
        raise UsageError(
            f"--max-size {text}: {wording.size(size)} is less than any page takes; "
            f"did you mean {match[1]}{'MB' if size < 100 else 'KB'}?"
        )
    return size


def parse_cache_size(text: str) -> int:
    """Return the bytes of a cache's size such as "1GB".

    Raises:
        UsageError: the text is no size, or one that no entry fits into.
    """
    match = _SIZE.fullmatch(text.strip().upper())
    if not match:
        raise UsageError(
            f"--cache-size {wording.clipped(text)}: not a size; write 1GB or 500MB, "
            "or --no-cache for none"
        )
    size = round(float(match[1]) * _UNITS[match[2]])
    if size < _MIN_CACHE_BYTES:
        raise UsageError(
            f"--cache-size {text}: {wording.size(size)} is too small for a cache; write 500MB, "
            "or --no-cache for none"
        )
    return size


def parse_duration(text: str, flag: str) -> float:
    """Return the seconds of a time such as "30s", "10m" or "1.5 h"; a bare number is of seconds.

    Args:
        text: what was given.
        flag: of the option, for the message.

    Raises:
        UsageError: the text is no time above 0.
    """
    match = _DURATION.fullmatch(text.strip())
    seconds = float(match[1]) * _SECONDS[match[2]] if match else 0.0
    if seconds <= 0:
        raise UsageError(f"{flag} {wording.clipped(text)}: not a time; write 30s, 10m or 2h")
    return seconds


def parse_refresh(text: str) -> int | None:
    """Return the seconds after which a page loads itself again; None for never.

    Raises:
        UsageError: the text is no number of seconds.
    """
    if not text:
        return None
    if not re.fullmatch("[1-9][0-9]{0,5}", text):
        raise UsageError(f"--refresh {wording.clipped(text)}: write whole seconds, such as 30")
    return int(text)


def parse_rate(text: str) -> float:
    """Return a probability that is neither 0 nor 1.

    Raises:
        UsageError: the text is none.
    """
    try:
        rate = float(text)
    except ValueError:
        rate = math.nan
    if not 0 < rate < 1:
        raise UsageError(f"--false-alarms {text}: is not a number between 0 and 1, such as 0.05")
    return rate


def parse_last(text: str, *, has_baseline: bool) -> int | None:
    """Return how many reports of a history count; None for all, which "" stands for.

    Raises:
        UsageError: the text is no number of reports, or there is no baseline.
    """
    if not text:
        return None
    if not has_baseline:
        raise UsageError("--baseline-last: no baseline; add --baseline history.json")
    if not re.fullmatch("[1-9][0-9]{0,5}", text):
        raise UsageError(f"--baseline-last {wording.clipped(text)}: write a number, such as 10")
    return int(text)
