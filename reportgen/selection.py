"""Selection of runs and tags by name, and what to say where nothing matches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import translate
from itertools import islice

from reportgen import wording
from reportgen.errors import UsageError

_MAX_COMPARED_NAMES = 10_000  # names among which a similar one is looked for
_MAX_LISTED_NAMES = 5


@dataclass(frozen=True, slots=True)
class Selection:
    """Names that match one of some patterns; all names where there is no pattern.

    A pattern between slashes, `/val.*loss$/`, is a regular expression that may match anywhere in
    the name. Any other is a glob that matches the whole name, in which `*` also matches "/".

    Attributes:
        patterns: each compiles.
    """

    patterns: tuple[str, ...] = ()

    def __call__(self, name: str) -> bool:
        """Return whether a name is selected."""
        return not self.patterns or any(_compile(pattern).search(name) for pattern in self.patterns)

    def unmatched(self, names: Iterable[str]) -> list[str]:
        """Return the patterns that match none of the names."""
        distinct = set(names)
        return [
            pattern for pattern in self.patterns if not any(map(_compile(pattern).search, distinct))
        ]


EVERY = Selection()


def selection(patterns: str | Sequence[str] | Selection | None) -> Selection:
    """Return the selection that patterns ask for.

    Args:
        patterns: one or several; None for all names; a selection is returned as it is.

    Raises:
        UsageError: a regular expression cannot be compiled.
    """
    if isinstance(patterns, Selection):
        return patterns
    listed = (patterns,) if isinstance(patterns, str) else tuple(patterns or ())
    for pattern in listed:
        try:
            _compile(pattern)
        except re.error as error:
            raise UsageError(
                f"{pattern}: not a regular expression ({error}); "
                "write a glob without slashes around it"
            ) from error
    return Selection(listed)


def no_match(option: str, noun: str, pattern: str, names: Iterable[str]) -> UsageError:
    """Return an error that says what the pattern may have meant.

    Args:
        option: where the pattern was given: "--runs".
        noun: what is looked for: "run" or "tag".
        pattern: what matches nothing.
        names: what exists; the error names the most similar, or else the first few.
    """
    existing = list(dict.fromkeys(islice(names, _MAX_COMPARED_NAMES)))
    message = f"{option}: no {noun} matches '{wording.clipped(pattern)}'"
    if not existing:
        return UsageError(f"{message}; the logs hold no {noun}")
    # Of two letters, one may be wrong.
    cutoff = 0.6 if len(pattern) > 3 else 0.5
    similar = get_close_matches(pattern.strip("/*"), existing, 1, cutoff)
    if similar:
        message += f"; did you mean {wording.clipped(similar[0])}?"
    if noun == "run" or not similar:
        shortened = [wording.clipped(name) for name in existing]
        listed = wording.listing(shortened, _MAX_LISTED_NAMES)
        message += f" {noun.capitalize()}s are: {listed}" if similar else f"; {noun}s are: {listed}"
    return UsageError(message)


def _compile(pattern: str) -> re.Pattern[str]:
    """Return the pattern, compiled; `re` caches it."""
    if len(pattern) > 2 and pattern.startswith("/") and pattern.endswith("/"):
        return re.compile(pattern[1:-1])
    return re.compile(r"\A" + translate(pattern))
