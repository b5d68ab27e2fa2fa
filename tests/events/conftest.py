"""Event files made in memory, and a plain reader of them to compare with."""

import struct
from collections import Counter
from types import SimpleNamespace

import google_crc32c
import numpy as np
import pytest
from google.protobuf.message import DecodeError

from reportgen.budget import Budget
from reportgen.events import compat, graph
from reportgen.events.blob import Blob
from reportgen.events.messages import message


def checksum(data):
    crc = google_crc32c.value(data)
    return struct.pack("<I", ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF)


def framed(payload):
    """A payload as a record."""
    length = struct.pack("<Q", len(payload))
    return length + checksum(length) + payload + checksum(payload)


def read_plainly(data):
    """Return the content of a file, record by record through protobuf."""
    content = SimpleNamespace(scalars=[], others={}, unknown=Counter(), damage=[], events=0)
    plugins, place = {}, 0
    while place < len(data):
        header = data[place : place + 12]
        if len(header) < 12:
            content.damage.append((place, "truncated", len(data) - place))
            break
        if checksum(header[:8]) != header[8:]:
            after = next((p for p in range(place + 1, len(data) - 11) if _header(data, p)), None)
            after = len(data) if after is None else after
            content.damage.append((place, "header", after - place))
            place = after
            continue
        end = place + 12 + struct.unpack("<Q", header[:8])[0]
        if end + 4 > len(data):
            content.damage.append((place, "truncated", len(data) - place))
            break
        payload = data[place + 12 : end]
        if checksum(payload) == data[end : end + 4]:
            _event(content, payload, place + 12, plugins)
        else:
            content.damage.append((place, "payload", end + 4 - place))
        place = end + 4
    return content


def _header(data, place):
    if any(data[place + 6 : place + 8]):  # no record is so long; eight bytes of payload may be
        return False
    return checksum(data[place : place + 8]) == data[place + 8 : place + 12]


def _graph(content, event, key):
    what = event.WhichOneof("what")
    if what in ("graph_def", "meta_graph_def"):
        try:
            nodes = graph.of_event(what, getattr(event, what), Budget(0))
            row = {"tag": "", "format": what, "nodes": nodes}
            content.others.setdefault("graphs", []).append(row | key)
        except DecodeError:
            content.unknown[what] += 1
    elif what == "tagged_run_metadata":
        content.unknown["profile of a run (tagged_run_metadata)"] += 1


def _event(content, payload, start, plugins):
    try:
        event = message("Event").FromString(payload)
    except DecodeError:
        content.unknown["not an Event"] += 1
        return
    content.events += 1
    key = {"step": event.step, "wall_time": event.wall_time}
    _graph(content, event, key)
    for value in event.summary.value:
        plugin_data = value.metadata.plugin_data
        if plugin_data.plugin_name:
            plugins[value.tag] = (plugin_data.plugin_name, plugin_data.content)
        plugin, metadata = plugins.get(value.tag, ("", b""))
        problem = plugin or value.WhichOneof("value") or "no value"
        try:
            rows = compat.rows(
                value,
                plugin,
                metadata,
                lambda data: Blob("", start + payload.find(data), len(data)),
                Budget(0),
            )
            failed = False
        except compat.InvalidValueError as error:
            rows, failed, problem = [], True, f"{problem} whose {error}"
        except (ValueError, DecodeError):
            rows, failed = [], True
        if not rows and (failed or plugin != "hparams"):
            content.unknown[problem] += 1
        tag = value.tag or value.node_name
        for kind, columns in rows:
            if kind == "scalars":
                content.scalars.append((tag, event.step, event.wall_time, columns["value"]))
            else:
                content.others.setdefault(kind, []).append({"tag": tag} | key | columns)


def scalars_of(file):
    """The scalars of a LogFile as rows; numbers as their bits, because NaN is not equal to NaN."""
    columns = {
        name: np.concatenate([*parts, np.empty(0, parts[0].dtype if parts else "f8")])
        for name, parts in file.scalars.items()
    }
    tags = [file.tags[int(code)] for code in columns["code"]]
    bits = (columns[name].view("u8").tolist() for name in ("wall_time", "value"))
    return list(zip(tags, columns["step"].tolist(), *bits, strict=True))


def bits_of(rows):
    """Rows of `read_plainly` in the form of `scalars_of`."""
    return [
        (tag, step, *np.array([wall_time, value], "f8").view("u8").tolist())
        for tag, step, wall_time, value in rows
    ]


@pytest.fixture(scope="session")
def files():
    """The functions above."""
    return SimpleNamespace(
        framed=framed,
        read_plainly=read_plainly,
        scalars_of=scalars_of,
        bits_of=bits_of,
        checksum=checksum,
    )
