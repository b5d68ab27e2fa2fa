"""Which direction is better, where the user says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from reportgen import wording
from reportgen.errors import UsageError

Direction = Literal["up", "down", ""]  # which values are better; "" where it is not known


def parse_best(words: Iterable[str]) -> dict[str, Direction]:
    """Return the better direction of tags or metrics from `TAG=up`, `TAG=down` or `TAG=none`.

    Returns:
        "up", "down" or "" by tag or metric.

    Raises:
        UsageError: an entry of `words` has another form.
    """
    directions: dict[str, Direction] = {"up": "up", "down": "down", "none": ""}
    pairs = [word.rpartition("=") for word in words]
    for tag, _, name in pairs:
        if not tag or name not in directions:
            text = wording.clipped(f"{tag}={name}" if tag else name)
            raise UsageError(f"--best {text}: not a direction; use TAG=up, TAG=down or TAG=none")
    return {tag: directions[name] for tag, _, name in pairs}
