"""Target: where an output goes and in which format, as `-o [FORMAT:]PATH` says it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import OutputError, UsageError

# Format by suffix, where the suffix alone is clear.
SUFFIXES = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md"}
FORMATS = ("html", "md", "bundle")
_BUNDLED = {".html", ".css", ".svg", ".png", ".jpeg", ".gif"}


@dataclass(frozen=True, slots=True)
class Target:
    """One output.

    Attributes:
        format: one of `FORMATS`.
        path: the file to write; the folder, of a bundle.
    """

    format: str
    path: Path

    @property
    def folder(self) -> str:
        """Name of the folder beside the file for what the file refers to."""
        return f"{self.path.stem}_files"


def parse(text: str) -> Target:
    """Reads `[FORMAT:]PATH`.

    Raises:
        UsageError: no format is named and the suffix does not tell, or no path is given.
    """
    name, colon, rest = text.partition(":")
    if colon and name in FORMATS:
        if not rest:
            raise UsageError(f"{text}: no path after the format; write {name}:PATH")
        return Target(name, Path(rest))
    path = Path(text)
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(
            f"{text}: the suffix names no format; use one of {', '.join(SUFFIXES)}, "
            f"or FORMAT:PATH with one of {', '.join(FORMATS)}"
        )
    return Target(SUFFIXES[path.suffix.lower()], path)


def check(targets: list[Target]) -> None:
    """Finds out before the work whether the targets can be written; touches nothing.

    Raises:
        OutputError: a target is a directory, lies below a file or in a place without write
            permission, or is named twice.
    """
    seen = set()
    for target in targets:
        path = target.path
        if path.absolute() in seen:
            raise OutputError(f"{path}: named twice; give each output a path of its own")
        seen.add(path.absolute())
        if target.format == "bundle":
            _check_folder(path)
        elif path.is_dir():
            raise OutputError(f"{path}: is a directory; name a file in it")
        elif path.exists() and not path.is_file():
            raise OutputError(f"{path}: is not a regular file; choose another place")
        parent = next(place for place in path.absolute().parents if place.exists())
        if not parent.is_dir():
            raise OutputError(f"{path}: {parent} is not a directory; choose another place")
        if not os.access(parent, os.W_OK):
            raise OutputError(f"{path}: no permission to write in {parent}; choose another place")


def _check_folder(path: Path) -> None:
    """A bundle replaces its folder whole, so nothing else may be in it."""
    held = list(path.iterdir()) if path.is_dir() else []
    ours = path / "index.html" in held and all(
        one.is_file() and one.suffix in _BUNDLED for one in held
    )
    if path.exists() and not path.is_dir():
        raise OutputError(f"{path}: is a file; name a folder for the bundle")
    if held and not ours:
        raise OutputError(f"{path}: holds other files; name a new or empty folder for the bundle")
