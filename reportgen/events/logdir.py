"""Log directories into runs: which event files belong together, and what each run is called."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
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
_RANK = re.compile(r"(?:gpu|rank|worker)_?(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Run:
    """A directory that holds event files.

    Attributes:
        name: the directory below the log directory, "/" between parts.
        group: the run that train/validation siblings are parts of, else `name`.
        split: "train", "validation", "test" or "".
        rank: of a distributed run; -1 where it is none.
        files: its event files in name order.
    """

    name: str
    group: str
    split: str
    rank: int
    files: tuple[Path, ...]


def is_event_file(name: str) -> bool:
    """Whether a file name is that of an event file (and not of a side file)."""
    return "tfevents" in name and not name.endswith((".profile-empty", ".meta"))


def find_runs(paths: Sequence[str | os.PathLike[str]]) -> tuple[Run, ...]:
    """The runs below each path, in natural order of their names (run_2 before run_10).

    Args:
        paths: directories, or event files.

    Raises:
        InputError: a path does not exist or cannot be read, or a directory holds no event file.
    """
    runs: dict[str, list[Path]] = {}
    for given in paths:
        path = Path(given)
        prefix = f"{path.resolve().name}/" if len(paths) > 1 and path.is_dir() else ""
        for directory, files in _event_files(path):
            relative = directory.relative_to(path).as_posix() if directory != path.parent else "."
            name = directory.resolve().name if relative == "." else prefix + relative
            runs.setdefault(name, []).extend(files)
    root = Path(paths[0]).resolve().name
    return tuple(_run(name, root, runs[name]) for name in sorted(runs, key=natural))


def natural(name: str) -> list[tuple[int, str]]:
    """A key that sorts numbers in names by their value."""
    return [
        (int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name)
    ]


def _event_files(path: Path) -> list[tuple[Path, list[Path]]]:
    if path.is_file():
        return [(path.parent, [path])]
    if not path.is_dir():
        raise InputError(f"{path}: no such file or directory; name a log directory")
    found = []
    for directory, _, names in os.walk(path, onerror=_unreadable):
        files = [Path(directory, name) for name in sorted(names) if is_event_file(name)]
        if files:
            found.append((Path(directory), files))
    if not found:
        raise InputError(f"{path}: holds no event file (*tfevents*); name a log directory")
    return found


def _unreadable(error: OSError) -> None:
    raise InputError(f"{error.filename}: cannot be read ({error.strerror}); check its permissions")


def _run(name: str, root: str, files: list[Path]) -> Run:
    parent, _, last = name.rpartition("/")
    split = _SPLITS.get(last.lower(), "")
    rank = _RANK.fullmatch(last.lower())
    return Run(
        name=name,
        group=(parent or root) if split else name,
        split=split,
        rank=int(rank[1]) if rank else -1,
        files=tuple(dict.fromkeys(files)),
    )
