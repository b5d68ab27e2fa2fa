"""An event file from the cache is the file that was decoded, and never another."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from reportgen.cache.store import Store
from reportgen.events import cached_reading, event_file
from reportgen.runs import is_event_file

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
