"""Nothing calls home: no output looks a host up or opens a connection, whatever the logs name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hostile.framing import value_event, write_log
from hostile.test_corpus import text_event
from reportgen.outputs.formats import FORMATS

pytestmark = pytest.mark.slow  # whole commands

ROOT = Path(__file__).parents[2]
# An audit hook sees calls of every module, also of those written in C, and cannot be removed.
GUARD = """
import os, sys

def refuse(event, arguments):
    is_call = event.startswith("socket.") and event != "socket.__new__"
    if is_call and "AF_UNIX" not in str(arguments):
        os.write(2, f"CALLED {event} {arguments[-1]!r}\\n".encode())
        os._exit(99)

sys.addaudithook(refuse)
from reportgen.command.main import main
sys.exit(main(sys.argv[1:]))
"""
ADDRESS = "http://192.0.2.1/x"  # of TEST-NET-1, which nobody has (RFC 5737)


@pytest.fixture
def logs(tmp_path):
    """Logs that name addresses wherever a careless reader would follow them."""
    curve = [value_event(step, 1.0 + step, tag="loss", simple_value=1.0) for step in range(4)]
    text = f"![a]({ADDRESS}) <img src={ADDRESS}> [a]({ADDRESS}) {ADDRESS}\n\n@import url({ADDRESS})"
    directory = write_log(tmp_path / "logs" / "run", [*curve, text_event("about", text)])
    (directory / "notes.md").write_text(text)
    (directory / "hparams.yaml").write_text(f"endpoint: {ADDRESS}\nlr: 0.1\n")
    return directory.parent


def called(code, *words):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_no_output_opens_a_connection(logs, tmp_path):
    outputs = [f"-o={name}:{tmp_path / name}" for name in FORMATS]
    done = called(GUARD, logs, *outputs, "--check", "loss < 2", "--jobs", "2")
    assert "CALLED" not in done.stderr
    assert done.returncode == 0
    assert all((tmp_path / name).exists() for name in FORMATS)


@pytest.mark.parametrize("words", [["--list"], ["--print-config"], ["--help"], ["--version"]])
def test_no_other_call_opens_a_connection(logs, words):
    done = called(GUARD, logs, *words)
    assert "CALLED" not in done.stderr
    assert done.returncode == 0


def test_the_guard_sees_a_connection(logs, tmp_path):
    words = ["-o", tmp_path / "x.eml", "--smtp", "smtp://127.0.0.1:9", "--send-to", "a@b.example"]
    done = called(GUARD, logs, *words, "--send-from", "a@b.example")
    assert done.returncode == 99
    assert "CALLED socket." in done.stderr
