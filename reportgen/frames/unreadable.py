"""Refusal of what the user names and holds no log."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from reportgen.errors import InputError
from reportgen.frames.health import Row
from reportgen.frames.logged_run import LoggedRun
from reportgen.tables import registry


def refuse_unreadable(logged: list[LoggedRun]) -> None:
    """Raise InputError if no file could be read."""
    files = [file for run in logged for file in run.all_files()]
    reasons = [
        (path, damage.detail)
        for path, file in files
        for damage in file.damage
        if damage.kind == "unreadable"
    ]
    if len(reasons) == len(files):
        path, reason = reasons[0]
        raise InputError(f"{path}: cannot be read ({reason}); check its permissions")


def refuse_other_files(health_rows: list[Row], paths: Sequence[Path]) -> None:
    """Raise InputError if a file that the user named holds no record."""
    named_files = {os.fspath(path) for path in paths}
    for row in health_rows:
        if row["file"] in named_files and row["kind"] == "not an event file":
            is_table = Path(str(row["file"])).suffix in registry.SUFFIXES
            needed = registry.NEEDED if is_table else "name an event file or a directory"
            raise InputError(f"{row['file']}: not an event file; {needed}")
        if row["file"] in named_files and row["kind"] in ("not a table", "unreadable"):
            raise InputError(f"{row['file']}: {row['detail']}")
