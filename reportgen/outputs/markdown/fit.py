"""Fit: which parts of a page are left out if a host allows less, and the sentence on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportgen import wording


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a page that can be left out alone.

    Attributes:
        section: the heading that it stands under, as plain text.
        text: as it is written.
        weight: the heavier are left out later.
        noun: what it is called when some are left out: "chart", "table", "text".
    """

    section: str
    text: str
    weight: int
    noun: str


def fit(
    pieces: Sequence[Piece], room: int, size: Callable[[str], int]
) -> tuple[list[Piece], list[Piece]]:
    """Return what fits and what is left out, both in the order of the page.

    The heavier go first, then in order; after the first of a section and noun that does not fit,
    no other of them is taken, so that what is shown is always the beginning.

    Args:
        pieces: in the order of the page.
        room: how much there is, in the unit of `size`.
        size: of a text, with whatever stands between it and the next.
    """
    chosen: set[int] = set()
    full: set[tuple[str, str]] = set()
    for index in sorted(range(len(pieces)), key=lambda index: -pieces[index].weight):
        piece = pieces[index]
        needed = size(piece.text)
        if needed > room or (piece.section, piece.noun) in full:
            full.add((piece.section, piece.noun))
            continue
        room -= needed
        chosen.add(index)
    return (
        [piece for index, piece in enumerate(pieces) if index in chosen],
        [piece for index, piece in enumerate(pieces) if index not in chosen],
    )


def left_out(dropped: Sequence[Piece], pieces: Sequence[Piece], limit: str) -> str:
    """Return a plain sentence on how many of what are left out, and why; "" if nothing is.

    Args:
        dropped: what is left out.
        pieces: all there are.
        limit: what the place allows, in words.
    """
    if not dropped:
        return ""
    totals = Counter((piece.section, piece.noun) for piece in pieces)
    missing = Counter((piece.section, piece.noun) for piece in dropped)
    parts = [
        f"{count:,} of {wording.count(totals[section, noun], noun)} ({section})"
        for (section, noun), count in missing.items()
    ]
    return f"Left out to stay within {limit}: {'; '.join(parts)}."
