"""Runs of log directories: which files belong to one run, and the name of each run."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.boundary import Boundary, Skipped, cannot_be_read, sentence, unreadable
from reportgen.errors import InputError

SPLIT_DIRECTORIES = {
    "train": "train",
    "training": "train",
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
    "eval": "validation",
    "test": "test",
}
# Ultralytics names its runs train, train2, ...; their files of this name hold all splits.
_ALLSPLIT_DIRECTORIES_FILE = "results.csv"
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


def _no_table_name(_file: Path) -> bool:
    """Treat no name as that of a table."""
    return False


@dataclass(frozen=True, slots=True)
class TableFinder:
    """How tables of metrics are found.

    Attributes:
        may_be: whether a file may be a table, by its path alone.
        home: see `TableHome`.
    """

    may_be: Callable[[Path], bool] = _no_table_name
    home: TableHome = _no_tables


def find_runs(
    paths: Sequence[str | os.PathLike[str]],
    tables: TableFinder = TableFinder(),  # it is frozen
    boundary: Boundary | None = None,
    skipped: list[Skipped] | None = None,
) -> tuple[Run, ...]:
    """Return the runs below each path, in natural order of their names (run_2 before run_10).

    Args:
        paths: directories, or event files or tables.
        tables: how tables are found.
        boundary: what may be read; None for regular files in the directories.
        skipped: is added to: logs and directories that are not read.

    Raises:
        InputError: a path does not exist or cannot be read, or a directory holds no such file.
    """
    locations = [Path(path) for path in paths]
    boundary = boundary or Boundary.around(locations)
    skipped = [] if skipped is None else skipped
    runs: dict[str, list[Path]] = {}
    for path in locations:
        prefix = f"{path.resolve().name}/" if len(paths) > 1 and path.is_dir() else ""
        for directory, files in _files(path, tables, boundary, skipped).items():
            relative = directory.relative_to(path).as_posix() if directory != path.parent else "."
            name = directory.resolve().name if relative == "." else prefix + relative
            runs.setdefault(_as_utf8(name), []).extend(files)
    root = _as_utf8(locations[0].resolve().name)
    return tuple(_run(name, root, runs[name]) for name in sorted(runs, key=natural))


def natural(name: str) -> list[tuple[int, str]]:
    """Return a sort key that orders numbers in names by their value."""
    return [
        (int(piece), "") if piece.isdecimal() else (-1, piece) for piece in re.split(r"(\d+)", name)
    ]


def _files(
    path: Path, tables: TableFinder, boundary: Boundary, skipped: list[Skipped]
) -> dict[Path, list[Path]]:
    """Return event files and then tables, by the directory of their run."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise InputError(_no_such_path(path, error)) from error
    if reason := unreadable(path, mode):
        raise InputError(f"{path}: {reason}; name a log directory")
    if not path.is_dir():
        return {path.parent: [path]}
    by_directory: dict[Path, list[Path]] = {}
    table_files: list[tuple[Path, Path]] = []
    skipped_here: list[Skipped] = []
    for file in _walk(path, tables, boundary, skipped_here):
        if is_event_file(file.name):
            by_directory.setdefault(file.parent, []).append(file)
        elif (home := tables.home(file, path)) is not None:
            table_files.append((home, file))
    for home, file in table_files:
        by_directory.setdefault(home, []).append(file)
    if not by_directory and skipped_here:
        raise InputError(f"{path}: nothing to read: {sentence(skipped_here, path)}")
    if not by_directory:
        raise InputError(f"{path}: {_NO_LOGS}; name a log directory")
    skipped += skipped_here
    return by_directory


def _no_such_path(path: Path, error: OSError) -> str:
    if path.is_symlink():
        return f"{path}: is a link that leads to nothing; name a log directory"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"{path}: no such file or directory; name a log directory"
    return f"{path}: {cannot_be_read(error)}; check its permissions"


def _walk(
    root: Path, tables: TableFinder, boundary: Boundary, skipped: list[Skipped]
) -> Iterator[Path]:
    """Yield the files that may be logs, each directory's in name order before those below it.

    Directories that are links are entered only if they lead out of the log directories and the
    boundary allows it: others are found at their own place.
    """
    waiting, entered = [root], {root.resolve()}
    while waiting:
        directory = waiting.pop()
        try:
            entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
        except OSError as error:
            skipped.append(Skipped(directory, cannot_be_read(error)))
            continue
        below = []
        for entry in entries:
            path = directory / entry.name
            if not _may_be_read(entry, path, tables, boundary, skipped):
                continue
            if not entry.is_dir():
                yield path
            elif not entry.is_symlink() or path.resolve() not in entered:
                entered |= {path.resolve()} if entry.is_symlink() else set()
                below.append(path)
        waiting += reversed(below)


def _may_be_read(
    entry: os.DirEntry[str],
    path: Path,
    tables: TableFinder,
    boundary: Boundary,
    skipped: list[Skipped],
) -> bool:
    """Return whether a directory is entered, or a file is a log that is read."""
    is_directory, is_link = _is_directory(entry), entry.is_symlink()
    if not is_directory and not is_event_file(entry.name) and not tables.may_be(path):
        return False
    if is_directory and is_link and boundary.encloses(path):
        return False
    if not is_link and (is_directory or entry.is_file(follow_symlinks=False)):
        reason = unreadable(path, stat.S_IFDIR if is_directory else stat.S_IFREG)
    else:
        reason = boundary.refusal(path)
    if reason:
        skipped.append(Skipped(path, reason))
    return not reason


def _is_directory(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry is a directory or a link to one; False if the link is broken."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _run(name: str, root: str, files: list[Path]) -> Run:
    parent, _, last = name.rpartition("/")
    has_all_splits = any(path.name == _ALLSPLIT_DIRECTORIES_FILE for path in files)
    split = "" if has_all_splits else SPLIT_DIRECTORIES.get(last.lower(), "")
    rank = _RANK.fullmatch(last.lower())
    return Run(
        name=name,
        group=(parent or root) if split else name,
        split=split,
        rank=int(rank[1]) if rank else -1,
        files=tuple(dict.fromkeys(files)),
    )
