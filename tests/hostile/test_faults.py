"""Faults of the system at each stage: old outputs stay whole, nothing is left, a line is told.

Each case is a call of the command in a fork of this process. An audit hook in it makes the system
fail, or stops the process, where a call of the system belongs to the stage.
"""

import errno
import os
import signal
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import pytest

import reportgen
from hostile.framing import value_event, write_log
from reportgen.command.main import main
from reportgen.figures.curves.curve_chart import CurveChart
from reportgen.outputs.formats import FORMATS

pytestmark = [
    pytest.mark.slow,  # whole commands, one after the other
    pytest.mark.skipif(not hasattr(os, "fork"), reason="a system that does not fork"),
]

ROOT = Path(__file__).parents[2]
FAULTS = {
    "disk full": OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
    "disk broken": OSError(errno.EIO, os.strerror(errno.EIO)),
    "permission": PermissionError(errno.EACCES, os.strerror(errno.EACCES)),
    "SIGTERM": signal.SIGTERM,
    "kill -9": signal.SIGKILL,
}
SEVERAL = ("html", "bundle", "md", "json")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """Has the modules loaded that the forks need, so that each need not."""
    folder = tmp_path_factory.mktemp("loaded")
    logs = write_log(folder / "run", [value_event(tag="loss", simple_value=1.0)])
    reportgen.generate([logs], [f"{name}:{folder / name}" for name in FORMATS])


@pytest.fixture
def call(tmp_path, monkeypatch, loaded):  # noqa: ARG001
    """Runs the command with a fault in a stage; returns its status and its lines on stderr."""
    for name in ("out", "temporary", "cache"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    events = [
        value_event(step, 1.0 + step, tag=tag, simple_value=1 / (1 + step))
        for step in range(4)
        for tag in ("loss", "accuracy")
    ]
    write_log(tmp_path / "logs" / "run", events)

    def run(formats, fault=None, stage=None, words=()):
        outputs = [f"-o={name}:{tmp_path / 'out' / name}" for name in formats]
        words = [str(tmp_path / "logs"), *outputs, *words]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the runner has threads
            child = os.fork()
        if not child:
            _end(words, tmp_path, fault, stage)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return status, (tmp_path / "stderr").read_text().splitlines()

    return run


def _end(words, folder, fault, stage):
    """Run the command in this process with a fault, and end the process with its status."""
    status = 99
    try:
        for number, name in ((1, "stdout"), (2, "stderr")):
            os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        if stage:
            STAGES[stage](fault, folder)
        status = main(words)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)


def strike(fault):
    """Let the system fail, or this process die."""
    if isinstance(fault, OSError):
        raise fault
    os.kill(os.getpid(), fault)


def at(is_reached):
    """A stage whose calls of the system are those for which a function returns true.

    All of them fail, as on a disk that stays full; a signal comes with the first.
    """

    def prepare(fault, folder):
        pending = [fault]

        def hook(event, arguments):
            if pending and is_reached(event, arguments, folder):
                strike(pending[0] if isinstance(fault, OSError) else pending.pop())

        sys.addaudithook(hook)

    return prepare


def opens(folder, *, to_write):
    """Whether a call opens a file in a folder of the test, by the name of the folder."""

    def is_reached(event, arguments, root):
        if event != "open" or not isinstance(arguments[0], str | os.PathLike | bytes):
            return False
        flags = arguments[2] or 0
        is_writing = bool(flags & (os.O_WRONLY | os.O_RDWR))
        directory = f"{root / folder}{os.sep}"
        # The locks of directories are opened to read.
        path = os.fsdecode(arguments[0])
        return path.startswith(directory) and is_writing == to_write and not Path(path).is_dir()

    return is_reached


def renames(event, arguments, root):
    """Whether a call puts an output in its place."""
    return event == "os.rename" and Path(os.fsdecode(arguments[1])).parent == root / "out"


def drawing(fault, _folder):
    """The stage in which curves are drawn."""
    draw = CurveChart.draw

    def fail(chart, *arguments, **options):
        strike(fault)
        return draw(chart, *arguments, **options)

    CurveChart.draw = fail


STAGES = {
    "reading": at(opens("logs", to_write=False)),
    "storing in the cache": at(opens("cache", to_write=True)),
    "drawing": drawing,
    "writing": at(opens("out", to_write=True)),
    "renaming": at(renames),
}


def make_old(folder, formats):
    """Put old outputs into a folder."""
    for name in formats:
        if FORMATS[name].folder:
            (folder / name).mkdir()
            (folder / name / "index.html").write_text("old")
        else:
            (folder / name).write_text("old")


