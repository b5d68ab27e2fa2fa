"""Images that two runs or groups share, at the same step where both logged one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class ImageChange:
    """One place of one tag on both sides.

    Attributes:
        tag: as logged.
        first, second: places of the rows in the images frame, from 0.
    """

    tag: str
    first: int
    second: int


def image_changes(
    images: pd.DataFrame, first: Sequence[str], second: Sequence[str]
) -> tuple[ImageChange, ...]:
    """Return pairs of the images of the last step that both sides logged, by tag and index.

    Where a tag has no step in common, the last step of each side is taken.

    Args:
        images: the images frame.
        first: names of the directories on one side; where several logged a tag, the first counts.
        second: of those on the other.
    """
    rows_in_order = images.reset_index(drop=True)
    sides = [_of_side(rows_in_order, runs) for runs in (first, second)]
    changes: list[ImageChange] = []
    for tag in sorted(sides[0].keys() & sides[1].keys()):
        rows = [side[tag] for side in sides]
        common = set(rows[0]["step"]) & set(rows[1]["step"])
        last = [_at(side, max(common or side["step"])) for side in rows]
        changes += [
            ImageChange(tag, last[0][index], last[1][index])
            for index in last[0]
            if index in last[1]
        ]
    return tuple(changes)


def _of_side(images: pd.DataFrame, runs: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Return the rows of each tag in the first run that logged it."""
    by_tag: dict[str, pd.DataFrame] = {}
    for run in runs:
        for tag, rows in images[images["run"] == run].groupby("tag", observed=True):
            by_tag.setdefault(str(tag), rows)
    return by_tag


def _at(rows: pd.DataFrame, step: int) -> dict[int, int]:
    """Return the place of the last row of each index at a step."""
    of_step = rows[rows["step"] == step]
    return {
        int(index): int(place) for index, place in zip(of_step["index"], of_step.index, strict=True)
    }
