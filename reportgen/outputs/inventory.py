"""Inventory: what logs hold, as a table for a terminal or as JSON for a program."""

from __future__ import annotations

import io
import json

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportgen import wording

_WIDE = 1_000  # characters; a terminal wraps, a file should not be cut


def render(listing: pd.DataFrame, form: str) -> str:
    """Return the text.

    Args:
        listing: see `reportgen.frames.listing`.
        form: "table" or "json".
    """
    return _json(listing) if form == "json" else _table(listing)


def _json(listing: pd.DataFrame) -> str:
    """Return one object a row; a time that was not logged is null."""
    rows = listing.astype(object).where(listing.notna(), None)
    return json.dumps(rows.to_dict(orient="records"), indent=1, allow_nan=False) + "\n"


def _table(listing: pd.DataFrame) -> str:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("run", "kind", "tag"):
        table.add_column(heading)
    for heading in ("count", "steps"):
        table.add_column(heading, justify="right")
    for row in listing.itertuples():
        steps = f"{row.first_step:,} to {row.last_step:,}"
        cells = (row.run, row.kind, row.tag, f"{row.count:,}", steps)
        table.add_row(*(Text(wording.printable(str(cell))) for cell in cells))
    stream = io.StringIO()
    Console(file=stream, width=_WIDE, color_system=None).print(table)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines() if line.strip())
