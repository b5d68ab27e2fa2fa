"""Health of the files: what was damaged, skipped or not understood, one row a problem."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from reportgen import wording
from reportgen.boundary import Skipped
from reportgen.columns import Damage, LogFile
from reportgen.frames.logged_run import LoggedRun

Row = dict[str, object]

# What each kind of row means, as the report says it.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "truncated": "the file ends in the middle of a record; everything before it was read",
        "payload": "a record has a wrong checksum and was skipped",
        "header": "these bytes are not a valid record; reading continued at the next valid one",
        "shrunk": "the file became shorter while it was read; everything before was read",
        "unreadable": "the file cannot be read",
        "skipped": "was not read",
        "unknown": "values that this report cannot show",
        "not an event file": "the file contains no valid record",
        "not a table": "the file cannot be read as the kind of table that its name says",
        "row": "lines that do not match the table's columns were skipped",
        "doubled": "values of a table were skipped: an event file of its run has their tags",
        "empty": "without records, or with nothing but the version of the format",
        "purged": "values that a later session replaces were dropped",
        "not finite": "values are NaN or infinite",
        "backwards": "steps go back within a tag",
        "repeated": "duplicate steps within a tag",
        "pause": "nothing was logged for much longer than usual",
        "large": "values are so many that pauses were not looked for, nor duplicate steps of tags "
        "whose steps go back; runs are ranked by means of equal stretches of their series, and "
        "findings come from some of the values",
        "masked": "values that look like secrets are masked",
        "two kinds": "a tag is used for more than one kind of value",
    }
)

_HEADER_BYTES = 12  # of a record: its length and that length's checksum


def of_skipped(skipped: Iterable[Skipped]) -> list[Row]:
    """Return a row of health for each file or directory that was skipped."""
    return [
        {"run": "", "file": str(item.path)}
        | _row(-1, "skipped", 1, 0, f"{item.path.name} {item.reason}; it was skipped")
        for item in skipped
    ]


def of_files(runs: Iterable[LoggedRun]) -> list[Row]:
    """Return rows of health on damage in the files and on values that restarts made void."""
    rows: list[Row] = []
    empty = 0
    for run in runs:
        for path, file in run.all_files():
            rows += _rows_of_file(run.run.name, str(path), file)
            empty += _is_empty(file)
        if run.purged:
            rows.append(row(run.run.name, "purged", run.purged))
    if empty:
        rows.append(row("", "empty", empty, f"{wording.count(empty, 'file')} {KINDS['empty']}"))
    return rows


def row(run: str, kind: str, records: int, detail: str = "") -> Row:
    """Return a row that concerns no place in a file; `detail` is by default the kind's meaning."""
    return {"run": run, "file": ""} | _row(-1, kind, records, 0, detail or KINDS[kind])


def _is_empty(file: LogFile) -> bool:
    """Return whether a writer left no value: no byte, a bare header, or only the version."""
    only_truncated = all(damage.kind == "truncated" for damage in file.damage)
    if not file.events:
        return only_truncated and (file.size == 0 or file.size >= _HEADER_BYTES)
    has_values = file.rows or any(file.columns.values())
    return (
        file.events == 1
        and only_truncated
        and not has_values
        and not file.unknown
        and not file.starts
    )


def _rows_of_file(run: str, path: str, file: LogFile) -> list[Row]:
    place = {"run": run, "file": path}
    if _is_empty(file):
        return []
    if not file.events and file.damage and file.damage[0].offset == 0:
        kind = "not an event file"
        return [place | _row(0, kind, 1, file.size, KINDS[kind])]
    damaged = [
        place | _row(damage.offset, damage.kind, damage.records, damage.bytes, _detail(damage))
        for damage in file.damage
    ]
    unknown = [
        place | _row(-1, "unknown", count, 0, f"{name}: {KINDS['unknown']}")
        for name, count in sorted(file.unknown.items())
    ]
    return damaged + unknown


def _detail(damage: Damage) -> str:
    return KINDS[damage.kind] + (f": {damage.detail}" if damage.detail else "")


def _row(offset: int, kind: str, records: int, size: int, detail: str) -> Row:
    return {"offset": offset, "kind": kind, "records": records, "bytes": size, "detail": detail}
