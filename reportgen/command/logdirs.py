"""The log directories that the user names: none is empty, and quoted globs expand."""

from __future__ import annotations

from collections.abc import Sequence
from glob import glob, has_magic
from pathlib import Path

from reportgen.errors import InputError, UsageError


def expanded(logdirs: Sequence[str]) -> list[str]:
    """Return the paths and URLs to read.

    Raises:
        UsageError: there is none, or one is empty.
        InputError: a glob matches nothing.
    """
    if not logdirs:
        raise UsageError("no LOGDIR; name a directory with training logs, as in reportgen runs/")
    return [path for logdir in logdirs for path in _paths(logdir)]


def _paths(logdir: str) -> list[str]:
    if not logdir.strip():
        raise UsageError("LOGDIR is empty (is a variable unset?); name a log directory")
    if "://" in logdir or not has_magic(logdir) or Path(logdir).exists():
        return [logdir]
    paths = sorted(glob(logdir, recursive=True))  # noqa: PTH207  # Path.glob wants a relative pattern
    if not paths:
        raise InputError(f"{logdir}: no file or directory matches; name a log directory")
    return paths
