"""Unique prefixes: the shortest beginnings of names that tell these names apart."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

_MAX_SHARED = 12  # characters at the start of all names, from which on these are left out
_DELIMITERS = "_-./ ,=:+"


def unique_prefixes(names: Iterable[str]) -> dict[str, str]:
    """Return the shortest beginning of each name that no other name has, cut between words.

    A long beginning that all names share is left out.

    Args:
        names: any; equal ones count once.
    """
    distinct = sorted(set(names))
    shared = _shared(distinct)
    prefixes = {}
    for place, name in enumerate(distinct):
        neighbours = distinct[max(0, place - 1) : place] + distinct[place + 1 : place + 2]
        length = max((len(_common(name, other)) for other in neighbours), default=0) + 1
        end = next((at for at in range(length, len(name)) if _ends_word(name, at)), len(name))
        prefixes[name] = name[shared:end] or name
    return prefixes


def _shared(names: list[str]) -> int:
    """Return how many characters to leave out at the start of all names."""
    if len(names) < 2:
        return 0
    common = _common(names[0], names[-1])
    end = max((common.rfind(mark) for mark in _DELIMITERS), default=-1) + 1
    return end if end >= _MAX_SHARED else 0


def _common(name: str, other: str) -> str:
    """Return the beginning that two names share."""
    pairs = zip(name, other, strict=False)
    return name[: sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))]


def _ends_word(name: str, at: int) -> bool:
    """Return whether a word ends before a place; "1e-4" is one word."""
    if name[at] not in _DELIMITERS:
        return False
    exponent = name[at] == "-" and name[at - 1] == "e" and name[at - 2 : at - 1].isdigit()
    decimal = name[at] == "." and name[at - 1].isdigit()
    return not (exponent or decimal)
