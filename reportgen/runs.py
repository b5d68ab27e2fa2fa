"""Runs of log directories: which files belong to one run, and the name of each run."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import InputError

_SPLITS = {
    "train": "train",
    "training": "train",
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
    "eval": "validation",
    "test": "test",
}
# Ultralytics names its runs train, train2, ...; their files of this name hold all splits.
_ALL_SPLITS_FILE = "results.csv"
_RANK = re.compile(r"(?:gpu|rank|worker)_?(\d{1,6})")

# Returns the directory of the run that a table belongs to, or None if the file is not a table.
# Its arguments are the file and the log directory in which it was found.
TableHome = Callable[[Path, Path], Path | None]
_NO_LOGS = "holds no event file (*tfevents*) and no table of metrics (such as metrics.csv)"


@dataclass(frozen=True, slots=True)
class Run:
    """A directory that holds event files or tables.

    Attributes:
        name: the directory below the log directory, "/" between parts.
        group: the run that train/validation siblings belong to, else `name`.
        split: "train", "validation", "test" or "".
        rank: of a distributed run; -1 for other runs.
        files: its event files in name order, then its tables.
    """

    name: str
    group: str
    split: str
    rank: int
    files: tuple[Path, ...]


def is_event_file(name: str) -> bool:
    """Return whether a file name is that of an event file (and not of a file beside it)."""
    return "tfevents" in name and not name.endswith((".profile-empty", ".meta"))


def _as_utf8(name: str) -> str:
    """Return a name with bytes that are not UTF-8 replaced."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _no_tables(_file: Path, _root: Path) -> None:
    """Treat no file as a table."""


def find_runs(
    paths: Sequence[str | os.PathLike[str]], table_home: TableHome = _no_tables
) -> tuple[Run, ...]:
    """Return the runs below each path, in natural order of their names (run_2 before run_10).

    Args:
        paths: directories, or event files or tables.
        table_home: see `TableHome`.

    Raises:
        InputError: a path does not exist or cannot be read, or a directory holds no such file.
    """
    runs: dict[str, list[Path]] = {}
    for location in paths:
        path = Path(location)
        prefix = f"{path.resolve().name}/" if len(paths) > 1 and path.is_dir() else ""
        for directory, files in _files(path, table_home).items():
            relative = directory.relative_to(path).as_posix() if directory != path.parent else "."
            name = directory.resolve().name if relative == "." else prefix + relative
            runs.setdefault(_as_utf8(name), []).extend(files)
    root = _as_utf8(Path(paths[0]).resolve().name)
    return tuple(_run(name, root, runs[name]) for name in sorted(runs, key=natural))


def natural(name: str) -> list[tuple[int, str]]:
    """Return a sort key that orders numbers in names by their value."""
    return [
        (int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name)
    ]


def _files(path: Path, table_home: TableHome) -> dict[Path, list[Path]]:
    """Return event files and then tables, by the directory of their run."""
    if path.is_file():
        return {path.parent: [path]}
    if not path.is_dir():
        raise InputError(f"{path}: no such file or directory; name a log directory")
    by_directory: dict[Path, list[Path]] = {}
    tables: list[tuple[Path, Path]] = []
    for directory, _, names in os.walk(path, onerror=_refuse_unreadable):
        location = Path(directory)
        for name in sorted(names):
            if is_event_file(name):
                by_directory.setdefault(location, []).append(location / name)
            elif (home := table_home(location / name, path)) is not None:
                tables.append((home, location / name))
    for home, file in tables:
        by_directory.setdefault(home, []).append(file)
    if not by_directory:
        raise InputError(f"{path}: {_NO_LOGS}; name a log directory")
    return by_directory


def _refuse_unreadable(error: OSError) -> None:
    raise InputError(f"{error.filename}: cannot be read ({error.strerror}); check its permissions")


def _run(name: str, root: str, files: list[Path]) -> Run:
    parent, _, last = name.rpartition("/")
    has_all_splits = any(path.name == _ALL_SPLITS_FILE for path in files)
    split = "" if has_all_splits else _SPLITS.get(last.lower(), "")
    rank = _RANK.fullmatch(last.lower())
    return Run(
        name=name,
        group=(parent or root) if split else name,
        split=split,
        rank=int(rank[1]) if rank else -1,
        files=tuple(dict.fromkeys(files)),
    )
