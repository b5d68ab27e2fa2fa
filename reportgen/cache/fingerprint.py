"""What tells this version of the package from every other, a changed checkout included."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from reportgen import __version__, assets


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return a text that changes with the version, and with any module or template.

    Files count by size and time: reading all of them would take longer than the cache saves.
    """
    folders = dict.fromkeys([str(Path(__file__).parents[1]), str(assets.path("").absolute())])
    lines: list[str] = []
    with suppress(OSError):  # the package is in an archive, which changes with its version only
        lines = sorted(line for folder in folders for line in _files(folder))
    digest = hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
    return f"{__version__} {sys.version} {sys.byteorder} {digest}"


def _files(folder: str) -> Iterator[str]:
    """Yield path, size and time of all files below a folder that are not compiled ones."""
    with os.scandir(folder) as listing:
        for item in listing:
            if item.is_dir(follow_symlinks=False):
                if item.name != "__pycache__":
                    yield from _files(item.path)
            else:
                status = item.stat()
                yield f"{item.path} {status.st_size} {status.st_mtime_ns}"
