"""A file that another program changes while it is read is read as far as it goes."""

import os

import numpy as np
import pytest

from reportgen.events import event_file
from reportgen.events.file_bytes import LOAD_SIZE, FileBytes
from reportgen.events.messages import message

COUNT = 200_000


@pytest.fixture
def log(tmp_path, files):
    """A log of several times the bytes that are loaded at once."""
    event = message("Event")(wall_time=1.0, step=1)
    event.summary.value.add(tag="loss", simple_value=0.5)
    path = tmp_path / "events.out.tfevents.1"
    path.write_bytes(files.framed(event.SerializeToString()) * COUNT)
    assert path.stat().st_size > 4 * LOAD_SIZE
    return path


def read_and_change(path, change, kinds=None):
    """Read a log that changes after its first batch; the counts of batches of scalars."""
    counts = []

    def sink(columns, _):
        if not counts:
            change()
        counts.append(len(columns["step"]))

    return event_file.read(path, kinds, sink=sink), counts


@pytest.mark.parametrize("kinds", [None, frozenset({"scalars"})])
@pytest.mark.parametrize("keep", [0.0, 0.5, 0.7])
def test_a_file_that_shrinks_is_read_up_to_its_new_end_and_reported(log, keep, kinds):
    size = int(log.stat().st_size * keep)
    file, counts = read_and_change(log, lambda: os.truncate(log, size), kinds)
    assert sum(counts) == file.rows < COUNT
    assert file.damage[0].kind == "shrunk"
    assert {spot.kind for spot in file.damage} <= {"shrunk", "truncated"}
    assert not file.unknown


def test_a_file_that_grows_is_read_up_to_its_old_end_and_not_reported(log):
    data = log.read_bytes()

    def grow():
        with log.open("ab") as file:
            file.write(data[:1000])

    file, _ = read_and_change(log, grow)
    assert file.rows == COUNT
    assert not file.damage


def test_a_file_that_is_replaced_is_read_whole(log):
    file, _ = read_and_change(log, lambda: (log.unlink(), log.write_bytes(b"other")))
    assert file.rows == COUNT
    assert not file.damage


def test_bytes_are_those_of_the_file_and_can_be_released(tmp_path):
    path = tmp_path / "bytes"
    content = np.random.default_rng(0).integers(1, 256, 3 * LOAD_SIZE + 5, np.uint8)
    path.write_bytes(content.tobytes())
    with FileBytes(path) as file:
        assert file.load(10) == len(content)
        np.testing.assert_array_equal(file.data[:10], content[:10])
        file.load(len(content))
        np.testing.assert_array_equal(file.data, content)
        file.release(LOAD_SIZE)
        np.testing.assert_array_equal(file.data[LOAD_SIZE:], content[LOAD_SIZE:])
        assert not file.has_shrunk


def test_an_empty_file_has_no_bytes(tmp_path):
    (tmp_path / "empty").touch()
    with FileBytes(tmp_path / "empty") as file:
        assert file.load(10) == 0
        file.release(10)
        assert not len(file.data)


def test_a_file_that_cannot_be_opened_is_reported(tmp_path):
    file = event_file.read(tmp_path / "events.out.tfevents.none")
    assert [spot.kind for spot in file.damage] == ["unreadable"]
