"""Images: the first, the middle and the last of each tag and run, of the same steps in all runs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.report.model import Block, Media, Notice

_CONTENT_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif"}
_MOST_PICTURES = 3  # a tag and run: the first, the middle and the last
_LARGEST_PICTURE = 1_000_000  # bytes


def blocks(images: pd.DataFrame) -> list[Block]:
    """Pictures as logged, and how many are not shown.

    Args:
        images: the images frame.
    """
    found: list[Block] = []
    for _, rows in images.groupby("tag", sort=True, observed=True):
        shared = _shared(rows)
        for _, own in rows.groupby("run", sort=True, observed=True):
            found += _pictures(own[_keys(own).isin(shared)] if shared else own)
    hidden = len(images) - len(found)
    if hidden:
        told = wording.count(hidden, "picture")
        found.append(Notice(f"{told} of {len(images):,} logged are not shown."))
    return found


def _shared(rows: pd.DataFrame) -> set[tuple[int, int]]:
    """Steps and places in a step that every run of a tag has; none where one differs in all."""
    held = [set(_keys(own)) for _, own in rows.groupby("run", observed=True)]
    return set.intersection(*held) if len(held) > 1 else set()


def _keys(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(list(zip(rows["step"], rows["index"], strict=True)), rows.index, dtype=object)


def _pictures(rows: pd.DataFrame) -> list[Block]:
    """One run's of one tag."""
    places = np.unique(np.linspace(0, len(rows) - 1, _MOST_PICTURES).round().astype(int))
    return [
        _picture(row)
        for _, row in rows.iloc[places].iterrows()
        if row["format"] in _CONTENT_TYPES and row["blob"].size <= _LARGEST_PICTURE
    ]


def _picture(row: pd.Series) -> Media:
    name, run = f"{row['tag']}, {row['run']}", str(row["run"])
    title = f"{name}, step {row['step']:,}"
    return Media(
        id="",
        title=title,
        caption=f"{row['width']} × {row['height']} pixels, as logged.",  # noqa: RUF001
        alt=f"Picture logged as {title}",
        content_type=_CONTENT_TYPES[row["format"]],
        data=row["blob"].read(),
        width=int(row["width"]),
        height=int(row["height"]),
        series=name,
        step=int(row["step"]),
        runs=(run,),
    )
