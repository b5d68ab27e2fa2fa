"""The directory of the cache: the user's alone, or none."""

import logging
import stat
import sys
from pathlib import Path

import pytest

from reportgen.cache.directory import prepared, user_directory
from reportgen.cache.user_store import user_store

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")


def test_each_system_has_its_place(monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: Path("/home/me"))
    places = {system: user_directory({}, system) for system in ("linux", "darwin", "win32")}
    assert places == {
        "linux": Path("/home/me/.cache/reportgen"),
        "darwin": Path("/home/me/Library/Caches/reportgen"),
        "win32": Path("/home/me/AppData/Local/reportgen"),
    }


@POSIX
def test_a_variable_names_another_place():
    variables = {"XDG_CACHE_HOME": "/x", "LOCALAPPDATA": "/y"}
    assert user_directory(variables, "linux") == Path("/x/reportgen")
    assert user_directory(variables, "win32") == Path("/y/reportgen")
    relative = user_directory({"XDG_CACHE_HOME": "x"}, "linux")
    assert relative == Path.home() / ".cache" / "reportgen"


@POSIX
def test_it_is_made_for_its_user_only(tmp_path):
    directory = tmp_path / "a" / "b"
    assert prepared(directory)
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    directory.chmod(0o755)
    assert prepared(directory)
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700


@POSIX
def test_a_link_is_not_used(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to("elsewhere")
    assert not prepared(tmp_path / "link")


def test_a_place_that_cannot_be_made_is_told_at_most(tmp_path, monkeypatch, caplog):
    (tmp_path / "file").write_text("")
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "file"))
    with caplog.at_level(logging.DEBUG, "reportgen"), user_store(10**9) as store:
        assert store is None
    assert [record.levelname for record in caplog.records] == ["DEBUG"]
    assert caplog.messages[0].startswith("no cache: ")


def test_without_a_size_there_is_no_store():
    with user_store(None) as store:
        assert store is None
