"""Fitted names: names of runs, tags and classes, cut to the room that a figure has."""

from __future__ import annotations

from unicodedata import east_asian_width

LONGEST = 40  # characters of a name, by default
_WIDE = frozenset("mwMW%&@<>=+~…—")


def short(name: str, longest: int = LONGEST) -> str:
    """Return a name of at most `longest` characters; its end is kept, where names differ."""
    if len(name) <= longest:
        return name
    return f"{name[: longest // 3]}…{name[len(name) - longest + longest // 3 + 1 :]}"


def narrow(name: str, widest: float) -> str:
    """Return a name of at most `widest` columns (see `columns`); its end is kept."""
    length = int(widest)
    shown = short(name, length)
    while columns(shown) > widest and length > 1:
        length -= 1
        shown = short(name, length)
    return shown


def letters(name: str) -> int:
    """Return the length of a name in letters of usual width; East Asian letters count twice."""
    return sum(2 if _is_double(letter) else 1 for letter in name)


def columns(name: str) -> float:
    """Return the width of a name, with some letters counted wider than `letters` counts them.

    For names that must not touch what is beside them.
    """
    return sum(2.0 if _is_double(letter) else 1.4 if letter in _WIDE else 1.0 for letter in name)


def _is_double(letter: str) -> bool:
    return east_asian_width(letter) in "WF"
