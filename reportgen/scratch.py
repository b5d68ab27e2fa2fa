"""Scratch directories: locked while their process lives, so that the next run removes dead ones.

The lock is the kernel's: it ends with the process however that ends, also in another container or
on another machine that shares the file system.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_DIGITS = 16  # hexadecimal, after the prefix: only a name of this form is one of ours
SAVED = "saved"  # a directory in a scratch directory: what was moved out of its place for a moment

if sys.platform == "win32":  # which refuses to remove what is open

    def _lock(_directory: Path) -> int | None:
        """Return None: there is no such lock."""
        return None

else:
    import fcntl

    def _lock(directory: Path) -> int | None:
        """Return a descriptor that holds the lock of a directory; None if another process does."""
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return None
        return descriptor


@contextmanager
def scratch(parent: Path, prefix: str) -> Iterator[Path]:
    """Yield a new directory in `parent`, which is removed at the end; remove those of the dead.

    Args:
        parent: where it is.
        prefix: what its name begins with; 16 random hexadecimal digits follow.

    Raises:
        OSError: it cannot be made.
    """
    remove_dead(parent, prefix)
    while True:
        directory = parent / f"{prefix}{secrets.token_hex(_DIGITS // 2)}"
        directory.mkdir()
        descriptor = _lock(directory)
        if directory.exists():  # else another process took it for a dead one before it was locked
            break
        _unlock(descriptor)
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)
        _unlock(descriptor)


def remove_dead(parent: Path, prefix: str) -> None:
    """Remove scratch directories whose process is dead; move back what it had moved away.

    A directory that only begins with the prefix is somebody else's, and stays.
    """
    name = re.compile(rf"{re.escape(prefix)}[0-9a-f]{{{_DIGITS}}}")
    with suppress(OSError):
        for directory in sorted(parent.glob(f"{prefix}*")):
            if directory.is_symlink() or not directory.is_dir() or not _is_ours(directory):
                continue
            if not name.fullmatch(directory.name):
                continue
            with suppress(OSError):
                descriptor = _lock(directory)
                if descriptor is not None:
                    _restore(directory, parent)
                    shutil.rmtree(directory, ignore_errors=True)
                    _unlock(descriptor)


def _is_ours(directory: Path) -> bool:
    return not hasattr(os, "getuid") or directory.stat().st_uid == os.getuid()


def _restore(directory: Path, parent: Path) -> None:
    """Move back what was saved, unless something else is in its place now."""
    for saved in sorted((directory / SAVED).glob("*")):
        if not (parent / saved.name).exists():
            saved.rename(parent / saved.name)


def _unlock(descriptor: int | None) -> None:
    if descriptor is not None:
        os.close(descriptor)
