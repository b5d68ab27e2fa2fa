"""The store: bounded, private, and nothing but misses where something is wrong with it."""

import os
import shutil
import stat
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from reportgen.cache.store import Store

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path, 1000)


def put_and_get(store, times):
    """What a process of several at once finds: a miss, or a whole entry."""
    wrong = 0
    for number in range(times):
        store.put("key", [bytes([number]) * 300])
        content = store.get("key")
        wrong += content is not None and (len(content) != 300 or len(set(content)) != 1)
        store.trim()
    return wrong


def used(store, key, seconds):
    """Let an entry be used at a moment, in seconds since the epoch."""
    (path,) = (path for path in store.directory.iterdir() if path.read_bytes()[:1] == key.encode())
    os.utime(path, (seconds, seconds))


def test_what_is_put_is_found(store):
    store.put("a", [b"first ", memoryview(b"second")])
    assert store.get("a") == b"first second"
    assert store.get("b") is None


@POSIX
def test_only_the_user_can_read_an_entry(store):
    before = os.umask(0)
    try:
        store.put("a", [b"secret"])
    finally:
        os.umask(before)
    (path,) = store.directory.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_least_recently_used_entries_leave(store):
    for place, key in enumerate("abcd"):
        store.put(key, [key.encode() * 300])
        used(store, key, 1000 + place)
    store.get("a")
    store.trim()
    assert [key for key in "abcd" if store.get(key)] == ["a", "c", "d"]


def test_an_entry_larger_than_half_of_the_store_is_not_written(store):
    store.put("a", [b"a" * 501])
    assert store.get("a") is None


def test_what_a_dead_process_left_is_removed(store):
    abandoned = store.directory / "tmpabc.part"
    abandoned.write_bytes(b"half")
    store.trim()
    assert abandoned.exists()
    os.utime(abandoned, (1000, 1000))
    store.trim()
    assert not abandoned.exists()


def test_a_store_that_was_deleted_holds_nothing(store):
    store.put("a", [b"a"])
    shutil.rmtree(store.directory)
    assert store.get("a") is None
    store.put("a", [b"a"])
    store.trim()
    assert store.get("a") is None


@POSIX
def test_a_link_is_not_followed(store, tmp_path_factory):
    store.put("a", [b"a"])
    (path,) = store.directory.iterdir()
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "file"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    assert store.get("a") is None


def test_processes_at_once_find_whole_entries_only(store):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        wrong = pool.map(put_and_get, [store] * 2, [50] * 2)
    assert not any(wrong)
    assert not list(store.directory.glob("*.part"))
