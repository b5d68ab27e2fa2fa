"""Series: pictures of one tag that an output shows together, by run and step."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from reportgen.report.blocks import Block, Media


def grouped(blocks: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    """Return the blocks in order, consecutive pictures of one series together under its name."""
    groups: list[tuple[str, list[Block]]] = []
    for name, members in groupby(
        blocks, lambda block: block.series if isinstance(block, Media) else ""
    ):
        group = list(members)
        groups.append((name if len(group) > 1 else "", group))
    return groups


def _series(block: Block) -> str:
    return block.series if isinstance(block, Media) else ""


def by_run(pictures: Sequence[Media]) -> list[tuple[str, list[Media]]]:
    """Return the pictures of one series, those of each run together under its name."""
    groups = groupby(pictures, lambda picture: ", ".join(picture.runs))
    return [(name, list(members)) for name, members in groups]


def shared_caption(pictures: Sequence[Media]) -> str:
    """Return the caption that all pictures have; "" if they differ."""
    captions = {picture.caption for picture in pictures}
    return captions.pop() if len(captions) == 1 else ""
