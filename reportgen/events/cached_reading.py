"""Event files through the cache: those that have not changed are not decoded again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from reportgen.budget import FLOOR
from reportgen.cache.container import DamagedError
from reportgen.cache.fingerprint import fingerprint
from reportgen.cache.identity import Identity, identity
from reportgen.cache.store import Store
from reportgen.columns import LogFile
from reportgen.events import small_files, stored_file
from reportgen.events.scalar_records import Layouts
from reportgen.selection import EVERY, Selection

# Bytes of a file from which an entry is read faster than the file.
MIN_FILE_SIZE = 1 << 16


def read(
    paths: Sequence[Path],
    kinds: frozenset[str] | None = None,
    layouts: Layouts | None = None,
    tags: Selection = EVERY,
    floor: int = FLOOR,
    cache: Store | None = None,
) -> list[LogFile]:
    """Return the contents of several files, as `reportgen.events.small_files.read` does.

    Args:
        paths: see there.
        kinds: see there.
        layouts: see there.
        tags: see there.
        floor: see there.
        cache: where contents are looked for first, and put otherwise; None for no cache.
    """
    if cache is None:
        return small_files.read(paths, kinds, layouts, tags, floor)
    places = [_place(path, kinds, tags, floor) for path in paths]
    files = [None if place is None else _stored(cache, place) for place in places]
    missing = [path for path, file in zip(paths, files, strict=True) if file is None]
    decoded = iter(small_files.read(missing, kinds, layouts, tags, floor) if missing else ())
    contents = [next(decoded) if file is None else file for file in files]
    for place, file, content in zip(places, files, contents, strict=True):
        if place is not None and file is None:
            _put(cache, place, content)
    return contents


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a file is, and where its content is in the cache."""

    path: Path
    identity: Identity
    key: str


def _place(path: Path, kinds: frozenset[str] | None, tags: Selection, floor: int) -> _Place | None:
    """Return the place of a file in the cache; None for one that the cache is not for."""
    known = identity(path)
    if known is None or known.size < MIN_FILE_SIZE:
        return None
    wanted = None if kinds is None else sorted(kinds)
    key = json.dumps(["events", fingerprint(), astuple(known), wanted, tags.patterns, floor])
    return _Place(path, known, key)


def _stored(cache: Store, place: _Place) -> LogFile | None:
    """Return what the cache holds of a file; None if that is nothing, or damaged."""
    stored = cache.get(place.key)
    if stored is None:
        return None
    try:
        return stored_file.content(place.key, stored, str(place.path), place.identity.size)
    except DamagedError:
        return None


def _put(cache: Store, place: _Place, content: LogFile) -> None:
    """Put the content of a file into the cache, unless it was written to while it was read."""
    entry = stored_file.entry(place.key, content)
    if entry is not None and identity(place.path) == place.identity:
        cache.put(place.key, entry)
