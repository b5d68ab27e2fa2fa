"""Event files made in memory, and a plain reader of them to compare with."""

import struct
from collections import Counter
from types import SimpleNamespace

import google_crc32c
import numpy as np
import pytest
from google.protobuf.message import DecodeError

from reportgen.events import compat, graph
from reportgen.events.blob import Blob
from reportgen.events.budget import Budget
from reportgen.events.messages import message


def checksum(data):
    crc = google_crc32c.value(data)
    return struct.pack("<I", ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF)


def framed(payload):
    """A payload as a record."""
    length = struct.pack("<Q", len(payload))
    return length + checksum(length) + payload + checksum(payload)


def plainly(data):
    """What a file holds, record by record through protobuf, every header looked at in turn."""
    found = SimpleNamespace(scalars=[], others={}, unknown=Counter(), damage=[], events=0)
    plugins, place = {}, 0
    while place < len(data):
        header = data[place : place + 12]
        if len(header) < 12:
            found.damage.append((place, "truncated", len(data) - place))
            break
        if checksum(header[:8]) != header[8:]:
            after = next((p for p in range(place + 1, len(data) - 11) if _header(data, p)), None)
            after = len(data) if after is None else after
            found.damage.append((place, "header", after - place))
            place = after
            continue
        end = place + 12 + struct.unpack("<Q", header[:8])[0]
        if end + 4 > len(data):
            found.damage.append((place, "truncated", len(data) - place))
            break
        payload = data[place + 12 : end]
        if checksum(payload) == data[end : end + 4]:
            _event(found, payload, place + 12, plugins)
        else:
            found.damage.append((place, "payload", end + 4 - place))
        place = end + 4
    return found


def _header(data, place):
    if any(data[place + 6 : place + 8]):  # no record is so long; eight bytes of payload may be
        return False
    return checksum(data[place : place + 8]) == data[place + 8 : place + 12]


def _graph(found, event, key):
    what = event.WhichOneof("what")
    if what in ("graph_def", "meta_graph_def"):
        try:
            nodes = graph.of_event(what, getattr(event, what), Budget(0))
            row = {"tag": "", "format": what, "nodes": nodes}
            found.others.setdefault("graphs", []).append(row | key)
        except DecodeError:
            found.unknown[what] += 1
    elif what == "tagged_run_metadata":
        found.unknown["profile of a run (tagged_run_metadata)"] += 1


def _event(found, payload, start, plugins):
    try:
        event = message("Event").FromString(payload)
    except DecodeError:
        found.unknown["not an Event"] += 1
        return
    found.events += 1
    key = {"step": event.step, "wall_time": event.wall_time}
    _graph(found, event, key)
    for value in event.summary.value:
        named = value.metadata.plugin_data
        if named.plugin_name:
            plugins[value.tag] = (named.plugin_name, named.content)
        plugin, content = plugins.get(value.tag, ("", b""))
        try:
            rows = compat.rows(
                value,
                plugin,
                content,
                lambda some: Blob("", start + payload.find(some), len(some)),
                Budget(0),
            )
            broken = False
        except (ValueError, DecodeError):
            rows, broken = [], True
        if not rows and (broken or plugin != "hparams"):
            found.unknown[plugin or value.WhichOneof("value") or "no value"] += 1
        tag = value.tag or value.node_name
        for kind, columns in rows:
            if kind == "scalars":
                found.scalars.append((tag, event.step, event.wall_time, columns["value"]))
            else:
                found.others.setdefault(kind, []).append({"tag": tag} | key | columns)


def scalars_of(file):
    """The scalars of an LogFile as rows; numbers as their bits, for NaN is not equal to NaN."""
    columns = {
        name: np.concatenate([*parts, np.empty(0, parts[0].dtype if parts else "f8")])
        for name, parts in file.scalars.items()
    }
    tags = [file.tags[int(code)] for code in columns["code"]]
    bits = (columns[name].view("u8").tolist() for name in ("wall_time", "value"))
    return list(zip(tags, columns["step"].tolist(), *bits, strict=True))


def bits_of(rows):
    """Rows of `plainly` in the form of `scalars_of`."""
    return [
        (tag, step, *np.array([wall_time, value], "f8").view("u8").tolist())
        for tag, step, wall_time, value in rows
    ]


@pytest.fixture(scope="session")
def files():
    """The functions above."""
    return SimpleNamespace(
        framed=framed, plainly=plainly, scalars_of=scalars_of, bits_of=bits_of, checksum=checksum
    )
