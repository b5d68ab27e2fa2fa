"""Budget: what gives way where there is too much for a place, and how that is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportgen import wording


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a page that can be left out alone.

    Attributes:
        section: the heading that it stands under.
        text: as it is written.
        weight: what matters more is kept first.
        noun: what it is called when some are left out: "chart", "table", "text".
    """

    section: str
    text: str
    weight: int
    noun: str


def fit(
    pieces: Sequence[Piece], room: int, size: Callable[[str], int]
) -> tuple[list[Piece], list[Piece]]:
    """What fits and what is left out, both in the order of the page.

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
    """One sentence: how many of what are missing, and why; "" where nothing is.

    Args:
        dropped: what is left out.
        pieces: all there are.
        limit: what the place allows, in words.
    """
    if not dropped:
        return ""
    all_ = Counter((piece.section, piece.noun) for piece in pieces)
    gone = Counter((piece.section, piece.noun) for piece in dropped)
    told = [
        f"{missing:,} of {wording.count(all_[section, noun], noun)} ({section})"
        for (section, noun), missing in gone.items()
    ]
    return f"Left out to stay within {limit}: {'; '.join(told)}."
