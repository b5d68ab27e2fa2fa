"""Layouts: which tags the charts of a `custom_scalars` layout ask for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_LONGEST = 200  # characters of a pattern
_MOST_REPEATS = 3
_UNWRITTEN = re.compile(r"[^-/\w.]")
_SLOW = re.compile(r"\)[*+?{]")  # a repeated group may take for ever


def chosen(tags: Sequence[str], patterns: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tags that are named or that a pattern matches from their start, as in TensorBoard.

    A log may come from anywhere, so patterns that could take long are not tried.

    Args:
        tags: all there are.
        patterns: tags or regular expressions.

    Returns:
        The tags, pattern by pattern, and the patterns that were not tried.
    """
    found: dict[str, None] = {}
    refused = []
    for pattern in patterns:
        named = logged(pattern, tags)
        if named:
            found[named] = None
        tried = _compiled(pattern)
        if tried is None:
            refused += [] if named else [pattern]
            continue
        found |= dict.fromkeys(tag for tag in tags if tried.match(tag[:_LONGEST]))
    return list(found), refused


def logged(name: str, tags: Collection[str]) -> str:
    """The tag that a layout names; "" where there is none.

    tensorboardX writes a layout as it was given, but a tag's spaces and signs as "_", and no "/" at
    its start (`tensorboardX.summary._clean_tag`).
    """
    written = _UNWRITTEN.sub("_", name).lstrip("/")
    return name if name in tags else written if written in tags else ""


def _compiled(pattern: str) -> re.Pattern[str] | None:
    repeats = sum(pattern.count(sign) for sign in "*+{")
    if len(pattern) > _LONGEST or repeats > _MOST_REPEATS or _SLOW.search(pattern):
        return None
    try:
        return re.compile(pattern)
    except (re.error, OverflowError):
        return None
