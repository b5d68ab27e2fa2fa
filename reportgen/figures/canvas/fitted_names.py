"""Names: of runs, tags and classes, in the room that a figure has for them."""

from __future__ import annotations

from unicodedata import east_asian_width

LONGEST = 40  # characters of a name where nothing asks for less
_WIDE = frozenset("mwMW%&@<>=+~…—")


def short(name: str, most: int = LONGEST) -> str:
    """A name in at most so many characters, its end kept: there names differ."""
    if len(name) <= most:
        return name
    return f"{name[: most // 3]}…{name[len(name) - most + most // 3 + 1 :]}"


def narrow(name: str, most: float) -> str:
    """A name of at most so many `columns`, its end kept."""
    kept = int(most)
    shown = short(name, kept)
    while columns(shown) > most and kept > 1:
        kept -= 1
        shown = short(name, kept)
    return shown


def letters(name: str) -> int:
    """How many letters of usual width a name is long; those of East Asia count twice."""
    return sum(2 if _is_double(one) else 1 for one in name)


def columns(name: str) -> float:
    """As `letters`, and some others are wider: for names that must not touch what is beside."""
    return sum(2.0 if _is_double(one) else 1.4 if one in _WIDE else 1.0 for one in name)


def _is_double(letter: str) -> bool:
    return east_asian_width(letter) in "WF"
