"""Records one by one through protobuf: every kind except plainly written scalars."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from google.protobuf.message import DecodeError

from reportgen.budget import Budget, BudgetError
from reportgen.columns import Columns, Damage, Start
from reportgen.events import compat, graph
from reportgen.events.blob import Blob
from reportgen.events.chains import FRAME, HEADER
from reportgen.events.crc32c import masked
from reportgen.events.messages import message
from reportgen.events.skim import skim
from reportgen.selection import Selection

# tag, step, wall time, value
Scalar = tuple[str, int, float, float]

MIN_SKIM_SIZE = 1 << 12  # bytes; skimming a smaller record costs as much as parsing it
_RUN_KINDS = {"status", "hparams", "metrics"}  # describe the run, so they are always read
_START = 1  # SessionLog.status
_HEAVY_FIELDS = ("image", "histo", "audio")  # of Summary.Value
_HEAVY_PLUGINS = ("images", "histograms", "audio", "pr_curves", "mesh")
_TOO_LARGE = "values that need more memory than files of this size may take"
_SCALAR_PLUGINS = ("", "scalars")  # plugins under which a plain number is a scalar


@dataclass(frozen=True, slots=True)
class Record:
    """A record that protobuf could read.

    Attributes:
        index: in its batch.
        start: of its payload, in the file.
        payload: its bytes; b"" if nothing in it is wanted.
        event: the Event; of an unwanted record only tags and metadata.
    """

    index: int
    start: int
    payload: bytes
    event: Any


class Records:
    """Reads single records of one file, in order, and remembers the plugin of each tag.

    Attributes:
        columns: lists of equal length by column name, by kind of frame; without scalars.
        damage: records whose checksum is wrong.
        unknown: how many values were not understood, by what they were.
        events: how many records were read.
        starts: beginnings of sessions, in order.
        other_plugin: tags that have had another plugin than scalars at least once.
    """

    def __init__(
        self,
        path: str,
        view: memoryview,
        kinds: frozenset[str] | None,
        tags: Selection,
        budget: Budget,
    ) -> None:
        self.columns: defaultdict[str, Columns] = defaultdict(lambda: defaultdict(list))
        self.damage: list[Damage] = []
        self.unknown: Counter[str] = Counter()
        self.events = 0
        self.starts: list[Start] = []
        self.other_plugin: set[str] = set()
        self._path, self._view, self._tags = path, view, tags
        self._budget = budget
        self._kinds = None if kinds is None else kinds | _RUN_KINDS
        self._plugins: dict[str, tuple[str, bytes]] = {}
        # Names of plugins up to the record that is parsed; `_plugins` is of the kept records.
        self._parsed_plugins: dict[str, str] = {}

    def look_at(self, view: memoryview) -> None:
        """Take the bytes of the file from here; it has grown."""
        self._view = view

    def parse(self, places: Iterable[tuple[int, int, int]]) -> Iterator[Record]:
        """Yield the readable records at (index in the batch, start, size), ascending."""
        self._parsed_plugins = {tag: plugin for tag, (plugin, _) in self._plugins.items()}
        for index, start, size in places:
            record = self._skim(index, start, size) or self._parse(index, start, size)
            if record is not None:
                for value in record.event.summary.value:
                    if value.metadata.plugin_data.plugin_name:
                        self._parsed_plugins[value.tag] = value.metadata.plugin_data.plugin_name
                yield record

    def parse_deferred(self, places: Iterable[tuple[int, int, int]]) -> Iterator[Record]:
        """Yield records of a batch of which later ones have been parsed already.

        The plugins of the tags are not those of this place in the file, so none is skimmed.
        """
        records = (self._parse(index, start, size) for index, start, size in places)
        return (record for record in records if record is not None)

    def add_damage(self, start: int, size: int) -> None:
        """Note that the checksum of the payload at `start` is wrong."""
        self.damage.append(Damage(start - HEADER, "payload", 1, size + FRAME))

    def notice(self, record: Record) -> set[str]:
        """Return the tags of a record, and note those that it gives another plugin."""
        values = record.event.summary.value
        self.other_plugin |= {
            value.tag
            for value in values
            if value.metadata.plugin_data.plugin_name not in _SCALAR_PLUGINS
        }
        return {value.tag for value in values}

    def name_scalars(self, tags: Iterable[str]) -> None:
        """Note that records which were decoded in bulk named the plugin of these tags: scalars."""
        self._plugins.update(dict.fromkeys(tags, ("scalars", b"")))

    def keep(self, record: Record) -> list[Scalar]:
        """Add the rows of a record to `columns` and return its scalars."""
        event = record.event
        self.events += 1
        if event.session_log.status == _START:
            rows = {kind: len(columns["tag"]) for kind, columns in self.columns.items()}
            self.starts.append(Start(record.index, event.step, event.wall_time, rows))
        content = event.WhichOneof("what")
        if content in ("graph_def", "meta_graph_def"):
            self._add_graph(event, content)
        elif content == "tagged_run_metadata":
            self.unknown["profile of a run (tagged_run_metadata)"] += 1
        return [scalar for value in event.summary.value for scalar in self._scalars(record, value)]

    def _skim(self, index: int, start: int, size: int) -> Record | None:
        """Return a record without its payload if it is large and nothing in it is wanted."""
        if self._kinds is None or size < MIN_SKIM_SIZE:
            return None
        event = skim(self._view, start, start + size, self._kinds, self._parsed_plugins)
        return None if event is None else Record(index, start, b"", event)

    def _parse(self, index: int, start: int, size: int) -> Record | None:
        """Return a record, or None if it is damaged or not an Event."""
        payload = bytes(self._view[start : start + size])
        if masked(payload) != int.from_bytes(self._view[start + size :][:4], "little"):
            self.add_damage(start, size)
            return None
        try:
            return Record(index, start, payload, message("Event").FromString(payload))
        except DecodeError:
            self.unknown["not an Event"] += 1
            return None

    def _scalars(self, record: Record, value: Any) -> list[Scalar]:  # noqa: ANN401
        """Add the rows of a value and return its scalars.

        The metadata of a tag often comes with its first value only, so it is remembered.
        """
        metadata = value.metadata.plugin_data
        if metadata.plugin_name:
            self._plugins[value.tag] = (metadata.plugin_name, metadata.content)
        if not record.payload or self._is_skipped(value):
            return []
        plugin, content = self._plugins.get(value.tag, ("", b""))
        locate = _Locator(self._path, record.start, record.payload)
        name = plugin or value.WhichOneof("value") or "no value"
        problem = "" if plugin == "hparams" else name
        try:
            with np.errstate(all="ignore"):  # numbers may be anything, and stay as logged
                rows = compat.rows(value, plugin, content, locate, self._budget)
        except BudgetError:
            rows, problem = [], f"{name}: {_TOO_LARGE}"
        except compat.InvalidValueError as error:
            rows, problem = [], f"{name} whose {error}"
        except (ValueError, DecodeError):
            rows, problem = [], name
        if not rows and problem:
            self.unknown[problem] += 1
        tag = value.tag or value.node_name
        step, wall_time = record.event.step, record.event.wall_time
        self._add(rows, {"tag": tag, "step": step, "wall_time": wall_time})
        numbers = [columns["value"] for kind, columns in rows if kind == "scalars"]
        return [(tag, step, wall_time, number) for number in numbers]

    def _add_graph(self, event: Any, field: str) -> None:  # noqa: ANN401
        if not self._is_wanted("graphs"):
            return
        try:
            nodes = graph.of_event(field, getattr(event, field), self._budget)
        except (DecodeError, BudgetError) as error:
            too_large = isinstance(error, BudgetError)
            self.unknown[f"{field}: {_TOO_LARGE}" if too_large else field] += 1
            return
        key = {"tag": "", "step": event.step, "wall_time": event.wall_time}
        self._add([("graphs", {"format": field, "nodes": nodes})], key)

    def _add(self, rows: list[compat.Row], key: dict[str, Any]) -> None:
        """Add rows of other kinds than scalars to the columns, if they are wanted."""
        for kind, columns in rows:
            if kind != "scalars" and self._is_wanted(kind):
                for name, cell in (key | columns).items():
                    self.columns[kind][name].append(cell)

    def _is_skipped(self, value: Any) -> bool:  # noqa: ANN401
        """Whether a value is heavy and its tag not selected; light ones are dropped later."""
        field = value.WhichOneof("value")
        plugin, _ = self._plugins.get(value.tag, ("", b""))
        heavy = field in _HEAVY_FIELDS or (field == "tensor" and plugin in _HEAVY_PLUGINS)
        return heavy and not self._tags(value.tag)

    def _is_wanted(self, kind: str) -> bool:
        return self._kinds is None or kind in self._kinds


@dataclass(frozen=True, slots=True)
class _Locator:
    """Finds encoded bytes of a record in its file."""

    path: str
    start: int
    payload: bytes

    def __call__(self, encoded: bytes) -> Blob:
        # `find` of a large picture would build a table of it first, so its start is looked for.
        offset = self.payload.find(encoded[:64])
        while not self.payload.startswith(encoded, offset):
            offset = self.payload.find(encoded[:64], offset + 1)
        return Blob(self.path, self.start + offset, len(encoded))
