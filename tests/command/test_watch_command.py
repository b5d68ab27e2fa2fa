"""`--watch`: beside a writer that is killed and goes on, and the words that it does not take."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tensorboardX import SummaryWriter

from reportgen.command import watch_command
from reportgen.command.main import main

WRITER = """
import sys, time
from tensorboardX import SummaryWriter
with SummaryWriter(sys.argv[1], flush_secs=1) as writer:
    for step in range(int(sys.argv[2]), int(sys.argv[3])):
        writer.add_scalar("val/loss", 1 / (1 + step), step)
        writer.file_writer.flush()
        time.sleep(0.02)
"""


@pytest.fixture
def logs(tmp_path):
    """A run of one loss."""
    with SummaryWriter(str(tmp_path / "logs" / "a")) as writer:
        for step in range(20):
            writer.add_scalar("val/loss", 1 / (1 + step), step)
    return tmp_path / "logs"


def started(*words):
    return subprocess.Popen(
        [sys.executable, "-m", "reportgen", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell has what it starts in the background ignore SIGINT.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )


def wait_for(condition):
    ends = time.monotonic() + 60
    while not condition():
        if time.monotonic() > ends:
            pytest.fail("it never came")
        time.sleep(0.05)


@pytest.mark.slow
def test_a_writer_that_is_killed_and_goes_on_is_followed_to_its_end(tmp_path):
    page, json = tmp_path / "r.html", tmp_path / "r.json"
    watch = started(
        *(tmp_path / "logs", "-o", page, "-o", json, "--watch", "0.3s", "--until", "steps >= 300"),
        *("--check", "val/loss < 0.1"),
    )
    write = [sys.executable, "-c", WRITER, tmp_path / "logs" / "a"]
    with subprocess.Popen([*write, "0", "1000"]) as writer:
        wait_for(page.exists)
        time.sleep(1)
        writer.send_signal(signal.SIGKILL)
    whole = page.read_text()
    assert whole.endswith("</html>")
    subprocess.run([*write, "150", "310"], check=True)
    out, error = watch.communicate(timeout=120)
    assert watch.returncode == 0, error
    lines = [line for line in out.splitlines() if "scalars" in line]
    assert len(lines) >= 3
    assert lines[0].split("  ")[1].startswith("1 run, +")
    assert "passed" in out


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_the_status_of_the_last_report(number, logs, tmp_path):
    page = tmp_path / "r.html"
    watch = started(logs, "-o", page, "--watch", "60", "--check", "val/loss < 0.01")
    wait_for(page.exists)
    time.sleep(0.5)
    watch.send_signal(number)
    _, error = watch.communicate(timeout=60)
    assert watch.returncode == 1
    assert "FAILED a: best val/loss 0.05 at step 19" in error
    assert sorted(path.name for path in tmp_path.iterdir()) == ["logs", "r.html"]


@pytest.mark.slow
def test_a_kill_leaves_the_last_whole_report(logs, tmp_path):
    page = tmp_path / "r.html"
    watch = started(logs, "-o", page, "--watch", "0.05")
    wait_for(page.exists)
    for step in range(20, 40):
        with SummaryWriter(str(logs / "a"), filename_suffix=f".{step}") as writer:
            writer.add_scalar("val/loss", 1 / (1 + step), step)
        time.sleep(0.05)
    watch.kill()
    watch.communicate()
    assert page.read_text().endswith("</html>")


def test_it_ends_where_nothing_was_new_for_long_enough(logs, tmp_path, monkeypatch, capsys):
    waits = []
    clock = iter(range(1000))
    monkeypatch.setattr(watch_command.time, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(watch_command, "_sleep", waits.append)
    words = ["--watch", "5", "--until-idle", "20s", "--no-cache"]
    assert main([str(logs), "-o", str(tmp_path / "r.html"), *words]) == 0
    assert 1 < len(waits) < 30
    assert max(waits) <= 5
    assert capsys.readouterr().out.count("scalars") == 1


def test_the_page_loads_itself_again_only_where_asked(logs, tmp_path):
    plain, fresh = tmp_path / "plain.html", tmp_path / "fresh.html"
    main([str(logs), "-o", str(plain), "--no-cache", "-q"])
    main([str(logs), "-o", str(fresh), "--no-cache", "-q", "--refresh", "30"])
    assert 'http-equiv="refresh"' not in plain.read_text()
    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in fresh.read_text()
    assert 'data-refresh="30"' in fresh.read_text()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--watch", "soon"], "--watch soon: not a time; write 30s, 10m or 2h"),
        (["--watch", "0"], "--watch 0: not a time; write 30s, 10m or 2h"),
        (["--until-idle", "5m"], "--until-idle: nothing is watched; add --watch 30s"),
        (["--until", "steps > 5"], "--until: nothing is watched; add --watch 30s"),
        (["--watch", "5", "--list"], "--list: lists once; leave --watch out"),
        (["--watch", "5", "-o", "-"], "--watch: replaces files, so - is no output of it"),
        (["--watch", "5", "--until", "loss <"], "--until loss <: column 7"),
        (["--watch", "5", "--until-idle", "-"], "--until-idle -: not a time"),
        (["--refresh", "0.5"], "--refresh 0.5: write whole seconds, such as 30"),
    ],
)
def test_words_that_it_does_not_take(words, message, logs, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    assert main([str(logs), *words]) == 2
    assert message in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["logs"]


def test_a_url_cannot_be_watched(capsys):
    assert main(["s3://bucket/logs", "--watch", "5"]) == 2
    assert "s3://bucket/logs is no directory on this machine" in capsys.readouterr().err


def test_logs_that_never_come_are_told_at_the_end(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(watch_command, "_sleep", lambda _: None)
    clock = iter(range(1000))
    monkeypatch.setattr(watch_command.time, "monotonic", lambda: float(next(clock)))
    monkeypatch.chdir(tmp_path)
    assert main(["nothing", "--watch", "1", "--until-idle", "9"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("(watching goes on)")
    assert not list(Path().iterdir())
