import struct

import google_crc32c
import numpy as np
import pytest

from reportgen.events import crc32c


def masked(data):
    crc = google_crc32c.value(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def test_the_checksum_of_one_message_is_crc32c_masked():
    assert crc32c.masked(b"123456789") == masked(b"123456789")
    assert crc32c.masked(memoryview(b"123456789")) == masked(b"123456789")


@pytest.mark.parametrize("size", [1, 2, 7, 8, 63, 600])
@pytest.mark.parametrize("width", [1, 2])
def test_checksums_of_many_messages_are_those_of_each(size, width):
    rows = np.random.default_rng(size).integers(0, 256, (50, size), dtype=np.uint8)
    columns = [
        (rows[:, at : at + width].copy().view(f"<u{width}")[:, 0], size - at - width)
        for at in range(0, size - width + 1, width)
    ]
    rows[:, size // width * width :] = 0
    result = crc32c.mask(crc32c.combined(crc32c.unmasked(bytes(size)), columns, len(rows)))
    assert result.tolist() == [masked(row.tobytes()) for row in rows]


def test_checksums_of_lengths_are_those_of_their_eight_bytes():
    lengths = [0, 1, 255, 256, 65_535]
    expected = [masked(struct.pack("<Q", length)) for length in lengths]
    assert crc32c.length_checksums()[lengths].tolist() == expected
