"""Notes: the README.md and notes.md that people leave beside a run's event files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from reportgen.boundary import Boundary, Skipped
from reportgen.frames.health import KINDS, Row, of_skipped, row
from reportgen.frames.logged_run import LoggedRun

_NAMES = {"readme.md", "notes.md"}
_MAX_BYTES = 1 << 20


def is_note(name: str) -> bool:
    """Return whether a file is a note, by its name."""
    return name.lower() in _NAMES


def rows(runs: Iterable[LoggedRun], boundary: Boundary, health_rows: list[Row]) -> list[Row]:
    """Return rows of the frame of notes; append to `health_rows` what cannot be read."""
    notes: dict[Path, Row] = {}
    for run in runs:
        for name, directory in _directories(run):
            if not boundary.permits(directory):
                continue  # the directory of all splits, above the log directory
            for path in _paths(directory):
                if path not in notes:
                    text = _text(path, name, boundary, health_rows)
                    notes[path] = {"run": name, "file": path.name, "text": text}
    return [note for note in notes.values() if note["text"]]


def _directories(run: LoggedRun) -> Iterator[tuple[str, Path]]:
    """Yield where a run's notes are: the directory of all its splits, and its own."""
    if run.run.group != run.run.name:
        yield run.run.group, run.directory.parent
    yield run.run.name, run.directory


def _paths(directory: Path) -> list[Path]:
    """Return the notes in a directory, in name order; none if it cannot be listed."""
    try:
        return sorted(path for path in directory.iterdir() if is_note(path.name))
    except OSError:
        return []


def _text(path: Path, run: str, boundary: Boundary, health_rows: list[Row]) -> str:
    if (reason := boundary.refusal(path)) or path.is_dir():
        if reason:
            health_rows.extend(of_skipped([Skipped(path, reason)]))
        return ""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ValueError("it is too large")  # noqa: TRY301
        return path.read_text("utf-8", errors="replace").strip()
    except (OSError, ValueError) as error:
        health_rows.append(row(run, "unknown", 1, f"{path.name} ({error}): {KINDS['unknown']}"))
        return ""
