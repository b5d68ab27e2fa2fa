"""A damaged entry, or that of another key, is none."""

import pytest

from reportgen.cache.container import DamagedError, packed, unpacked

ENTRY = b"".join(packed("key", {"a": [1, 2.5, "ü"]}, [b"body", b""]))


def test_content_and_bodies_come_back():
    content, bodies = unpacked("key", ENTRY)
    assert content == {"a": [1, 2.5, "ü"]}
    assert [*map(bytes, bodies)] == [b"body", b""]


def test_an_entry_of_another_key_is_none():
    with pytest.raises(DamagedError):
        unpacked("another", ENTRY)


@pytest.mark.parametrize("place", range(len(ENTRY)))
def test_no_byte_of_an_entry_may_change_or_end_it(place):
    changed = bytearray(ENTRY)
    changed[place] ^= 1
    for entry in (bytes(changed), ENTRY[:place], ENTRY + b"\0"):
        with pytest.raises(DamagedError):
            unpacked("key", entry)
