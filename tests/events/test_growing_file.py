"""A file that grows is read as if it had been there whole."""

import os
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.events import event_file
from reportgen.events.growing_file import GrowingFile, ReplacedError

DATA = Path(__file__).parents[1] / "data"
FILES = [path for path in sorted(DATA.rglob("*tfevents*")) if path.stat().st_size < 1 << 20]


def joined(parts):
    return np.concatenate(parts) if parts else np.empty(0)


def assert_same(file, other):
    """The contents of two readings are equal, in however many parts their scalars stand."""
    for column in fields(file):
        item, other_item = getattr(file, column.name), getattr(other, column.name)
        if column.name == "scalars":
            for name, parts in item.items():
                np.testing.assert_array_equal(joined(parts), joined(other_item[name]))
        elif column.name == "columns":
            assert item.keys() == other_item.keys()
            for kind, columns in item.items():
                assert repr(dict(columns)) == repr(dict(other_item[kind]))
        elif column.name != "starts":
            assert item == other_item
    for start, other_start in zip(file.starts, other.starts, strict=True):
        assert (start.step, start.rows) == (other_start.step, other_start.rows)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(DATA))[:60])
def test_a_file_of_every_writer_that_grows_is_read_as_it_is_whole(path, tmp_path):
    content, place = path.read_bytes(), tmp_path / path.name
    growing = GrowingFile(place)
    for share in (0.0, 0.3, 0.31, 0.7, 1.0):
        place.write_bytes(b"") if not share else None
        with place.open("ab") as file:
            file.write(content[place.stat().st_size : round(share * len(content))])
        assert growing.read_on()
        assert_same(growing.content(finished=True), event_file.read(place))


@settings(max_examples=25, deadline=None)
@given(cuts=st.lists(st.integers(0, 60_000), max_size=6))
def test_wherever_the_writer_pauses(cuts, tmp_path_factory):
    content = max(FILES[:20], key=lambda path: path.stat().st_size).read_bytes()
    place = tmp_path_factory.mktemp("grown") / "events.out.tfevents.1.a"
    place.touch()
    growing = GrowingFile(place)
    for end in [*sorted(cut % len(content) for cut in cuts), len(content)]:
        with place.open("ab") as file:
            file.write(content[place.stat().st_size : end])
        growing.read_on()
    assert_same(growing.content(), event_file.read(place))


@pytest.fixture
def place(tmp_path):
    """A file of scalars."""
    place = tmp_path / "events.out.tfevents.1.a"
    place.write_bytes(FILES[0].read_bytes())
    return place


def test_a_record_that_is_not_whole_is_damage_only_where_nothing_more_comes(place):
    os.truncate(place, place.stat().st_size - 3)
    growing = GrowingFile(place)
    growing.read_on()
    assert growing.has_unfinished_record
    assert growing.content().damage == []
    assert [spot.kind for spot in growing.content(finished=True).damage] == ["truncated"]


def test_a_file_that_has_not_changed_is_not_read(place, monkeypatch):
    growing = GrowingFile(place)
    assert growing.read_on()
    monkeypatch.setattr(GrowingFile, "_append", None)
    assert not growing.read_on()


def test_only_new_bytes_are_loaded(place, monkeypatch):
    content = place.read_bytes() * 40
    place.write_bytes(content[:-100])
    growing = GrowingFile(place)
    growing.read_on()
    starts = []
    original = event_file.FileBytes.__init__

    def noted(self, path, start=0):
        starts.append(start)
        original(self, path, start)

    monkeypatch.setattr(event_file.FileBytes, "__init__", noted)
    place.write_bytes(content)
    growing.read_on()
    assert starts[0] > len(content) - 10_000


@pytest.mark.parametrize("change", ["shorter", "other", "gone", "new inode"])
def test_a_file_that_is_another_one_is_told(place, change):
    growing = GrowingFile(place)
    growing.read_on()
    content = place.read_bytes()
    if change == "shorter":
        os.truncate(place, len(content) // 2)
    elif change == "other":
        place.write_bytes(bytes(len(content)) + content)
    elif change == "gone":
        place.unlink()
    else:
        other = place.with_name("other")
        other.write_bytes(content * 2)
        other.replace(place)
    with pytest.raises(ReplacedError):
        growing.read_on()
