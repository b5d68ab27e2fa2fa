"""One event file into columns by kind, and a ledger of what was wrong in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from google.protobuf.message import DecodeError

from reportgen.errors import InputError
from reportgen.events import compat
from reportgen.events.blob import Blob
from reportgen.events.messages import message
from reportgen.events.tfrecord import Damage, payloads

Columns = dict[str, list[Any]]


@dataclass(slots=True)
class EventFile:
    """What one file holds.

    Attributes:
        columns: lists of equal length by column name, by kind of frame.
        damage: what was wrong in its framing.
        unknown: how many values were not understood, by what they were.
        events: how many records were read.
        size: of the file, in bytes.
    """

    columns: dict[str, Columns] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    damage: list[Damage] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    events: int = 0
    size: int = 0


def read(path: Path) -> EventFile:
    """Reads a whole event file.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); check its permissions"
        ) from error
    found = EventFile(size=len(data))
    plugins: dict[str, tuple[str, bytes]] = {}
    for start, payload in payloads(data, found.damage):
        try:
            event = message("Event").FromString(payload)
        except DecodeError:
            found.unknown["not an Event"] += 1
            continue
        found.events += 1
        if event.WhichOneof("what") in ("graph_def", "meta_graph_def", "tagged_run_metadata"):
            found.unknown[event.WhichOneof("what")] += 1
        for value in event.summary.value:
            _keep(found, event, value, plugins, _Places(str(path), start, payload))
    return found


@dataclass(frozen=True, slots=True)
class _Places:
    """Where encoded bytes of a record stand in its file."""

    path: str
    start: int
    payload: bytes

    def __call__(self, encoded: bytes) -> Blob:
        return Blob(self.path, self.start + self.payload.find(encoded), len(encoded))


def _keep(
    found: EventFile,
    event: Any,  # noqa: ANN401
    value: Any,  # noqa: ANN401
    plugins: dict[str, tuple[str, bytes]],
    places: _Places,
) -> None:
    """Adds a value's rows; a tag's metadata often comes only with its first value."""
    named = value.metadata.plugin_data
    if named.plugin_name:
        plugins[value.tag] = (named.plugin_name, named.content)
    plugin, content = plugins.get(value.tag, ("", b""))
    try:
        rows = list(compat.rows(value, plugin, content, places))
    except (ValueError, DecodeError):
        rows = []
    if not rows and plugin != "hparams":
        found.unknown[plugin or value.WhichOneof("value") or "no value"] += 1
    key = {"tag": value.tag, "step": event.step, "wall_time": event.wall_time}
    for kind, columns in rows:
        for name, cell in (key | columns).items():
            found.columns[kind][name].append(cell)
