"""Keys of an object store that try to leave the directory into which they are copied."""

import os
from pathlib import Path

import fsspec
import pytest
from fsspec.spec import AbstractFileSystem

import reportgen
from hostile.framing import value_event, write_log
from reportgen.errors import InputError

KEYS = {
    "parent": "runs/../../evil/events.out.tfevents.1.a",
    "parents": "runs/a/../../../../tmp/events.out.tfevents.1.a",
    "absolute": "runs//etc/events.out.tfevents.1.a",
    "only dots": "runs/../events.out.tfevents.1.a",
    "backslash": "runs/..\\..\\events.out.tfevents.1.a",
    "encoded": "runs/%2e%2e/%2e%2e/events.out.tfevents.1.a",
    "newline": "runs/a\nb/events.out.tfevents.1.a",
    "nul": "runs/a\x00b/events.out.tfevents.1.a",
    "wide": "runs/\N{HIRAGANA LETTER A}\u202e/events.out.tfevents.1.a",
    "long": f"runs/{'x' * 300}/events.out.tfevents.1.a",
    "url": "runs/https://evil.example/events.out.tfevents.1.a",
}


class Store(AbstractFileSystem):
    """An object store of two keys, which notes what is asked for and where it is copied to."""

    protocol = "hostile"
    cachable = False
    content = b""
    key = ""
    asked: list[str] = []  # noqa: RUF012  # of the test
    copies: list[Path] = []  # noqa: RUF012

    def keys(self):
        return [self.key, "runs/sound/events.out.tfevents.1.a"]

    def isfile(self, path):
        return path in self.keys()

    def find(self, path, **_):
        return [key for key in self.keys() if key.startswith(path)]

    def info(self, path, **_):
        return {"name": path, "size": len(self.content), "type": "file"}

    def get_file(self, path, target, **_):
        self.asked.append(path)
        self.copies.append(Path(os.path.abspath(target)))  # noqa: PTH100  # links stay as they are
        Path(target).write_bytes(self.content)


@pytest.fixture(params=KEYS.values(), ids=KEYS)
def key(request, tmp_path, monkeypatch):
    """The hostile key, in a store that holds a sound one beside it."""
    path = write_log(tmp_path / "log", [value_event(0, tag="loss", simple_value=1.0)])
    file = next(path.rglob("*tfevents*")) if path.is_dir() else path
    monkeypatch.setattr(Store, "content", file.read_bytes())
    monkeypatch.setattr(Store, "key", request.param)
    monkeypatch.setattr(Store, "asked", [])
    monkeypatch.setattr(Store, "copies", [])
    monkeypatch.setenv("TMPDIR", str(tmp_path / "own"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "own"))
    (tmp_path / "own").mkdir()
    fsspec.register_implementation("hostile", Store, clobber=True)
    return request.param


def test_nothing_is_written_outside_and_nothing_else_is_fetched(key, tmp_path):
    refusal = ""
    try:
        assert len(reportgen.read("hostile://runs").runs) >= 1
    except InputError as error:  # any other error fails the test
        refusal = str(error)
    assert refusal.isprintable()
    assert not refusal or "hostile://runs" in refusal
    own = tmp_path / "own"
    assert all(copy.is_relative_to(own) for copy in Store.copies)
    assert set(Store.asked) <= {key, "runs/sound/events.out.tfevents.1.a"}
    assert [path.name for path in tmp_path.iterdir() if path.name not in {"own", "log"}] == []
