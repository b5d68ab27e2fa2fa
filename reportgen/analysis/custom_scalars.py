"""The tags that the charts of a `custom_scalars` layout ask for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_MAX_LENGTH = 200  # characters of a pattern, and of a tag that is matched
_MAX_REPEATS = 3
_REPLACED_BY_WRITERS = re.compile(r"[^-/\w.]")
_REPEATED_GROUP = re.compile(r"\)[*+?{]")  # may take exponential time


def chosen(tags: Sequence[str], patterns: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return tags that are named, or that a pattern matches from their start as in TensorBoard.

    A log may come from anywhere, so patterns that could take long are ignored.

    Args:
        tags: all tags.
        patterns: tags or regular expressions.

    Returns:
        The tags, pattern by pattern, and the patterns that were ignored.
    """
    matching: dict[str, None] = {}
    ignored = []
    for pattern in patterns:
        tag_of_that_name = logged(pattern, tags)
        if tag_of_that_name:
            matching[tag_of_that_name] = None
        compiled = _compiled(pattern)
        if compiled is None:
            ignored += [] if tag_of_that_name else [pattern]
            continue
        matching |= dict.fromkeys(tag for tag in tags if compiled.match(tag[:_MAX_LENGTH]))
    return list(matching), ignored


def logged(name: str, tags: Collection[str]) -> str:
    """Return the tag that a layout names; "" if there is none.

    tensorboardX writes layouts unchanged, but replaces spaces and signs in tags by "_" and strips
    "/" from their start (`tensorboardX.summary._clean_tag`).
    """
    cleaned = _REPLACED_BY_WRITERS.sub("_", name).lstrip("/")
    return name if name in tags else cleaned if cleaned in tags else ""


def _compiled(pattern: str) -> re.Pattern[str] | None:
    """Return a compiled pattern; None if it is invalid or could take long."""
    repeats = sum(pattern.count(sign) for sign in "*+{")
    if len(pattern) > _MAX_LENGTH or repeats > _MAX_REPEATS or _REPEATED_GROUP.search(pattern):
        return None
    try:
        return re.compile(pattern)
    except (re.error, OverflowError):
        return None
