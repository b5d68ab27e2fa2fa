"""What tells, from directory listings alone, that logs have changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reportgen.frames.read import may_be_log

Stamp = tuple[int, int, int]  # size in bytes, time of the last change in nanoseconds, inode


def stamps(paths: Iterable[str], *, follow_links: bool = False) -> Mapping[str, Stamp]:
    """Return the stamp of every file that may be a log, or lie beside one, by path.

    What cannot be listed is left out; reading it says why.

    Args:
        paths: log directories or event files on this machine.
        follow_links: whether directories behind links are listed.
    """
    return {
        path: stamp
        for root in paths
        for path in _files(root, follow_links=follow_links)
        if (stamp := _stamp(path)) is not None
    }


def _files(root: str, *, follow_links: bool) -> Iterator[str]:
    if not Path(root).is_dir():
        yield root
        return
    visited: set[Stamp] = set()
    for folder, folders, names in os.walk(root, followlinks=follow_links):
        place = _stamp(folder)
        if place is None or place in visited:  # a link that leads back
            folders.clear()
            continue
        visited.add(place)
        yield from (str(Path(folder, name)) for name in names if may_be_log(name))


def _stamp(path: str) -> Stamp | None:
    try:
        status = os.stat(path)  # noqa: PTH116  # of many files
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino
