"""Notes: the README.md and notes.md that people leave beside a run's event files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from reportgen.frames.health import KINDS, Row, row
from reportgen.frames.logged_run import LoggedRun

_NAMES = {"readme.md", "notes.md"}
_MAX_BYTES = 1 << 20


def is_note(name: str) -> bool:
    """Return whether a file is a note, by its name."""
    return name.lower() in _NAMES


def rows(runs: Iterable[LoggedRun], health_rows: list[Row]) -> list[Row]:
    """Return rows of the frame of notes; append to `health_rows` what cannot be read."""
    notes: dict[Path, Row] = {}
    for run in runs:
        for name, directory in _directories(run):
            for path in sorted(directory / file for file in os.listdir(directory) if is_note(file)):  # noqa: PTH208  # far faster for many runs
                if path.is_file() and path not in notes:
                    text = _text(path, name, health_rows)
                    notes[path] = {"run": name, "file": path.name, "text": text}
    return [note for note in notes.values() if note["text"]]


def _directories(run: LoggedRun) -> Iterator[tuple[str, Path]]:
    """Yield where a run's notes are: the directory of all its splits, and its own."""
    if run.run.group != run.run.name:
        yield run.run.group, run.directory.parent
    yield run.run.name, run.directory


def _text(path: Path, run: str, health_rows: list[Row]) -> str:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ValueError("it is too large")  # noqa: TRY301
        return path.read_text("utf-8", errors="replace").strip()
    except (OSError, ValueError) as error:
        health_rows.append(row(run, "unknown", 1, f"{path.name} ({error}): {KINDS['unknown']}"))
        return ""
