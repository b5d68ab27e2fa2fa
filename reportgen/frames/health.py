"""Health: what was wrong or not understood in the files, one row a thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from reportgen.columns import Damage, LogFile
from reportgen.frames.logged_run import Logged

Row = dict[str, object]

# What each kind of row means, in the reader's words.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "truncated": "the file ends within a record; all before it was read",
        "payload": "a record's checksum is wrong; the record was skipped",
        "header": "no valid record stood there; reading went on at the next one that is valid",
        "shrunk": "the file became shorter while it was read; what was read before is shown",
        "unknown": "values that are not shown in this report",
        "not an event file": "the file holds no valid record",
        "not a table": "the file cannot be read as the table that its name says",
        "row": "lines of a table that do not fit its columns were left out",
        "doubled": "values of a table were left out, as an event file beside it has their tags",
        "empty": "files hold no record, or none but the version",
        "purged": "values that a restart made void were left out",
        "not finite": "values are NaN or infinite",
        "backwards": "steps are lower than the one before in their tag",
        "repeated": "values stand at a step that their tag has had already",
        "pause": "nothing was logged for much longer than usual",
        "large": "values are many: pauses were not looked for, nor, where steps of a tag go back, "
        "values at a step that it has had already",
        "two kinds": "tags hold more than one kind",
    }
)


def of_files(logged: Iterable[Logged]) -> list[Row]:
    """What was wrong in the files, and what restarts made void.

    Returns:
        Rows of the health frame.
    """
    rows: list[Row] = []
    empty = 0
    for one in logged:
        for path, file in one.every_file():
            rows += _file(one.run.name, str(path), file)
            empty += _is_empty(file)
        if one.purged:
            rows.append(row(one.run.name, "purged", one.purged))
    return rows + ([row("", "empty", empty, f"{empty:,} {KINDS['empty']}")] if empty else [])


def row(run: str, kind: str, records: int, detail: str = "") -> Row:
    """A row that is about no place in a file; its detail is what the kind means if not given."""
    return {"run": run, "file": ""} | _row(-1, kind, records, 0, detail or KINDS[kind])


def _is_empty(file: LogFile) -> bool:
    """Whether a writer left it without anything: nothing, a bare header, or the version alone."""
    cut = all(spot.kind == "truncated" for spot in file.damage)
    if not file.events:
        return cut and (file.size == 0 or file.size >= 12)
    held = file.rows or any(file.columns.values())
    return file.events == 1 and cut and not held and not file.unknown and not file.starts


def _file(run: str, path: str, file: LogFile) -> list[Row]:
    place = {"run": run, "file": path}
    if _is_empty(file):
        return []
    if not file.events and file.damage and file.damage[0].offset == 0:
        kind = "not an event file"
        return [place | _row(0, kind, 1, file.size, KINDS[kind])]
    found = [
        place | _row(spot.offset, spot.kind, spot.records, spot.bytes, _detail(spot))
        for spot in file.damage
    ]
    found += [
        place | _row(-1, "unknown", count, 0, f"{what}: {KINDS['unknown']}")
        for what, count in sorted(file.unknown.items())
    ]
    return found


def _detail(spot: Damage) -> str:
    return KINDS[spot.kind] + (f": {spot.detail}" if spot.detail else "")


def _row(offset: int, kind: str, records: int, size: int, detail: str) -> Row:
    return {"offset": offset, "kind": kind, "records": records, "bytes": size, "detail": detail}
