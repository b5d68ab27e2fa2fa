"""Notes: the README.md and notes.md that people leave beside a run's event files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from reportgen.frames.health import KINDS, Row, row
from reportgen.frames.logged_run import Logged

_NAMES = {"readme.md", "notes.md"}
_LARGEST = 1 << 20  # bytes


def is_note(name: str) -> bool:
    """Whether a file is one of notes, by its name."""
    return name.lower() in _NAMES


def rows(logged: Iterable[Logged], ill: list[Row]) -> list[Row]:
    """Rows of the frame of notes; what cannot be read is put into `ill`."""
    found: dict[Path, Row] = {}
    for one in logged:
        for name, directory in _directories(one):
            for path in sorted(directory.iterdir()):
                if is_note(path.name) and path.is_file() and path not in found:
                    found[path] = {"run": name, "file": path.name, "text": _text(path, name, ill)}
    return [note for note in found.values() if note["text"]]


def _directories(one: Logged) -> Iterator[tuple[str, Path]]:
    """Where a run's notes are: in its directory, and in that of all its splits."""
    if one.run.group != one.run.name:
        yield one.run.group, one.directory.parent
    yield one.run.name, one.directory


def _text(path: Path, run: str, ill: list[Row]) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("it is too large")  # noqa: TRY301
        return path.read_text("utf-8", errors="replace").strip()
    except (OSError, ValueError) as error:
        ill.append(row(run, "unknown", 1, f"{path.name} ({error}): {KINDS['unknown']}"))
        return ""
