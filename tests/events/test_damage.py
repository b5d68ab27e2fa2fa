"""Damage to a long file: all whole records are read, and the damage is reported."""

import struct

import numpy as np
import pytest

from reportgen.columns import Damage
from reportgen.events import event_file, tfrecord

COUNT = 200_000  # scalars, after the record that names the version
VERSION = b"\x09" + struct.pack("<d", 1.5) + b"\x1a\x0dbrain.Event:2"
STEP = 1 << 14  # from here on steps take three bytes, so that all records have one size


@pytest.fixture(scope="module")
def whole(files):
    """The bytes of a file, and where its scalars' records start."""
    head = files.framed(VERSION)
    sample = files.framed(scalar(0))
    body = b"".join(files.framed(scalar(index)) for index in range(COUNT))
    return head + body, len(head) + np.arange(COUNT) * len(sample)


def scalar(index):
    step = STEP + index
    digits = bytes([step & 0x7F | 0x80, step >> 7 & 0x7F | 0x80, step >> 14])
    value = b"\x0a\x04loss\x15" + struct.pack("<f", index)
    summary = b"\x0a" + bytes([len(value)]) + value
    time = struct.pack("<d", 1.7e9 + index)
    return b"\x09" + time + b"\x10" + digits + b"\x2a" + bytes([len(summary)]) + summary


def read(path, data):
    path = path / "events.out.tfevents.1"
    path.write_bytes(data)
    file = event_file.read(path)
    return np.concatenate(file.scalars["value"]), file


def overwritten(data, place, new):
    return data[:place] + new + data[place + len(new) :]


def expected(lost=()):
    return np.delete(np.arange(COUNT, dtype="f8"), list(lost))


def test_a_whole_file_is_read_whole(tmp_path, whole):
    data, _ = whole
    values, file = read(tmp_path, data)
    np.testing.assert_array_equal(values, expected())
    assert not file.damage
    assert file.events == COUNT + 1
    assert file.tags == ["loss"]


def test_a_wrong_byte_in_a_payload_costs_that_record(tmp_path, whole):
    data, starts = whole
    place = int(starts[100_000])
    values, file = read(tmp_path, overwritten(data, place + 30, b"\xff"))
    np.testing.assert_array_equal(values, expected([100_000]))
    assert file.damage == [Damage(place, "payload", 1, int(starts[1] - starts[0]))]


def test_a_wrong_byte_in_a_header_costs_that_record(tmp_path, whole):
    data, starts = whole
    place = int(starts[100_000])
    values, file = read(tmp_path, overwritten(data, place, b"\xff"))
    np.testing.assert_array_equal(values, expected([100_000]))
    assert file.damage == [Damage(place, "header", 1, int(starts[1] - starts[0]))]


def test_a_hole_costs_the_records_in_it(tmp_path, whole):
    data, starts = whole
    place = int(starts[100_000]) + 20
    values, file = read(tmp_path, overwritten(data, place, bytes(4096)))
    after = int(np.searchsorted(starts, place + 4096))
    np.testing.assert_array_equal(values, expected(range(100_000, after)))
    assert [spot.kind for spot in file.damage] == ["payload", "header"]
    assert sum(spot.bytes for spot in file.damage) == starts[after] - starts[100_000]


def test_a_cut_end_is_reported_as_truncated(tmp_path, whole):
    data, starts = whole
    values, file = read(tmp_path, data[:-3])
    np.testing.assert_array_equal(values, expected([COUNT - 1]))
    size = len(data) - 3 - int(starts[-1])
    assert file.damage == [Damage(int(starts[-1]), "truncated", 1, size)]


@pytest.mark.parametrize("size", [1, 11, 12, 20])
def test_a_cut_header_is_reported_as_truncated(tmp_path, whole, size):
    data, starts = whole
    _, file = read(tmp_path, data[: int(starts[10]) + size])
    assert file.damage == [Damage(int(starts[10]), "truncated", 1, size)]


def test_many_damaged_places_cost_no_record_beside_them(tmp_path, whole):
    data, starts = whole
    damaged_records = np.random.default_rng(0).choice(COUNT, 100, replace=False)
    damaged = bytearray(data)
    for index in damaged_records:
        damaged[int(starts[index]) + 5] ^= 0x10
    values, file = read(tmp_path, bytes(damaged))
    np.testing.assert_array_equal(values, expected(damaged_records))
    assert sum(spot.bytes for spot in file.damage) == 100 * (starts[1] - starts[0])


def test_a_header_after_a_long_hole_is_found(files):
    hole = bytes(5 << 20) + b"\x01" + bytes(3 << 20)
    data = np.frombuffer(hole + files.framed(VERSION), np.uint8)
    assert tfrecord.next_header(data, 1, lambda _: len(data)) == len(hole)


def test_a_file_of_noise_holds_no_record(tmp_path):
    noise = np.random.default_rng(0).bytes(3 << 20)
    _, file = read_any(tmp_path, noise)
    assert file.damage == [Damage(0, "header", 1, len(noise))]
    assert not file.events


@pytest.mark.parametrize("data", [b"", b"\0", bytes(12), bytes(100)])
def test_an_empty_file_and_a_file_of_zeros_hold_nothing(tmp_path, data):
    values, file = read_any(tmp_path, data)
    assert not len(values)
    assert not file.events
    assert len(file.damage) == bool(data)


def read_any(path, data):
    path = path / "events.out.tfevents.1"
    path.write_bytes(data)
    file = event_file.read(path)
    return file.scalars["value"], file
