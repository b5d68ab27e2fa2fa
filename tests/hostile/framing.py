"""Event files of any content, well framed."""

import struct

import google_crc32c

from reportgen.events.messages import message


def checksum(data):
    crc = google_crc32c.value(data)
    return struct.pack("<I", ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF)


def framed(payload):
    """A payload as a record."""
    length = struct.pack("<Q", len(payload))
    return length + checksum(length) + payload + checksum(payload)


def value_event(step=0, wall_time=1.0, **fields):
    """An event with one summary value."""
    event = message("Event")(wall_time=wall_time, step=step)
    event.summary.value.add(**fields)
    return event


def write_log(directory, events):
    """Write events into a log of its own directory; return the directory."""
    directory.mkdir(parents=True, exist_ok=True)
    data = b"".join(framed(event.SerializeToString()) for event in events)
    (directory / "events.out.tfevents.1.host").write_bytes(data)
    return directory
