"""Series: pictures of one tag that an output shows together, by run and step."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from reportgen.report.model import Block, Media


def grouped(blocks: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    """Blocks in order, those that follow each other in one series together under its name."""
    groups: list[tuple[str, list[Block]]] = []
    for name, members in groupby(blocks, lambda one: one.series if isinstance(one, Media) else ""):
        found = list(members)
        groups += [(name, found)] if name and len(found) > 1 else [("", found)]
    return groups


def by_run(pictures: Sequence[Media]) -> list[tuple[str, list[Media]]]:
    """Pictures of one series, those of each run together under its name."""
    return [(name, list(own)) for name, own in groupby(pictures, lambda one: ", ".join(one.runs))]


def shared_caption(pictures: Sequence[Media]) -> str:
    """The caption that all of them have; "" where they differ."""
    captions = {one.caption for one in pictures}
    return captions.pop() if len(captions) == 1 else ""
