"""Where the system fails, there is one line that says what, and no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hostile.framing import value_event, write_log

pytestmark = pytest.mark.slow  # whole commands, one after the other

ROOT = Path(__file__).parents[2]


@pytest.fixture
def logs(tmp_path):
    events = [value_event(step, tag="läss\u200b", simple_value=1.0) for step in range(3)]
    return write_log(tmp_path / "grün", events)


def run(words, cwd, **changes):
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | changes
    environment = {name: value for name, value in environment.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-m", "reportgen", *map(str, words)],
        cwd=cwd,
        env=environment,
        check=False,
        capture_output=True,
    )


def one_line(done, status, words):
    (line,) = done.stderr.decode().splitlines()
    assert words in line
    assert done.returncode == status


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without /dev/full")
@pytest.mark.parametrize("words", [["--list"], ["-o", "x.html"]])
def test_a_full_standard_output(logs, tmp_path, words):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "reportgen", str(logs), *words],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
        )
    one_line(done, 2, "standard output: No space left on device")


def test_a_standard_output_of_ascii(logs, tmp_path):
    done = run([logs, "--list"], tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 0
    assert b"l\\xe4ss" in done.stdout


def test_a_working_directory_that_was_removed(logs, tmp_path):
    code = (
        "import os, sys\n"
        "os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone')\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from reportgen.command.main import main\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    words = [sys.executable, "-c", code, str(logs), "-o", "x.html"]
    done = subprocess.run(words, cwd=tmp_path, check=False, capture_output=True)
    one_line(done, 2, "x.html: No such file or directory")


def test_a_name_that_is_too_long(logs, tmp_path):
    done = run([logs, "-o", "x" * 300 + ".html"], tmp_path)
    one_line(done, 2, "File name too long")
    assert len(done.stderr) < 300


def test_without_a_home(logs, tmp_path):
    done = run([logs, "-o", "x.html"], tmp_path, HOME=None)
    assert done.returncode == 0
