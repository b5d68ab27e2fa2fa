"""The boundary of what is read: regular files in the log directories, and nothing outside of them.

Who can write to a log directory can put a link there that leads to a private file, or a pipe that
never ends. Hard links cannot be told from files; a file system protects itself against those.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

FOLLOW_OPTION = "--follow-links"
_LEADS_OUT = f"is a link that leads out of the log directory; {FOLLOW_OPTION} reads it"
_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or directory that is not read.

    Attributes:
        path: where it is.
        reason: words that follow its name.
    """

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Boundary:
    """Which files and directories may be read.

    Attributes:
        directories: resolved; files in them may be read.
        follow_links: whether links that lead out of them are read too.
    """

    directories: tuple[Path, ...]
    follow_links: bool = False

    @classmethod
    def around(cls, paths: Iterable[Path], *, follow_links: bool = False) -> Self:
        """Return the boundary around log directories, and around directories of single logs."""
        resolved = (path if path.is_dir() else path.parent for path in paths)
        return cls(tuple(path.resolve() for path in resolved), follow_links)

    def encloses(self, path: Path) -> bool:
        """Return whether a path is in one of the directories, its links followed."""
        real = path.resolve()
        return any(real.is_relative_to(directory) for directory in self.directories)

    def permits(self, directory: Path) -> bool:
        """Return whether a directory may be looked into for files beside the logs."""
        return self.follow_links or self.encloses(directory)

    def refusal(self, path: Path) -> str:
        """Return why a file or directory is not read, in words that follow its name; "" if it is.

        A path that does not exist is not refused.
        """
        try:
            kind = path.stat().st_mode
        except OSError as error:
            if path.is_symlink():
                return "is a link that leads to nothing"
            return "" if isinstance(error, FileNotFoundError) else cannot_be_read(error)
        if not self.permits(path):
            return _LEADS_OUT
        return unreadable(path, kind)


def unreadable(path: Path, mode: int) -> str:
    """Return why a file or directory cannot be read, in words that follow its name; "" if it can.

    Args:
        path: the file or directory.
        mode: as `os.stat` returns it.
    """
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return f"is {next((name for is_kind, name in _KINDS if is_kind(mode)), 'no regular file')}"
    needed = os.R_OK | os.X_OK if stat.S_ISDIR(mode) else os.R_OK
    return "" if os.access(path, needed) else "cannot be read (Permission denied)"


def cannot_be_read(error: OSError) -> str:
    """Return the words for an error of the file system."""
    return f"cannot be read ({error.strerror or error})"


def sentence(skipped: Sequence[Skipped], root: Path) -> str:
    """Return what was skipped in a directory, for an error where nothing else is there."""
    first = skipped[0]
    name = first.path.relative_to(root) if first.path.is_relative_to(root) else first.path
    others = f" (and {len(skipped) - 1:,} more were skipped)" if len(skipped) > 1 else ""
    return f"{name} {first.reason}{others}"
