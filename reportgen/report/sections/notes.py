"""Notes: those of the user, and those beside each run."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reportgen import wording
from reportgen.report.blocks import Block, Notice, Prose

_MAX_CHARACTERS = 20_000  # of one run's notes
_MAX_RUNS = 50


def of_user(text: str) -> list[Block]:
    """Return the user's notes, which are shown whole.

    Args:
        text: Markdown; "" for none.
    """
    return [Prose("", text, by_user=True)] if text else []


def of_runs(notes: pd.DataFrame) -> list[Block]:
    """Return the notes of each run, and how much of them is not shown.

    Args:
        notes: the notes frame.
    """
    shown: list[Block] = []
    for _, row in notes.head(_MAX_RUNS).iterrows():
        text, name = str(row["text"]), Path(row["file"]).stem  # some hosts make a link of a.md
        shown.append(Prose(f"{row['run']}, {name}", text[:_MAX_CHARACTERS]))
        hidden = len(text) - _MAX_CHARACTERS
        if hidden > 0:
            characters = wording.count(hidden, "more character")
            shown.append(Notice(f"{characters} of {name} of {row['run']} are not shown."))
    hidden = len(notes) - _MAX_RUNS
    if hidden > 0:
        shown.append(Notice(f"The notes of {wording.count(hidden, 'more run')} are not shown."))
    return shown
