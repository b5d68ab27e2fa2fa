"""Notes: what the user says of all, and what stands beside each run."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reportgen import wording
from reportgen.report.model import Block, Notice, Prose

_LONGEST = 20_000  # characters of one run's
_MOST = 50


def of_user(text: str) -> list[Block]:
    """The user's notes, which are shown whole.

    Args:
        text: Markdown; "" for none.
    """
    return [Prose("", text)] if text else []


def of_runs(notes: pd.DataFrame) -> list[Block]:
    """The notes of each run, and how much of them is not shown.

    Args:
        notes: the notes frame.
    """
    found: list[Block] = []
    for _, row in notes.head(_MOST).iterrows():
        text, name = str(row["text"]), Path(row["file"]).stem  # a.md is a link to some hosts
        found.append(Prose(f"{row['run']}, {name}", text[:_LONGEST]))
        left = len(text) - _LONGEST
        if left > 0:
            told = wording.count(left, "more character")
            found.append(Notice(f"{told} of {name} of {row['run']} are not shown."))
    if len(notes) > _MOST:
        found.append(Notice(f"{len(notes) - _MOST:,} more runs' notes are not shown."))
    return found
