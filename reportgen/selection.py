"""Selection of runs and tags by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import translate

from reportgen.errors import UsageError


@dataclass(frozen=True, slots=True)
class Selection:
    """Names that one of some patterns matches; all names where there is no pattern.

    A pattern between slashes, `/val.*loss$/`, is a regular expression that is found anywhere in
    the name. Any other is a glob that matches the whole name, in which `*` also matches "/".

    Attributes:
        patterns: each compiles.
    """

    patterns: tuple[str, ...] = ()

    def __call__(self, name: str) -> bool:
        """Whether a name is selected."""
        return not self.patterns or any(_compiled(one).search(name) for one in self.patterns)


EVERY = Selection()


def selection(patterns: str | Sequence[str] | None) -> Selection:
    """The selection that patterns ask for.

    Args:
        patterns: one or several; None for all names.

    Raises:
        UsageError: a regular expression cannot be understood.
    """
    listed = (patterns,) if isinstance(patterns, str) else tuple(patterns or ())
    for pattern in listed:
        try:
            _compiled(pattern)
        except re.error as error:
            raise UsageError(
                f"{pattern}: no regular expression ({error}); a glob needs no slashes around it"
            ) from error
    return Selection(listed)


def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, from the cache of `re` where it was used before."""
    if len(pattern) > 2 and pattern.startswith("/") and pattern.endswith("/"):
        return re.compile(pattern[1:-1])
    return re.compile(r"\A" + translate(pattern))
