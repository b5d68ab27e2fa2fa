"""Records one by one through protobuf: the way of every kind but plainly written scalars."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from google.protobuf.message import DecodeError

from reportgen.columns import Columns, Damage, Start
from reportgen.events import compat, graph
from reportgen.events.blob import Blob
from reportgen.events.crc32c import masked
from reportgen.events.messages import message
from reportgen.events.skim import skim
from reportgen.selection import Selection

# tag, step, wall time, value
Scalar = tuple[str, int, float, float]

_ALWAYS = {"status", "hparams", "metrics"}  # kinds that say what a run is, wanted or not
_START = 1  # SessionLog.status
_HEAVY = ("image", "histo", "audio")  # fields of Summary.Value
_HEAVY_PLUGINS = ("images", "histograms", "audio", "pr_curves", "mesh")
_LARGE = 1 << 12  # bytes; a smaller record is not worth looking ahead
_SCALARS = ("", "scalars")  # plugins under which a plain scalar is a scalar


@dataclass(frozen=True, slots=True)
class Record:
    """A record that protobuf could read.

    Attributes:
        index: in its batch.
        start: of its payload, in the file.
        payload: its bytes; b"" where nothing in it is wanted.
        event: the Event; of an unwanted record, tags and metadata only.
    """

    index: int
    start: int
    payload: bytes
    event: Any


class Records:
    """Reads single records of one file, in order, and remembers each tag's plugin.

    Attributes:
        columns: lists of equal length by column name, by kind of frame; scalars are not here.
        damage: records whose checksum is wrong.
        unknown: how many values were not understood, by what they were.
        events: how many records were read.
        starts: sessions' beginnings, in order.
        odd: tags that a plugin made something else than scalars, once at least.
    """

    def __init__(
        self, path: str, view: memoryview, kinds: frozenset[str] | None, tags: Selection
    ) -> None:
        self.columns: defaultdict[str, Columns] = defaultdict(lambda: defaultdict(list))
        self.damage: list[Damage] = []
        self.unknown: Counter[str] = Counter()
        self.events = 0
        self.starts: list[Start] = []
        self.odd: set[str] = set()
        self._path, self._view, self._tags = path, view, tags
        self._kinds = None if kinds is None else kinds | _ALWAYS
        self._plugins: dict[str, tuple[str, bytes]] = {}
        self._ahead: dict[str, str] = {}  # the same, up to the record that is parsed

    def parse(self, places: Iterable[tuple[int, int, int]]) -> Iterator[Record]:
        """Yields the readable records of (index in the batch, start, size), ascending."""
        self._ahead = {tag: plugin for tag, (plugin, _) in self._plugins.items()}
        for index, start, size in places:
            record = self._unwanted(index, start, size) or self._wanted(index, start, size)
            if record is not None:
                for value in record.event.summary.value:
                    if value.metadata.plugin_data.plugin_name:
                        self._ahead[value.tag] = value.metadata.plugin_data.plugin_name
                yield record

    def parse_late(self, places: Iterable[tuple[int, int, int]]) -> Iterator[Record]:
        """The same for records that others of their batch were parsed before.

        What those named is not known of the tags here, so none is passed over.
        """
        found = (self._wanted(index, start, size) for index, start, size in places)
        return (record for record in found if record is not None)

    def spoilt(self, start: int, size: int) -> None:
        """Notes a record whose checksum is wrong, by its payload."""
        self.damage.append(Damage(start - 12, "payload", 1, size + 16))

    def notice(self, record: Record) -> set[str]:
        """A record's tags; those that it makes something else than scalars are added to `odd`."""
        values = record.event.summary.value
        self.odd |= {
            value.tag for value in values if value.metadata.plugin_data.plugin_name not in _SCALARS
        }
        return {value.tag for value in values}

    def name_scalars(self, tags: Iterable[str]) -> None:
        """Notes that records read elsewhere named these tags' plugin: scalars."""
        self._plugins.update(dict.fromkeys(tags, ("scalars", b"")))

    def keep(self, record: Record) -> list[Scalar]:
        """Adds a record's rows to `columns`; returns its scalars."""
        event = record.event
        self.events += 1
        if event.session_log.status == _START:
            rows = {kind: len(held["tag"]) for kind, held in self.columns.items()}
            self.starts.append(Start(record.index, event.step, event.wall_time, rows))
        what = event.WhichOneof("what")
        if what in ("graph_def", "meta_graph_def"):
            self._graph(event, what)
        elif what == "tagged_run_metadata":
            self.unknown["profile of a run (tagged_run_metadata)"] += 1
        return [scalar for value in event.summary.value for scalar in self._value(record, value)]

    def _unwanted(self, index: int, start: int, size: int) -> Record | None:
        if self._kinds is None or size < _LARGE:
            return None
        event = skim(self._view, start, start + size, self._kinds, self._ahead)
        return None if event is None else Record(index, start, b"", event)

    def _wanted(self, index: int, start: int, size: int) -> Record | None:
        payload = bytes(self._view[start : start + size])
        if masked(payload) != int.from_bytes(self._view[start + size :][:4], "little"):
            self.spoilt(start, size)
            return None
        try:
            return Record(index, start, payload, message("Event").FromString(payload))
        except DecodeError:
            self.unknown["not an Event"] += 1
            return None

    def _value(self, record: Record, value: Any) -> list[Scalar]:  # noqa: ANN401
        """A value's rows; a tag's metadata often comes only with its first value."""
        named = value.metadata.plugin_data
        if named.plugin_name:
            self._plugins[value.tag] = (named.plugin_name, named.content)
        if not record.payload or self._passed_over(value):
            return []
        plugin, content = self._plugins.get(value.tag, ("", b""))
        places = _Places(self._path, record.start, record.payload)
        broken = False
        try:
            with np.errstate(all="ignore"):  # numbers of any kind are as they were logged
                rows = compat.rows(value, plugin, content, places)
        except (ValueError, DecodeError):
            rows, broken = [], True
        if not rows and (broken or plugin != "hparams"):
            self.unknown[plugin or value.WhichOneof("value") or "no value"] += 1
        tag = value.tag or value.node_name
        step, wall_time = record.event.step, record.event.wall_time
        self._add(rows, {"tag": tag, "step": step, "wall_time": wall_time})
        numbers = [columns["value"] for kind, columns in rows if kind == "scalars"]
        return [(tag, step, wall_time, number) for number in numbers]

    def _graph(self, event: Any, field: str) -> None:  # noqa: ANN401
        if not self._shown("graphs"):
            return
        try:
            nodes = graph.of_event(field, getattr(event, field))
        except DecodeError:
            self.unknown[field] += 1
            return
        key = {"tag": "", "step": event.step, "wall_time": event.wall_time}
        self._add([("graphs", {"format": field, "nodes": nodes})], key)

    def _add(self, rows: list[compat.Row], key: dict[str, Any]) -> None:
        """Adds rows of other kinds than scalars to the columns, where they are wanted."""
        for kind, columns in rows:
            if kind != "scalars" and self._shown(kind):
                for name, cell in (key | columns).items():
                    self.columns[kind][name].append(cell)

    def _passed_over(self, value: Any) -> bool:  # noqa: ANN401
        """Whether it is heavy and its tag not selected; what is light is selected later."""
        field = value.WhichOneof("value")
        plugin, _ = self._plugins.get(value.tag, ("", b""))
        heavy = field in _HEAVY or (field == "tensor" and plugin in _HEAVY_PLUGINS)
        return heavy and not self._tags(value.tag)

    def _shown(self, kind: str) -> bool:
        return self._kinds is None or kind in self._kinds


@dataclass(frozen=True, slots=True)
class _Places:
    """Where encoded bytes of a record stand in its file."""

    path: str
    start: int
    payload: bytes

    def __call__(self, encoded: bytes) -> Blob:
        # A search for all of a large picture would first index it.
        offset = self.payload.find(encoded[:64])
        while not self.payload.startswith(encoded, offset):
            offset = self.payload.find(encoded[:64], offset + 1)
        return Blob(self.path, self.start + offset, len(encoded))
