"""Images: the first, the last and some between of each tag, of the same steps in all runs."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from reportgen import wording
from reportgen.analysis.evenly import evenly
from reportgen.report.model import Block, Media, Notice

_CONTENT_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif"}
_MOST_STEPS = 3  # of a tag in one run: the first, the middle and the last
_SMALL, _MOST_SMALL_STEPS = 168, 6  # pixels; so many of these stand side by side
_MOST_PICTURES = 90  # of a tag, but for the last one of each run
_MEGABYTE = 1_000_000
_LARGEST, _LARGEST_TOTAL = 16 * _MEGABYTE, 200 * _MEGABYTE  # bytes of a picture, and of all


def blocks(images: pd.DataFrame) -> list[Block]:
    """Pictures as logged, and how many are not shown.

    Args:
        images: the images frame.
    """
    found: list[Block] = []
    room = _LARGEST_TOTAL
    for row in _chosen(images):
        if row["format"] in _CONTENT_TYPES and row["blob"].size <= min(room, _LARGEST):
            found.append(_picture(row))
            room -= row["blob"].size
    hidden = len(images) - len(found)
    if hidden:
        told = wording.count(hidden, "picture")
        most = f"at most {_LARGEST // _MEGABYTE} MB, {_LARGEST_TOTAL // _MEGABYTE} MB in all"
        reason = f"shown are some steps of each tag and run, of {most}"
        found.append(Notice(f"{told} of {len(images):,} logged are not shown; {reason}."))
    return found


def _chosen(images: pd.DataFrame) -> Iterator[pd.Series]:
    """Rows of the pictures to show: by tag, then by run, then by step."""
    for _, rows in images.groupby("tag", sort=True, observed=True):
        shared, most = _shared(rows), _most(rows)
        for _, every in rows.groupby("run", sort=True, observed=True):
            own = every[_keys(every).isin(shared)] if shared else every
            yield from (own.iloc[place] for place in evenly(len(own), most))


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


def _picture(row: pd.Series) -> Media:
    tag, run = str(row["tag"]), str(row["run"])
    name = f"{tag}, {run}"
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
        series=tag,
        step=int(row["step"]),
        runs=(run,),
        name=name,
    )
