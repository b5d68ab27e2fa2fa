"""The command with its cache: the same bytes, and no cache where none is wanted or possible."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import reportgen
from reportgen.command.main import main
from reportgen.events import cached_reading

DATA = Path(__file__).parents[1] / "data"
OUTPUTS = ("report.html", "report.json")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The working directory, with logs and a cache directory that does not exist."""
    shutil.copytree(DATA / "torch" / "every_kind", tmp_path / "logs")
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cached_reading, "MIN_FILE_SIZE", 0)
    return tmp_path


def bytes_of(*words):
    """The outputs of the command, by path."""
    shutil.rmtree("out", ignore_errors=True)
    Path("out").mkdir()
    outputs = [word for name in OUTPUTS for word in ("-o", f"out/{name}")]
    assert main(["logs", "-q", *outputs, *words]) == 0
    return {
        str(path): path.read_bytes() for path in sorted(Path("out").rglob("*")) if path.is_file()
    }


def entries(folder):
    return sorted((folder / "cache").rglob("*.entry"))


@pytest.mark.slow
def test_outputs_are_the_same_bytes_with_and_without_the_cache(folder):
    without = bytes_of("--no-cache")
    assert not (folder / "cache").exists()
    assert bytes_of() == without
    filled = entries(folder)
    assert bytes_of() == without
    assert filled
    assert entries(folder) == filled
    for path in filled[::2]:
        path.write_bytes(b"damaged")
    for path in filled[1::4]:
        path.unlink()
    assert bytes_of() == without


def test_the_cache_keeps_to_its_size(folder):
    without = bytes_of("--no-cache")
    assert bytes_of("--cache-size", "200KB") == without
    assert 0 < sum(path.stat().st_size for path in entries(folder)) <= 200_000


def test_no_cache_leaves_alone_what_there_is(folder):
    bytes_of()
    before = [(path, path.stat().st_mtime_ns) for path in entries(folder)]
    bytes_of("--no-cache")
    assert [(path, path.stat().st_mtime_ns) for path in entries(folder)] == before


def test_a_cache_that_cannot_be_written_is_told_with_verbose_only(folder, capsys):
    (folder / "cache").write_text("a file")
    for words in ([], ["-v"]):
        assert main(["logs", "-o", "report.html", *words]) == 0
        assert ("no cache: " in capsys.readouterr().err) == bool(words)


@pytest.mark.slow
def test_python_has_a_cache_only_where_it_asks_for_one(folder):
    reportgen.read("logs")
    reportgen.generate(["logs"], ["report.html"])
    assert not (folder / "cache").exists()
    reportgen.generate(["logs"], ["report.html"], reportgen.Options(cache_size="1GB"))
    assert entries(folder)


@pytest.mark.parametrize(
    ("size", "message"),
    [
        ("off", "--cache-size off: not a size; write 1GB or 500MB, or --no-cache for none"),
        ("5", "--cache-size 5: 5 bytes is too small for a cache; write 500MB, or --no-cache"),
    ],
)
def test_what_is_no_size_is_refused(folder, capsys, size, message):
    assert main(["logs", "--cache-size", size]) == 2
    assert message in capsys.readouterr().err
    assert not (folder / "cache").exists()


@pytest.mark.slow
def test_commands_at_once_write_what_one_does(folder):
    expected = bytes_of("--no-cache")["out/report.html"]
    names = ["a.html", "b.html"]
    code = (
        "import sys; from reportgen.events import cached_reading; cached_reading.MIN_FILE_SIZE = 0;"
        "from reportgen.command.main import main; sys.exit(main(sys.argv[1:]))"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(reportgen.__file__).parents[1])}
    started = [
        subprocess.Popen([sys.executable, "-c", code, "logs", "-q", "-o", name], env=environment)
        for name in names
    ]
    assert [process.wait() for process in started] == [0, 0]
    assert [Path(name).read_bytes() for name in names] == [expected, expected]
    assert entries(folder)
    assert not list((folder / "cache").rglob("*.part"))
