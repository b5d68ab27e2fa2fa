"""Health: what was wrong or not understood in the files, one row a thing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reportgen.events.event_file import EventFile

# What each kind of row means, in the reader's words.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "truncated": "the file ends within a record; all before it was read",
        "payload": "a record's checksum is wrong; the record was skipped",
        "header": "no valid record stood there; reading went on at the next one that is valid",
        "unknown": "values that are not shown in this report",
        "not an event file": "the file holds no valid record",
    }
)


def rows(run: str, path: str, file: EventFile) -> list[dict[str, object]]:
    """The rows of the health frame for one file."""
    place = {"run": run, "file": path}
    if not file.events and file.damage and file.damage[0].offset == 0:
        kind = "not an event file"
        return [place | _row(0, kind, 1, file.size, KINDS[kind])]
    found = [
        place | _row(spot.offset, spot.kind, spot.records, spot.bytes, KINDS[spot.kind])
        for spot in file.damage
    ]
    found += [
        place | _row(-1, "unknown", count, 0, f"{what}: {KINDS['unknown']}")
        for what, count in sorted(file.unknown.items())
    ]
    return found


def _row(offset: int, kind: str, records: int, size: int, detail: str) -> dict[str, object]:
    return {"offset": offset, "kind": kind, "records": records, "bytes": size, "detail": detail}
