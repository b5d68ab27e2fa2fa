"""The examples in every format with one call: one reading, one drawing, the same bytes again."""

import subprocess
import sys
from pathlib import Path

import pytest

from reportgen import build, read
from reportgen.command.main import main
from reportgen.figures.encoding import encode
from reportgen.outputs.formats import FORMATS, SUFFIXES

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module", params=["iris", "ranks"])
def logs(request, tmp_path_factory):
    """What an example has logged."""
    folder = tmp_path_factory.mktemp(request.param)
    subprocess.run([sys.executable, EXAMPLES / f"{request.param}.py", folder], check=True)
    return folder


def outputs(folder):
    """An output of every format; the suffix names it where there is one."""
    message = {name: suffix for suffix, name in reversed(SUFFIXES.items())}
    return [
        word
        for name in FORMATS
        for word in (
            "-o",
            f"{folder}/r{message[name]}" if name in message else f"{name}:{folder}/{name}",
        )
    ]


def tree(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_every_format_is_written_by_one_call_that_draws_each_figure_once(
    logs, tmp_path, monkeypatch, capsys
):
    drawn = []
    size = encode.size

    def counted(figure):
        drawn.append(figure)
        return size(figure)

    monkeypatch.setattr("reportgen.report.draw.encode.size", counted)
    inline = ("--executor", "inline")  # in this process, to be counted
    status = main([str(logs), *inline, *outputs(tmp_path / "one")])
    if status and "system library" in capsys.readouterr().err:
        pytest.skip("WeasyPrint has no Pango here")
    assert not status
    assert capsys.readouterr().out.count("Wrote ") == len(FORMATS)
    assert len(set(map(id, drawn))) == len(build(read(logs)).figures()) > 0
    assert main([str(logs), *outputs(tmp_path / "two")]) == 0
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    assert min(map(len, tree(tmp_path / "one").values())) > 0
