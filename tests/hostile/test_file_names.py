"""Runs and outputs whose names are hostile: each is read, written under its own name, and told."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hostile.framing import value_event, write_log
from reportgen.command.main import main

NAMES = {
    "newline": "a\nb",
    "control": "a\x1b[2Jb\x07",
    "dash": "-rf",
    "option": "--output=x",
    "percent": "%2e%2e%2fx",
    "dots": "..x",
    "spaces": "  x  ",
    "directions": "a\u202egpj.exe",
    "separator": "a\u2028b",
    "markup": "<img src=x onerror=evil()>",
    "quotes": "'\"`$(touch evil)`",
    "backslash": "a\\..\\b",
    "surrogate": b"a\xffb".decode("utf-8", "surrogateescape"),
    "long": "x" * 240,
    "wide": "\N{HIRAGANA LETTER A}" * 78,
}


def run(*words, cwd):
    return subprocess.run(
        [sys.executable, "-m", "reportgen", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        errors="surrogateescape",
        check=False,
    )


def log(folder):
    write_log(
        folder, [value_event(step, tag="loss", simple_value=1 / (1 + step)) for step in (0, 1)]
    )


def tree(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_run_and_an_output_of_any_name_stay_where_they_are(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    log(tmp_path / "logs" / name)
    before = tree(tmp_path)
    stem = name[:200] if name.isascii() else name[:60]
    outputs = [f"html:./{stem}.html", f"md:./{stem}.md", f"csv:./{stem}.csv", f"bundle:./{stem}.b"]
    words = [word for output in outputs for word in ("-o", output)]
    assert main(["--executor", "inline", "--no-cache", *words, "logs"]) == 0
    written = [path for path in tree(tmp_path) if path not in before]
    tops = {path.split("/")[0] for path in written}
    assert tops == {f"{stem}.html", f"{stem}.md", f"{stem}.csv", f"{stem}.b", f"{stem}_files"}
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(outputs)
    assert all(line.startswith("Wrote ") and line.isprintable() for line in lines)
    assert "<img src=x onerror" not in (tmp_path / f"{stem}.html").read_text()


@pytest.mark.slow
def test_a_log_directory_that_looks_like_an_option_is_named_after_two_dashes(tmp_path):
    log(tmp_path / "--help" / "run")
    done = run("-o", "x.html", "--", "--help", cwd=tmp_path)
    assert (done.returncode, done.stdout.startswith("Wrote x.html")) == (0, True)
    assert "<title>--help</title>" in (tmp_path / "x.html").read_text()


@pytest.mark.slow
def test_names_that_differ_by_case_or_composition_are_different_runs(tmp_path):
    names = ["Run", "run", "caf\u00e9", "cafe\u0301"]
    for name in names:
        log(tmp_path / "logs" / name)
    if len(list((tmp_path / "logs").iterdir())) < len(names):
        pytest.skip("this file system takes some of the names for the same")
    done = run("logs", "-o", "bundle:b", "-o", "x.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert '"runs"' in (tmp_path / "x.json").read_text()
    page = (tmp_path / "b" / "index.html").read_text()
    assert all(name in page for name in names)


def test_a_name_of_more_bytes_than_a_file_system_takes_is_one_line(tmp_path):
    log(tmp_path / "logs" / "run")
    done = run("logs", "-o", f"{'x' * 260}.html", cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert tree(tmp_path) == tree(Path(shutil.copytree(tmp_path, tmp_path.parent / "copy")))
