"""A bounded store of bytes by key, in files that several processes share.

An entry is written whole or not at all, under the digest of its key. Any entry, and the directory
itself, may vanish at any time: that is a miss, and nothing else.
"""

from __future__ import annotations

import hashlib
import logging
import os
import stat
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_LOGGER = logging.getLogger("reportgen")
_SUFFIX, _UNFINISHED = ".entry", ".part"
_ABANDONED = 3600  # seconds after which a file that is not finished is that of a dead process
_LARGEST_SHARE = 2  # an entry takes at most a half of the store

Buffer = bytes | memoryview


@dataclass(frozen=True, slots=True)
class Store:
    """Entries in a directory; the least recently used ones leave it first.

    Attributes:
        directory: which exists, see `reportgen.cache.directory.prepared`.
        max_bytes: of all entries, after `trim`.
    """

    directory: Path
    max_bytes: int

    def get(self, key: str) -> bytes | None:
        """Return an entry; None where there is none."""
        path = self._path(key)
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        try:
            with os.fdopen(os.open(path, flags), "rb", buffering=0) as file:
                status = os.fstat(file.fileno())
                if not stat.S_ISREG(status.st_mode) or status.st_size > self.max_bytes:
                    return None
                content = file.read()
            os.utime(path)  # it is used
        except OSError:
            return None
        return content

    def put(self, key: str, pieces: Iterable[Buffer]) -> None:
        """Write an entry, if it is not too large for the store and the disk has room."""
        buffers = list(pieces)
        if sum(len(buffer) for buffer in buffers) > self.max_bytes // _LARGEST_SHARE:
            return
        path, unfinished = self._path(key), ""
        try:
            # Of mode 0600, under a name that no other process has.
            descriptor, unfinished = tempfile.mkstemp(_UNFINISHED, dir=self.directory)
            with os.fdopen(descriptor, "wb") as file:
                for buffer in buffers:
                    file.write(buffer)
            Path(unfinished).replace(path)
        except OSError as error:
            _LOGGER.debug("not cached: %s", error)
            if unfinished:
                _remove(unfinished)
        except BaseException:  # interrupted
            if unfinished:
                _remove(unfinished)
            raise

    def trim(self) -> None:
        """Remove the least recently used entries until the others fit."""
        entries: list[tuple[int, int, str]] = []  # nanoseconds, bytes, path
        with suppress(OSError), os.scandir(self.directory) as listing:
            for item in listing:
                with suppress(OSError):
                    status = item.stat(follow_symlinks=False)
                    if item.name.endswith(_SUFFIX):
                        entries.append((status.st_mtime_ns, status.st_size, item.path))
                    elif item.name.endswith(_UNFINISHED) and _is_abandoned(status):
                        _remove(item.path)
        left = self.max_bytes
        for _, size, path in sorted(entries, reverse=True):
            left -= size
            if left < 0:
                _remove(path)

    def _path(self, key: str) -> Path:
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return self.directory / f"{digest}{_SUFFIX}"


def _is_abandoned(status: os.stat_result) -> bool:
    return time.time() - status.st_mtime > _ABANDONED


def _remove(path: str) -> None:
    with suppress(OSError):
        Path(path).unlink()
