"""A picture of the log as a block."""

from __future__ import annotations

import pandas as pd

from reportgen.report.blocks import Media

CONTENT_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif"}
MEGABYTE = 1_000_000
MAX_BYTES = 16 * MEGABYTE  # of a picture


def can_be_shown(row: pd.Series) -> bool:
    """Return whether a row of the images frame is of a format that outputs show, and of a size."""
    return row["format"] in CONTENT_TYPES and row["blob"].size <= MAX_BYTES


def picture(row: pd.Series) -> Media:
    """Return the block of a row of the images frame that can be shown.

    Raises:
        OSError: the event file cannot be read any more.
    """
    tag, run = str(row["tag"]), str(row["run"])
    name = f"{tag}, {run}"
    title = f"{name}, step {row['step']:,}"
    return Media(
        id="",
        title=title,
        caption=f"{row['width']} × {row['height']} pixels, as logged.",  # noqa: RUF001
        alt=f"Picture logged as {title}",
        content_type=CONTENT_TYPES[row["format"]],
        data=row["blob"].read(),
        width=int(row["width"]),
        height=int(row["height"]),
        series=tag,
        step=int(row["step"]),
        runs=(run,),
        name=name,
    )
