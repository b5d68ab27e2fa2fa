"""Pictures that differ between two runs or groups, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from reportgen import wording
from reportgen.analysis.comparison.image_changes import image_changes
from reportgen.report.blocks import Block, Notice
from reportgen.report.sections.logged_picture import can_be_shown, picture

_MAX_PAIRS = 8
_MAX_COMPARED = 100  # pairs, each of which is read


def blocks(images: pd.DataFrame, first: Sequence[str], second: Sequence[str]) -> Iterator[Block]:
    """Yield the pictures of each pair that differs, and how many differ.

    Args:
        images: the images frame.
        first: names of the directories on one side.
        second: of those on the other.
    """
    pairs = [
        pair
        for change in image_changes(images, first, second)
        if all(map(can_be_shown, pair := (images.iloc[change.first], images.iloc[change.second])))
    ]
    differing = shown = 0
    for pair in pairs[:_MAX_COMPARED]:
        pictures = [picture(row) for row in pair]
        if pictures[0].data == pictures[1].data:
            continue
        differing += 1
        if shown < _MAX_PAIRS:
            shown += 1
            yield from (replace(block, name=f"changed {block.name}") for block in pictures)
    if differing:
        compared = min(len(pairs), _MAX_COMPARED)
        whole = f" of {len(pairs):,}" if compared < len(pairs) else ""
        limit = f"; {shown} are shown" if shown < differing else ""
        counted = f"{differing:,} of {wording.count(compared, 'pair')}{whole}"
        yield Notice(f"{counted} of pictures that both logged differ{limit}.")
