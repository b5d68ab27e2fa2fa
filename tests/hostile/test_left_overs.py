"""However a run ends, old or new outputs are whole, and nothing is left behind for long."""

import signal
import subprocess
import sys

import pytest

from hostile.framing import value_event, write_log
from reportgen.outputs import write as writing
from reportgen.outputs.write import write
from reportgen.scratch import remove_dead, scratch

pytestmark = pytest.mark.slow  # whole commands, one after the other


def run(code, *arguments):
    """Run Python code in a process of its own; return its exit status."""
    words = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(words, check=False, capture_output=True, text=True)


def killed_at(step, folder):
    """Write a bundle in a process that is killed at a step; the new content is "new"."""
    code = f"""
import os, signal, sys
from pathlib import Path
from reportgen.outputs import write as writing
def kill(*_): os.kill(os.getpid(), signal.SIGKILL)
{step}
folder = Path(sys.argv[1])
writing.write({{folder: {{"index.html": b"new"}}, folder.with_name("x.html"): b"new"}})
"""
    assert run(code, folder).returncode == -signal.SIGKILL


STEPS = {
    "before anything is renamed": "writing._exchange = kill",
    "after the first rename": (
        "exchange = writing._exchange; "
        "writing._exchange = lambda new, path: (exchange(new, path), kill())"
    ),
    "between the steps of a swap": (
        "writing._swap = lambda *_: False; replace = Path.replace; "
        "Path.replace = lambda path, to: kill() if path.name == '0' else replace(path, to)"
    ),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_a_killed_run_leaves_a_whole_bundle_once_the_next_has_run(tmp_path, step):
    write({tmp_path / "site": {"index.html": b"old"}, tmp_path / "x.html": b"old"})
    killed_at(step, tmp_path / "site")
    assert list(tmp_path.glob(".reportgen-*"))
    write({tmp_path / "other.html": b"other"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.html", "site", "x.html"]
    assert (tmp_path / "site" / "index.html").read_text() in ("old", "new")
    assert (tmp_path / "x.html").read_text() == "old"


def test_a_bundle_is_exchanged_in_one_step_where_the_system_can(tmp_path, monkeypatch):
    write({tmp_path / "site": {"index.html": b"old", "old.svg": b"old"}})
    monkeypatch.setattr(writing, "SAVED", None)  # which the two steps need
    write({tmp_path / "site": {"index.html": b"new"}})
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["index.html"]


@pytest.mark.parametrize("name", ["reportgen-logs", "reportgen-0123456789abcdef-old", "reportgen-"])
def test_a_directory_of_the_user_that_begins_alike_stays(tmp_path, name):
    (tmp_path / name).mkdir()
    (tmp_path / name / "events").write_text("mine")
    remove_dead(tmp_path, "reportgen-")
    with scratch(tmp_path, "reportgen-"):
        pass
    assert (tmp_path / name / "events").read_text() == "mine"


def test_scratch_of_a_living_process_stays(tmp_path):
    with scratch(tmp_path, "s-") as living:
        with scratch(tmp_path, "s-") as other:
            assert living.is_dir()
        assert not other.exists()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_cleans_up_and_ends_with_its_status(tmp_path, number):
    logs = write_log(tmp_path / "run", [value_event(tag="loss", simple_value=1.0)])
    code = f"""
import os, sys, reportgen.outputs.write as writing
from reportgen.command.main import main
stage = writing._stage
writing._stage = lambda *a: (stage(*a), os.kill(os.getpid(), {int(number)}))
sys.exit(main(sys.argv[1:]))
"""
    done = run(code, logs, "-o", tmp_path / "out" / "x.html", "-o", tmp_path / "out" / "x.md")
    assert done.returncode == 128 + number
    assert done.stderr.splitlines() == ["reportgen: terminated; nothing was written"]
    assert not list((tmp_path / "out").iterdir())


def test_a_signal_that_is_ignored_stays_ignored(tmp_path):
    logs = write_log(tmp_path / "run", [value_event(tag="loss", simple_value=1.0)])
    code = """
import os, signal, sys, reportgen.outputs.write as writing
from reportgen.command.main import main
signal.signal(signal.SIGHUP, signal.SIG_IGN)
stage = writing._stage
writing._stage = lambda *a: (stage(*a), os.kill(os.getpid(), signal.SIGHUP))
sys.exit(main(sys.argv[1:]))
"""
    assert run(code, logs, "-o", tmp_path / "x.html").returncode == 0


def test_a_name_of_255_bytes_can_be_written(tmp_path):
    path = tmp_path / ("x" * 250 + ".html")
    write({path: b"new"})
    assert path.read_bytes() == b"new"
