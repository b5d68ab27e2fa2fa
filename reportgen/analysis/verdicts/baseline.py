"""Baseline: the run group that the others are compared with."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen import wording
from reportgen.errors import UsageError
from reportgen.selection import selection

_MOST_NAMES = 5


def baseline(pattern: str, groups: Sequence[str]) -> str:
    """The run group that is called so; "" where none is asked for.

    Args:
        pattern: a name as it stands, or else one as `reportgen.selection` has them; "" for no
            baseline.
        groups: names of all run groups.

    Raises:
        UsageError: none is called so, or several are.
    """
    if not pattern or pattern in groups:
        return pattern
    chosen = selection(pattern)
    found = [name for name in groups if chosen(name)]
    if len(found) == 1:
        return found[0]
    names = wording.listing([wording.clipped(name) for name in found or groups], _MOST_NAMES)
    told = f"--baseline {wording.clipped(pattern)}"
    if found:
        raise UsageError(f"{told}: {len(found):,} runs are called so ({names}); name one of them")
    are = "are" if len(groups) > 1 else "is"
    raise UsageError(f"{told}: no run is called so; there {are} {names or 'none'}")
