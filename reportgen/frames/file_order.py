"""Orders the event files of a run by the time at which they were begun.

The order of names is another one where a process numbers its files without leading zeros, or where
processes or hosts change.
"""

from __future__ import annotations

import math
import struct
from dataclasses import replace
from pathlib import Path

from google.protobuf.message import DecodeError

from reportgen.events.messages import message
from reportgen.runs import Run, is_event_file, natural

_LENGTH_BYTES = 8  # of a record: little-endian, followed by 4 bytes of checksum, then the record
_HEADER_BYTES = 12
_MAX_RECORD_BYTES = 4096  # of a first record, which holds the version of the format


def in_time_order(run: Run) -> Run:
    """Return the run with its event files by their first wall time, followed by its tables.

    Files of the same time, or without one, are in natural order of their names.
    """
    event_files = [path for path in run.files if is_event_file(path.name)]
    if len(event_files) < 2:
        return run
    tables = [path for path in run.files if not is_event_file(path.name)]
    ordered = sorted(event_files, key=lambda path: (_first_wall_time(path), natural(path.name)))
    return replace(run, files=(*ordered, *tables))


def _first_wall_time(path: Path) -> float:
    """Return the wall time of a file's first record; infinity if it cannot be read."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
            (length,) = struct.unpack("<Q", header[:_LENGTH_BYTES])
            if length > _MAX_RECORD_BYTES:
                return math.inf
            event = message("Event").FromString(file.read(length))
    except (OSError, struct.error, DecodeError):
        return math.inf
    return event.wall_time if event.wall_time > 0 else math.inf
