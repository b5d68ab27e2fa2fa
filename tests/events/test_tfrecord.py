import struct

import google_crc32c
import numpy as np
import pytest

from reportgen.events.tfrecord import frames


def masked(data):
    crc = google_crc32c.value(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def record(size):
    """A record of `size` payload bytes."""
    length = struct.pack("<Q", size)
    payload = bytes(size)
    return length + struct.pack("<I", masked(length)) + payload + struct.pack("<I", masked(payload))


def starts_and_sizes(sizes):
    data = np.frombuffer(b"".join(record(size) for size in sizes), np.uint8)
    damage = []
    result = list(frames(data, damage))
    assert not damage
    return [
        np.concatenate([getattr(item, name) for item in result]) for name in ("starts", "sizes")
    ]


@pytest.mark.parametrize(
    "sizes",
    [
        [],
        [0],
        [40] * 5000,
        [490] * 300 + [10] * 20_000,  # far more records than the first ones let expect
        [10] * 300 + [490] * 3000,
        [40, 41, 300, 42] * 4000,
        [10] * 3000 + [100_000] + [10] * 3000,
    ],
    ids=lambda sizes: f"{len(sizes)} records",
)
def test_every_record_of_a_sound_file_is_found(sizes):
    starts, content = starts_and_sizes(sizes) if sizes else ([], [])
    np.testing.assert_array_equal(content, sizes)
    after = np.cumsum(np.array(sizes, int) + 16)
    np.testing.assert_array_equal(starts, after - np.array(sizes, int) - 4)
