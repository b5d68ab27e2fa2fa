"""An event file from the cache is the file that was decoded, and never another."""

import os
import shutil
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from reportgen.cache.container import DamagedError, packed, unpacked
from reportgen.cache.store import Store
from reportgen.events import cached_reading, event_file, small_files, stored_file
from reportgen.runs import is_event_file
from reportgen.selection import Selection

DATA = Path(__file__).parents[1] / "data"
FILES = sorted(path for path in DATA.rglob("*") if path.is_file() and is_event_file(path.name))


@pytest.fixture
def store(tmp_path, monkeypatch):
    """An empty cache, for files of every size."""
    monkeypatch.setattr(cached_reading, "MIN_FILE_SIZE", 0)
    directory = tmp_path / "cache"
    directory.mkdir()
    return Store(directory, 1 << 30)


def same(left, right):
    """Whether two values are equal, arrays and NaN included, and of the same types."""
    if isinstance(left, np.ndarray):
        return (
            left.dtype == right.dtype
            and left.shape == right.shape
            and (
                left.tolist() == right.tolist()
                if left.dtype == object
                else left.tobytes() == right.tobytes()
            )
        )
    if isinstance(left, dict):
        return list(left) == list(right) and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    return type(left) is type(right) and (left == right or left != left)  # noqa: PLR0124  # NaN


def same_files(left, right):
    return all(same(getattr(left, name.name), getattr(right, name.name)) for name in fields(left))


def entries(store):
    return sorted(store.directory.iterdir())


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(DATA)))
def test_every_kind_of_file_comes_back_as_it_was_decoded(path, store):
    plain = event_file.read(path)
    (first,) = cached_reading.read([path], cache=store)
    assert len(entries(store)) == 1
    (second,) = cached_reading.read([path], cache=store)
    assert second is not first
    assert same_files(plain, first)
    assert same_files(plain, second)


@pytest.fixture
def log(tmp_path):
    """A log with scalars, texts, pictures, histograms and more."""
    path = tmp_path / "events.out.tfevents.1.host"
    shutil.copy(DATA / "torch/every_kind/events.out.tfevents.1700000000.host", path)
    return path


def read(path, store, **how):
    """The content from the cache, which is the same as without one."""
    (file,) = cached_reading.read([path], cache=store, **how)
    how.pop("kinds", None)
    assert same_files(event_file.read(path, **how), file)
    return file


def decodes(monkeypatch):
    """The paths that are decoded from now on."""
    decoded = []
    original = small_files.read

    def counting(paths, *arguments):
        decoded.extend(paths)
        return original(paths, *arguments)

    monkeypatch.setattr(small_files, "read", counting)
    return decoded


def test_an_unchanged_file_is_decoded_once(log, store, monkeypatch):
    decoded = decodes(monkeypatch)
    for _ in range(3):
        read(log, store)
    assert decoded == [log]


def test_a_file_that_grew_is_decoded_again(log, store):
    content = log.read_bytes()
    log.write_bytes(content[:-2000])
    shorter = read(log, store)
    with log.open("ab") as file:
        file.write(content[-2000:])
    assert read(log, store).events > shorter.events


def test_a_file_replaced_by_one_of_the_same_size_is_decoded_again(log, store, tmp_path):
    first = read(log, store)
    status = log.stat()
    other = tmp_path / "other"
    content = log.read_bytes()
    other.write_bytes(content.replace(b"loss/train", b"lots/train"))
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(log)
    assert (log.stat().st_size, log.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)
    assert read(log, store).events < first.events  # their checksums are wrong


def test_a_change_in_place_at_the_end_is_seen_without_a_new_time(log, store):
    read(log, store)
    status = log.stat()
    with log.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"\0")
    os.utime(log, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert read(log, store).damage


def test_kinds_and_tags_have_entries_of_their_own(log, store):
    read(log, store)
    read(log, store, tags=Selection(("loss*",)))
    (scalars,) = cached_reading.read([log], frozenset({"scalars"}), cache=store)
    assert "images" not in scalars.columns
    assert len(entries(store)) == 3


def test_a_file_that_is_written_to_while_it_is_read_is_not_cached(log, store, monkeypatch):
    original = small_files.read

    def growing(paths, *arguments):
        files = original(paths, *arguments)
        with log.open("ab") as file:
            file.write(b"\0")
        return files

    monkeypatch.setattr(small_files, "read", growing)
    cached_reading.read([log], cache=store)
    assert not entries(store)


def test_small_files_are_not_cached(log, store, monkeypatch):
    monkeypatch.setattr(cached_reading, "MIN_FILE_SIZE", log.stat().st_size + 1)
    read(log, store)
    assert not entries(store)


def test_a_file_that_cannot_be_read_is_told_as_without_a_cache(tmp_path, store):
    read(tmp_path / "absent", store)
    assert not entries(store)


def test_pictures_are_read_from_the_path_that_was_given(log, store, monkeypatch):
    read(log, store)
    monkeypatch.chdir(log.parent)
    (file,) = cached_reading.read([Path(log.name)], cache=store)
    assert {blob.path for blob in file.columns["images"]["blob"]} == {log.name}


def test_a_damaged_entry_is_a_miss(log, store, monkeypatch):
    read(log, store)
    (entry,) = entries(store)
    whole = entry.read_bytes()
    decoded = decodes(monkeypatch)
    for wrong in (b"", whole[:1000], whole + b"x", whole[:-1] + b"\xff", bytes(len(whole))):
        entry.write_bytes(wrong)
        read(log, store)
        assert entry.read_bytes() == whole
    assert len(decoded) == 5


def test_an_entry_that_was_made_up_is_a_miss_whatever_it_holds(log):
    """Every field is changed to every other kind of value, under a right checksum."""
    key, path, size = "key", str(log), log.stat().st_size
    content, bodies = unpacked(key, b"".join(stored_file.entry(key, event_file.read(log))))
    refused = 0
    for place in places(content):
        for wrong in (None, True, -1, 1 << 70, 0.5, "text", [], [None], {}, {"tag": [1]}, [[1, 2]]):
            entry = b"".join(packed(key, changed(content, place, wrong), bodies))
            try:
                stored_file.content(key, entry, path, size)
            except DamagedError:
                refused += 1
    assert refused > 1000
    for missing in ([], bodies[:-1], [*bodies, b""], bodies[::-1]):
        with pytest.raises(DamagedError):
            stored_file.content(key, b"".join(packed(key, content, missing)), path, size)


def places(content, place=()):
    """The places of a tree of JSON; of long lists only the first item."""
    yield place
    if isinstance(content, dict):
        items = content.items()
    else:
        items = list(enumerate(content))[:1] if isinstance(content, list) else ()
    for key, item in items:
        yield from places(item, (*place, key))


def changed(content, place, value):
    """A copy of a tree with another value at a place."""
    if not place:
        return value
    copy = content.copy()
    copy[place[0]] = changed(content[place[0]], place[1:], value)
    return copy
