"""The fast reader returns what a plain reader with protobuf returns."""

import struct
import tempfile
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.events import (
    chains,
    event_file,
    file_bytes,
    record,
    scalar_records,
    small_files,
    tags,
    tfrecord,
)
from reportgen.events.blob import Blob

SETTINGS = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
VARINT, I64, LEN, I32 = 0, 1, 2, 5


def varint(value, padding=0):
    """A varint, with bytes more than it needs; negative numbers take ten bytes."""
    value &= (1 << 64) - 1
    size = min(max(1, -(-value.bit_length() // 7)) + padding, 10)
    parts = [(value >> 7 * i & 0x7F) | 0x80 for i in range(size)]
    return bytes([*parts[:-1], parts[-1] & 0x7F])


def field(number, kind, content):
    size = varint(len(content)) if kind == LEN else b""
    return varint(number << 3 | kind) + size + content


steps = st.one_of(st.integers(0, 300), st.integers(-(2**63), 2**63 - 1))
any_varint = st.builds(varint, steps, st.sampled_from([0, 0, 0, 1, 3, 9]))
any_f64 = st.floats().map(lambda x: struct.pack("<d", x))
any_f32 = st.binary(min_size=4, max_size=4)
names = st.one_of(st.sampled_from(["loss", "accu", "größe", "a/b", ""]), st.text(max_size=12))
any_tag = st.one_of(names.map(str.encode), names.map(str.encode), st.binary(max_size=4))
junk = st.one_of(
    st.tuples(st.integers(1, 20), st.just(VARINT), any_varint),
    st.tuples(st.integers(1, 20), st.just(I64), any_f64),
    st.tuples(st.integers(1, 20), st.just(LEN), st.binary(max_size=12)),
    st.tuples(st.integers(1, 20), st.just(I32), any_f32),
).map(lambda parts: field(*parts))


@st.composite
def messages(draw, *usual):
    """A message of the usual fields, each often there, in any order, junk among them."""
    parts = [draw(piece) for piece in usual if draw(st.integers(0, 7))]
    if not draw(st.integers(0, 5)):
        parts += draw(st.lists(junk, max_size=2))
    return b"".join(draw(st.permutations(parts)) if not draw(st.integers(0, 2)) else parts)


def holder(number, content):
    return content.map(lambda bits: field(number, LEN, bits))


plugin = messages(
    holder(
        1,
        messages(
            holder(1, st.sampled_from([b"scalars", b"histograms", b"hparams", b"text", b"other"])),
            holder(2, st.binary(max_size=3)),
        ),
    ),
)
shape = st.sampled_from([b"", b"\x12\x02\x08\x01", b"\x12\x00", b"\x12\x02\x08\x02"])
number = st.one_of(
    holder(4, st.one_of(any_f32, any_f64)),
    holder(5, any_f32),
    holder(6, any_f64),
    holder(8, st.binary(max_size=5)),
)
tensor = messages(
    st.sampled_from([1, 1, 2, 3, 7, 14]).map(lambda dtype: field(1, VARINT, varint(dtype))),
    holder(2, shape),
    number,
)
histogram = messages(
    any_f64.map(lambda bits: field(1, I64, bits)),
    holder(6, st.lists(any_f64, max_size=3).map(b"".join)),
    holder(7, st.lists(any_f64, max_size=3).map(b"".join)),
)
simple = any_f32.map(lambda bits: field(2, I32, bits))
value = st.one_of(
    messages(holder(1, any_tag), simple),
    messages(holder(1, any_tag), holder(8, tensor), holder(9, plugin)),
    messages(holder(1, any_tag), holder(8, tensor)),
    messages(holder(1, any_tag), simple, holder(9, plugin)),
    messages(holder(1, any_tag), holder(5, histogram)),
)
summary = st.lists(holder(1, value), min_size=1, max_size=3).map(b"".join)
event = messages(
    any_f64.map(lambda bits: field(1, I64, bits)),
    any_varint.map(lambda bits: field(2, VARINT, bits)),
    holder(5, summary),
)


@st.composite
def logs(draw):
    """Payloads: a few events again and again, here and there with a few bytes changed."""
    bases = draw(st.lists(event, min_size=1, max_size=4))
    seed, changed = draw(st.integers(0, 2**32 - 1)), draw(st.sampled_from([0.0, 0.2, 1.0]))
    random = np.random.default_rng(seed)
    payloads = []
    for _ in range(draw(st.sampled_from([20, 90, 200]))):
        payload = bytearray(bases[random.integers(len(bases))])
        if payload and random.random() < changed:
            for _ in range(random.integers(1, 4)):
                payload[random.integers(len(payload))] = random.integers(256)
        payloads.append(bytes(payload))
    return payloads


@contextmanager
def small():
    """Set limits so low that short logs take every path that long ones take."""
    with (
        patch.multiple(
            tfrecord, SAMPLE_RECORDS=4, MIN_CHAIN=4, MAX_CHAIN=32, SEARCH_START=4, SEARCH_MAX=64
        ),
        patch.multiple(chains, STRETCH_RECORDS=2, SAMPLE_RECORDS=2),
        patch.multiple(tfrecord, LOAD_AHEAD=20),
        patch.multiple(file_bytes, LOAD_SIZE=8),
        patch.multiple(scalar_records, MIN_ROWS=2, BLOCK_ROWS=16),
        patch.multiple(tags, SAMPLE_ROWS=1, SLOT_BITS=2),
        patch.multiple(event_file, BATCH_RECORDS=24, BATCH_BYTES=4000),
        patch.multiple(record, MIN_SKIM_SIZE=24),
    ):
        yield


def read(data, **options):
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "events.out.tfevents.1")
        path.write_bytes(data)
        return event_file.read(path, **options)


def placed(cell):
    return (cell.offset, cell.size) if isinstance(cell, Blob) else cell


def assert_equal(actual, expected, files):
    assert files.scalars_of(actual) == files.bits_of(expected.scalars)
    assert actual.events == expected.events
    assert actual.unknown == expected.unknown
    damage = [(spot.offset, spot.kind, spot.bytes) for spot in actual.damage]
    assert damage == expected.damage
    assert actual.columns.keys() == expected.others.keys()
    for kind, rows in expected.others.items():
        for name, cells in actual.columns[kind].items():
            for cell, row in zip(cells, rows, strict=True):
                if name == "nodes":  # tuples of unequal length, which numpy takes for no array
                    assert cell == row[name]
                else:
                    np.testing.assert_array_equal(placed(cell), placed(row[name]))


@SETTINGS
@given(logs())
def test_any_records_are_read_as_by_the_plain_reader(files, payloads):
    data = b"".join(map(files.framed, payloads))
    expected = files.read_plainly(data)
    assert_equal(read(data), expected, files)
    with small():
        assert_equal(read(data), expected, files)


@pytest.mark.slow
@SETTINGS
@given(logs(), st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_any_damage_is_reported_as_by_the_plain_reader(files, payloads, seed, count):
    data = bytearray(b"".join(map(files.framed, payloads)))
    random = np.random.default_rng(seed)
    for _ in range(count):
        place = random.integers(len(data))
        data[place : place + random.integers(1, 60)] = random.bytes(random.integers(0, 60))
    data = bytes(data)
    expected = files.read_plainly(data)
    assert_equal(read(data), expected, files)
    with small():
        assert_equal(read(data), expected, files)


@SETTINGS
@given(logs())
def test_scalars_alone_are_the_same_scalars(files, payloads):
    data = b"".join(map(files.framed, payloads))
    with small():
        actual = read(data, kinds=frozenset({"scalars"}))
    assert files.scalars_of(actual) == files.bits_of(files.read_plainly(data).scalars)
    assert not actual.columns.keys() - {"status"}


def test_a_plugin_that_is_named_later_does_not_change_what_stands_before(files):
    tensor_ = field(1, VARINT, varint(1)) + field(5, LEN, bytes(4))
    number_ = field(5, LEN, field(1, LEN, field(1, LEN, b"loss") + field(8, LEN, tensor_)))
    metadata = field(9, LEN, field(1, LEN, field(1, LEN, b"histograms")))
    naming = field(5, LEN, field(1, LEN, field(1, LEN, b"loss") + metadata))
    payloads = [field(1, I64, bytes(8)) + number_] * 20 + [naming]
    data = b"".join(map(files.framed, payloads))
    with small():
        actual = read(data, kinds=frozenset({"scalars"}))
    assert files.scalars_of(actual) == files.bits_of(files.read_plainly(data).scalars)
    assert len(files.scalars_of(actual)) == 20


@pytest.mark.slow
@settings(SETTINGS, max_examples=30)
@given(st.lists(logs(), min_size=2, max_size=4), st.integers(0, 2**32 - 1), st.booleans())
def test_files_read_together_are_read_as_alone(files, logs_, seed, are_damaged):
    random = np.random.default_rng(seed)
    contents = [bytearray(b"".join(map(files.framed, payloads))) for payloads in logs_]
    if are_damaged:
        for data in contents:
            place = random.integers(len(data))
            data[place : place + random.integers(1, 60)] = random.bytes(random.integers(0, 60))
    contents.insert(1, bytearray())
    with tempfile.TemporaryDirectory() as directory:
        paths = [Path(directory, f"events.out.tfevents.{index}") for index in range(len(contents))]
        for path, data in zip(paths, contents, strict=True):
            path.write_bytes(data)
        together = small_files.read(paths)
        with small():
            in_small_pieces = small_files.read(paths)
    for data, *read_files in zip(contents, together, in_small_pieces, strict=True):
        for file in read_files:
            assert_equal(file, files.read_plainly(bytes(data)), files)
