"""Short names: runs without the long beginning that all of them share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import takewhile

_MIN_PREFIX = 16  # characters that are worth leaving out


def shared_beginning(names: Sequence[str]) -> str:
    """Return the long beginning of all names, up to a separator; "" where there is none."""
    if len(names) < 2:
        return ""
    pairs = zip(min(names), max(names), strict=False)
    prefix = "".join(first for first, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    whole_parts = re.match(r".*[/_,=|& -]", prefix, re.DOTALL)
    beginning = whole_parts[0] if whole_parts else ""
    return "" if len(beginning) < _MIN_PREFIX or beginning in names else beginning


def shortening(beginning: str) -> Callable[[str], str]:
    """Return a function that shortens a name that begins so."""
    return lambda name: name.removeprefix(beginning) if beginning else name
