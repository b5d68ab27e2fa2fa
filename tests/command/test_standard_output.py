"""Outputs on standard output, so that other programs can read them."""

import json
import os
import subprocess
import sys

import pytest
from tensorboardX import SummaryWriter

from reportgen.command.main import main

pytestmark = pytest.mark.slow  # whole commands, one after the other


@pytest.fixture
def folder(tmp_path):
    with SummaryWriter(str(tmp_path / "runs" / "a"), flush_secs=1) as writer:
        for step in range(40):
            writer.add_scalar("val/loss", 1 / (step + 1), step)
    return tmp_path


def called(folder, *words, **options):
    command = [sys.executable, "-m", "reportgen", "runs", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, **options)


@pytest.mark.parametrize("place", ["json:-", "json:/dev/stdout"])
def test_a_program_reads_json_and_nothing_else(folder, place):
    done = called(folder, "-o", place, "-o", "r.html", "--check", "val/loss < 1")
    assert done.returncode == 0
    assert json.loads(done.stdout)["checks"][0]["outcome"] == "passed"
    lines = done.stderr.decode().splitlines()
    assert lines[0].startswith("Wrote r.html")
    assert lines[1] == "reportgen: checks: 1 passed"


def test_a_dash_alone_is_the_page(folder):
    done = called(folder, "-o", "-")
    assert done.stdout.startswith(b"<!doctype html>")
    assert done.stderr == b""


def test_markdown_brings_its_pictures_along(folder):
    done = called(folder, "-o", "md:-")
    assert b"](<data:image/png;base64," in done.stdout
    assert [path.name for path in folder.iterdir()] == ["runs"]


def test_a_reader_that_has_seen_enough_is_no_error(folder):
    command = ["bash", "-c", f"{sys.executable} -m reportgen runs -o csv:- | head -1"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    assert done.stdout == b"run,tag,step,wall_time,value,session\n"
    assert done.stderr == b""


def test_a_full_disk_is_one_line(folder):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        command = [sys.executable, "-m", "reportgen", "runs", "-o", "json:-"]
        done = subprocess.run(command, cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr == b"reportgen: standard output: No space left on device\n"


@pytest.mark.parametrize("outputs", [["-o", "csv:-"], ["-o", "r.html"]])
@pytest.mark.parametrize("closed", [("stdout",), ("stdout", "stderr")])
def test_a_failed_check_gives_the_status_whether_anybody_reads_or_not(folder, outputs, closed):
    reading, writing = os.pipe()
    os.close(reading)  # as `| head -0` does
    command = [sys.executable, "-m", "reportgen", "runs", *outputs, "--check", "val/loss > 1"]
    streams = dict.fromkeys(closed, writing)
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE} | streams
    done = subprocess.run(command, cwd=folder, check=False, **silent)
    os.close(writing)
    assert done.returncode == 1
    assert b"Traceback" not in (done.stderr or b"")
    assert b"Broken" not in (done.stderr or b"")


def test_a_mail_is_sent_though_nobody_reads_the_output_any_more(monkeypatch, folder):
    from reportgen.outputs.mail import smtp

    sent = []
    reading, writing = os.pipe()
    os.close(reading)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(smtp, "send", lambda path, _: sent.append(path) or "Sent it")
    with open(writing, "w") as stdout:  # noqa: PTH123
        monkeypatch.setattr("sys.stdout", stdout)
        words = ["--smtp", "smtp://b.example:587", "--send-from", "a@b.example"]
        words += ["--send-to", "c@d.example", "-o", "x.eml"]
        assert main(["runs", "-o", "csv:-", *words]) == 0
    assert sent
