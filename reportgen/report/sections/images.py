"""Images: the first, the middle and the last of each tag and run."""

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
    hidden = 0
    for (tag, run), rows in images.groupby(["tag", "run"], sort=True, observed=True):
        places = np.unique(np.linspace(0, len(rows) - 1, _MOST_PICTURES).round().astype(int))
        shown = [
            row
            for _, row in rows.iloc[places].iterrows()
            if row["format"] in _CONTENT_TYPES and row["blob"].size <= _LARGEST_PICTURE
        ]
        hidden += len(rows) - len(shown)
        for row in shown:
            title = f"{tag}, {run}, step {row['step']:,}"
            found.append(
                Media(
                    id="",
                    title=title,
                    caption=f"{row['width']} × {row['height']} pixels, as logged.",  # noqa: RUF001
                    alt=f"Picture logged as {title}",
                    content_type=_CONTENT_TYPES[row["format"]],
                    data=row["blob"].read(),
                    width=int(row["width"]),
                    height=int(row["height"]),
                    series=f"{tag}, {run}",
                    step=int(row["step"]),
                    runs=(str(run),),
                )
            )
    if hidden:
        told = wording.count(hidden, "picture")
        found.append(Notice(f"{told} of {len(images):,} logged are not shown."))
    return found
