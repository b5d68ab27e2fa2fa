"""Log directories into runs: which event files belong together, and what each run is called."""

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
# Ultralytics calls its runs train, train2, ...; their files of this name hold every split.
_WHOLE = "results.csv"
_RANK = re.compile(r"(?:gpu|rank|worker)_?(\d{1,6})")

# Of a file that is no event file, and the path below which it was found.
Home = Callable[[Path, Path], Path | None]
# What is wrong with a place without logs.
_NOTHING = "holds no event file (*tfevents*) and no table of metrics (such as metrics.csv)"


@dataclass(frozen=True, slots=True)
class Run:
    """A directory that holds event files or tables.

    Attributes:
        name: the directory below the log directory, "/" between parts.
        group: the run that train/validation siblings are parts of, else `name`.
        split: "train", "validation", "test" or "".
        rank: of a distributed run; -1 where it is none.
        files: its event files in name order, then its tables.
    """

    name: str
    group: str
    split: str
    rank: int
    files: tuple[Path, ...]


def is_event_file(name: str) -> bool:
    """Whether a file name is that of an event file (and not of a side file)."""
    return "tfevents" in name and not name.endswith((".profile-empty", ".meta"))


def _readable(name: str) -> str:
    """A name whose bytes are no UTF-8, as text that can be written."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _nowhere(_file: Path, _root: Path) -> None:
    """No file but event files is known."""


def find_runs(paths: Sequence[str | os.PathLike[str]], home: Home = _nowhere) -> tuple[Run, ...]:
    """The runs below each path, in natural order of their names (run_2 before run_10).

    Args:
        paths: directories, or event files or tables.
        home: the directory whose run a file that is no event file belongs to, or None.

    Raises:
        InputError: a path does not exist or cannot be read, or a directory holds no such file.
    """
    runs: dict[str, list[Path]] = {}
    for given in paths:
        path = Path(given)
        prefix = f"{path.resolve().name}/" if len(paths) > 1 and path.is_dir() else ""
        for directory, files in _files(path, home).items():
            relative = directory.relative_to(path).as_posix() if directory != path.parent else "."
            name = directory.resolve().name if relative == "." else prefix + relative
            runs.setdefault(_readable(name), []).extend(files)
    root = _readable(Path(paths[0]).resolve().name)
    return tuple(_run(name, root, runs[name]) for name in sorted(runs, key=natural))


def natural(name: str) -> list[tuple[int, str]]:
    """A key that sorts numbers in names by their value."""
    return [
        (int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name)
    ]


def _files(path: Path, home: Home) -> dict[Path, list[Path]]:
    """Event files and then tables by the directory of their run."""
    if path.is_file():
        return {path.parent: [path]}
    if not path.is_dir():
        raise InputError(f"{path}: no such file or directory; name a log directory")
    found: dict[Path, list[Path]] = {}
    tables: list[tuple[Path, Path]] = []
    for directory, _, names in os.walk(path, onerror=_unreadable):
        for file in (Path(directory, name) for name in sorted(names)):
            if is_event_file(file.name):
                found.setdefault(file.parent, []).append(file)
            elif (place := home(file, path)) is not None:
                tables.append((place, file))
    for place, file in tables:
        found.setdefault(place, []).append(file)
    if not found:
        raise InputError(f"{path}: {_NOTHING}; name a log directory")
    return found


def _unreadable(error: OSError) -> None:
    raise InputError(f"{error.filename}: cannot be read ({error.strerror}); check its permissions")


def _run(name: str, root: str, files: list[Path]) -> Run:
    parent, _, last = name.rpartition("/")
    whole = any(path.name == _WHOLE for path in files)
    split = "" if whole else _SPLITS.get(last.lower(), "")
    rank = _RANK.fullmatch(last.lower())
    return Run(
        name=name,
        group=(parent or root) if split else name,
        split=split,
        rank=int(rank[1]) if rank else -1,
        files=tuple(dict.fromkeys(files)),
    )