def tree(folder):
    """The bytes of files below a folder by path, without those of a scratch directory."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.relative_to(folder).parts[0].startswith(".reportgen-")
    }


def left_over(folder):
    """Names of what no run should leave: beside outputs, in the cache, among temporary files."""
    beside = {path.name for path in (folder / "out").glob(".*")}
    in_cache = {path.name for path in (folder / "cache").rglob("*.*") if path.suffix != ".entry"}
    return beside | in_cache | {path.name for path in (folder / "temporary").iterdir()}


def told(fault, status, lines):
    """Assert that the status and the line on stderr are those of the fault."""
    if fault == signal.SIGKILL:
        assert (status, lines) == (-signal.SIGKILL, [])
    elif fault == signal.SIGTERM:
        assert (status, lines) == (143, ["reportgen: terminated; nothing was written"])
    else:
        assert status == 2
        (line,) = lines
        assert os.strerror(fault.errno).lower() in line.lower()


def whole_afterwards(call, folder, formats):
    """Assert that a run without a fault succeeds and leaves its outputs and nothing else."""
    assert call(formats)[0] == 0
    assert not left_over(folder)
    assert b"old" not in tree(folder / "out").values()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", FORMATS)
def test_an_output_of_every_kind_stays_old_where_it_cannot_be_written(call, tmp_path, name, fault):
    make_old(tmp_path / "out", [name])
    before = tree(tmp_path / "out")
    status, lines = call([name], FAULTS[fault], "writing")
    told(FAULTS[fault], status, lines)
    assert tree(tmp_path / "out") == before
    assert fault == "kill -9" or not left_over(tmp_path)
    whole_afterwards(call, tmp_path, [name])


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("stage", ["reading", "writing", "renaming"])
def test_outputs_together_stay_old_whatever_fails_before_they_are_renamed(
    call, tmp_path, stage, fault
):
    make_old(tmp_path / "out", SEVERAL)
    before = tree(tmp_path / "out")
    status, lines = call(SEVERAL, FAULTS[fault], stage)
    if stage == "renaming" and fault == "SIGTERM":  # signals wait until all are renamed
        assert not set(before.items()) & set(tree(tmp_path / "out").items())
    else:
        assert tree(tmp_path / "out") == before
    told(FAULTS[fault], status, lines)
    assert fault == "kill -9" or not left_over(tmp_path)
    whole_afterwards(call, tmp_path, SEVERAL)


@pytest.mark.parametrize("fault", ["SIGTERM", "kill -9"])
def test_outputs_stay_old_where_drawing_is_stopped(call, tmp_path, fault):
    make_old(tmp_path / "out", SEVERAL)
    before = tree(tmp_path / "out")
    told(FAULTS[fault], *call(SEVERAL, FAULTS[fault], "drawing", ["--executor", "inline"]))
    assert tree(tmp_path / "out") == before
    whole_afterwards(call, tmp_path, SEVERAL)


def test_a_worker_that_is_lost_while_it_draws_is_told_and_its_work_is_done(
    call, tmp_path, monkeypatch
):
    draw, test = CurveChart.draw, os.getpid()

    def die_in_a_worker(chart, *arguments, **options):
        if os.getppid() != test:  # the command is a child of this process, its workers are not
            os.kill(os.getpid(), signal.SIGKILL)
        return draw(chart, *arguments, **options)

    monkeypatch.setattr(CurveChart, "draw", die_in_a_worker)
    make_old(tmp_path / "out", SEVERAL)
    status, lines = call(SEVERAL, words=["--executor", "processes://2"])
    assert status == 0
    (line,) = lines
    assert "a worker process was killed" in line
    assert "could not be made" not in (tmp_path / "out" / "html").read_text()
    assert not left_over(tmp_path)


@pytest.mark.skipif(not Path("/proc/self/ns").exists() or os.getuid() != 0, reason="needs root")
@pytest.mark.usefixtures("call")
def test_a_disk_that_is_really_full(tmp_path):
    make_old(tmp_path / "out", ["html"])
    (tmp_path / "full").mkdir()
    script = f"""
mount -t tmpfs -o size=40k tmpfs full && cp out/html full
{sys.executable} -m reportgen logs -o html:full/html
echo status $?
cat full/html
ls -A full
"""
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script],  # noqa: S607  # the mount ends with it
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == ["status 2", "oldhtml"]
    (line,) = done.stderr.splitlines()
    assert "no space left on device" in line


@pytest.mark.parametrize("fault", ["disk full", "disk broken", "permission"])
def test_a_cache_that_cannot_be_written_is_done_without(call, tmp_path, fault):
    status, lines = call(SEVERAL, FAULTS[fault], "storing in the cache")
    assert (status, lines) == (0, [])
    whole_afterwards(call, tmp_path, SEVERAL)


def test_what_is_killed_while_it_stores_in_the_cache_leaves_no_part_there(call, tmp_path):
    status, _ = call(SEVERAL, signal.SIGKILL, "storing in the cache")
    assert status == -signal.SIGKILL
    whole_afterwards(call, tmp_path, SEVERAL)
