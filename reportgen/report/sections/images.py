"""Images: the first, the last and some between of each tag, of the same steps in all runs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.report.model import Block, Media, Notice

_CONTENT_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif"}
_MOST_STEPS = 3  # of a tag in one run: the first, the middle and the last
_SMALL, _MOST_SMALL_STEPS = 168, 6  # pixels; so many of these stand side by side
_MOST_PICTURES = 90  # of a tag, but for the last one of each run
_LARGEST_PICTURE = 1_000_000  # bytes


def blocks(images: pd.DataFrame) -> list[Block]:
    """Pictures as logged, and how many are not shown.

    Args:
        images: the images frame.
    """
    found: list[Block] = []
    for _, rows in images.groupby("tag", sort=True, observed=True):
        shared, most = _shared(rows), _most(rows)
        for _, own in rows.groupby("run", sort=True, observed=True):
            found += _pictures(own[_keys(own).isin(shared)] if shared else own, most)
    hidden = len(images) - len(found)
    if hidden:
        told = wording.count(hidden, "picture")
        found.append(Notice(f"{told} of {len(images):,} logged are not shown."))
    return found


def _most(rows: pd.DataFrame) -> int:
    """How many pictures of each run a tag shows: fewer where they are large, or runs are many."""
    most = _MOST_SMALL_STEPS if rows["width"].max() <= _SMALL else _MOST_STEPS
    return max(1, min(most, _MOST_PICTURES // rows["run"].nunique()))


def _shared(rows: pd.DataFrame) -> set[tuple[int, int]]:
    """Steps and places in a step that every run of a tag has; none where one differs in all."""
    held = [set(_keys(own)) for _, own in rows.groupby("run", observed=True)]
    return set.intersection(*held) if len(held) > 1 else set()


def _keys(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(list(zip(rows["step"], rows["index"], strict=True)), rows.index, dtype=object)


def _pictures(rows: pd.DataFrame, most: int) -> list[Block]:
    """One run's of one tag: the last, the first, and some at even distances."""
    places = np.unique(np.linspace(len(rows) - 1, 0, most).round().astype(int))
    return [
        _picture(row)
        for _, row in rows.iloc[places].iterrows()
        if row["format"] in _CONTENT_TYPES and row["blob"].size <= _LARGEST_PICTURE
    ]


def _picture(row: pd.Series) -> Media:
    tag, run = str(row["tag"]), str(row["run"])
    title = f"{tag}, {run}, step {row['step']:,}"
    return Media(
        id="",
        title=title,
        caption=f"{row['width']} × {row['height']} pixels, as logged.",  # noqa: RUF001
        alt=f"Picture logged as {title}",
        content_type=_CONTENT_TYPES[row["format"]],
        data=row["blob"].read(),
        width=int(row["width"]),
        height=int(row["height"]),
        series=tag,
        step=int(row["step"]),
        runs=(run,),
    )
