"""Log directories for the benchmarks, written column by column: ten million scalars in seconds."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import google_crc32c
import numpy as np

from reportgen.events.crc32c import combined, mask
from reportgen.events.messages import message

START = 1.7e9  # seconds since the epoch
NAME = "events.out.tfevents.1700000000.benchmark"
_STEPS = 20_000  # that are laid out at once


def masked(data):
    """CRC32C as TFRecord masks it."""
    crc = google_crc32c.value(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def record(payload):
    """A payload with its length and checksums."""
    length = struct.pack("<Q", len(payload))
    checksums = (struct.pack("<I", masked(piece)) for piece in (length, payload))
    return b"".join([length, next(checksums), payload, next(checksums)])


VERSION = record(
    message("Event")(wall_time=START, file_version="brain.Event:2").SerializeToString()
)


def tags(count):
    """Tags as projects have them, of 8 to 29 bytes."""
    return [f"{('train', 'validation')[i % 2]}/{'metric_' * (i % 3)}{i}" for i in range(count)]


def varints(numbers, size):
    """(n,) integers as (n, size) bytes; all of them take just so many."""
    bits = numbers[:, None] >> (7 * np.arange(size)) & 0x7F
    bits[:, :-1] |= 0x80
    return bits.astype(np.uint8)


def simple(tag):
    """What stands in a value before its four bytes of float: a plain scalar."""
    return b"\x0a" + bytes([len(tag)]) + tag + b"\x15", 4


def tensor(tag):
    """The same for a scalar as TensorFlow 2 writes it: dtype, shape and content of a tensor."""
    body = b"\x08\x01\x12\x00\x22\x04"
    return b"\x0a" + bytes([len(tag)]) + tag + b"\x42" + bytes([len(body) + 4]) + body, 4


def records(tag, steps, walls, values, form):
    """Records of one tag whose steps have varints of one size, (n, bytes) uint8."""
    digits = max(1, -(-int(steps[-1]).bit_length() // 7))
    before, width = form(tag.encode())
    value = b"\x0a" + bytes([len(before) + width]) + before
    head = b"\x2a" + bytes([len(value) + width]) + value
    fixed = [9, 1 + digits, len(head), width]
    payload = np.empty((len(steps), sum(fixed)), np.uint8)
    parts = np.split(payload, np.cumsum(fixed)[:-1], axis=1)
    parts[0][:, 0], parts[1][:, 0] = 0x09, 0x10
    parts[0][:, 1:] = walls.astype("<f8")[:, None].view(np.uint8)
    parts[1][:, 1:] = varints(steps, digits)
    parts[2][:] = np.frombuffer(head, np.uint8)
    parts[3][:] = values.astype("<f4")[:, None].view(np.uint8)
    return framed(payload)


def framed(payload):
    """Payloads of one size as records: (n, size) uint8 to (n, size + 16)."""
    count, size = payload.shape
    length = struct.pack("<Q", size)
    header = np.frombuffer(length + struct.pack("<I", masked(length)), np.uint8)
    columns = ((payload[:, i], size - 1 - i) for i in range(size))
    checksum = mask(combined(google_crc32c.value(bytes(size)), columns, count))
    before = np.broadcast_to(header, (count, 12))
    return np.hstack([before, payload, checksum.astype("<u4")[:, None].view(np.uint8)])


def scalars(path: Path, count: int, names: list[str], form=simple, seed=0):
    """One file of `count` scalars: at each step one of each tag."""
    path.mkdir(parents=True)
    random = np.random.default_rng(seed)
    with (path / NAME).open("wb") as file:
        file.write(VERSION)
        if form is tensor:
            file.writelines(named(tag) for tag in names)
        for steps in stretches(count // len(names)):
            walls = START + steps * 0.1
            values = 1 / (1 + steps) + random.normal(0, 0.01, len(steps))
            columns = [records(tag, steps, walls, values, form) for tag in names]
            np.hstack(columns).tofile(file)


def named(tag: str) -> bytes:
    """The record before a tag's others that names its plugin, as TensorFlow 2's first one does."""
    first = event(0, tag)
    value = first.summary.value[0]
    value.metadata.plugin_data.plugin_name = "scalars"
    value.metadata.data_class = 1
    value.tensor.dtype = 1
    value.tensor.tensor_shape.SetInParent()
    value.tensor.tensor_content = struct.pack("<f", 1)
    return record(first.SerializeToString())


def stretches(count: int) -> Iterator[np.ndarray]:
    """Steps from 0 in stretches whose varints have one size."""
    edges = sorted({0, count, *range(0, count, _STEPS), *(128**i for i in range(1, 5))})
    for start, end in pairwise(edges):
        if end <= count:
            yield np.arange(start, end)


def runs(path: Path, count: int, many: int):
    """Runs beside each other."""
    for index in range(many):
        scalars(path / f"run_{index}", count // many, tags(20), seed=index)


def pictures(path: Path, count: int, size: int):
    """Images of random bytes, and a scalar after each."""
    path.mkdir(parents=True)
    random = np.random.default_rng(0)
    with (path / NAME).open("wb") as file:
        file.write(VERSION)
        for step in range(count):
            picture = event(step, "picture")
            picture.summary.value[0].image.encoded_image_string = b"\x89PNG" + random.bytes(size)
            scalar = event(step, "loss")
            scalar.summary.value[0].simple_value = 1 / (1 + step)
            file.writelines(record(item.SerializeToString()) for item in (picture, scalar))


def histograms(path: Path, count: int, bins: int):
    """Histograms as torch writes them."""
    path.mkdir(parents=True)
    random = np.random.default_rng(0)
    with (path / NAME).open("wb") as file:
        file.write(VERSION)
        for step in range(count):
            histogram = event(step, "weights")
            histo = histogram.summary.value[0].histo
            histo.min, histo.max, histo.num, histo.sum, histo.sum_squares = -1, 1, 1000, 0, 300
            histo.bucket_limit.extend(np.linspace(-1, 1, bins))
            histo.bucket.extend(random.integers(0, 9, bins).astype(float))
            file.write(record(histogram.SerializeToString()))


def event(step, tag):
    """An Event of one value, which is still to be filled."""
    made = message("Event")(wall_time=START + step, step=step)
    made.summary.value.add().tag = tag
    return made
