"""The report at the end of a training: made in a process of its own, which may fail or be slow.

Whatever goes wrong with the report is one line on stderr. The training is never broken, and never
delayed for longer than the deadline.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from reportgen.command.option_words import option_words
from reportgen.integrations.failure import failure_notes

DEADLINE = 120.0  # seconds
# Which process of a distributed training this is: torchrun and Lightning, Slurm, Open MPI, MPICH;
# LOCAL_RANK only where none of them says it.
_RANK_VARIABLES = ("RANK", "SLURM_PROCID", "OMPI_COMM_WORLD_RANK", "PMI_RANK", "LOCAL_RANK")
_GRACE = 5.0  # seconds for a process that was told to end


def is_first_process(environment: Mapping[str, str]) -> bool:
    """Return whether this process is the one of its training that writes the report.

    Args:
        environment: variables by name; a process that is not distributed has none of ours.
    """
    for name in _RANK_VARIABLES:
        if environment.get(name, "").isdigit():
            return int(environment[name]) == 0
    return True


@contextmanager
def after(
    logdir: str | os.PathLike[str],
    *outputs: str | os.PathLike[str],
    deadline: float = DEADLINE,
    **options: object,
) -> Iterator[None]:
    """Write a report when the block ends, also if it ends by an exception.

    The exception goes on as it is; its type, its message and where it was raised are in the report.
    Only the first process of a distributed training writes.

    Args:
        logdir: where the training logs.
        outputs: `[FORMAT:]PATH` each; by default report.html.
        deadline: seconds after which the report is given up; finite.
        options: as of `reportgen.Options`, such as `check="val/loss < 1"`.
    """
    try:
        yield
    except BaseException as error:
        _write_quietly(logdir, outputs, error, deadline, options)
        raise
    _write_quietly(logdir, outputs, None, deadline, options)


def write_report(
    logdir: str | os.PathLike[str],
    outputs: Sequence[str | os.PathLike[str]] = (),
    error: BaseException | None = None,
    deadline: float = DEADLINE,
    options: Mapping[str, object] | None = None,
) -> bool:
    """Write a report in a process of its own, whatever process of the training this is.

    Args:
        logdir: where the training logs.
        outputs: `[FORMAT:]PATH` each; by default report.html.
        error: what ended the training; None where it finished.
        deadline: seconds after which the report is given up.
        options: by the names of `reportgen.Options`.

    Returns:
        Whether every output was written; a check that failed does not count against it.

    Raises:
        OSError: no process can be started, or no temporary file written.
        UsageError: there is no such option.
    """
    words = [os.fspath(logdir), *(word for path in outputs for word in ("-o", os.fspath(path)))]
    options = dict(options or {})
    with tempfile.TemporaryFile() as notes:
        if error is not None:
            notes.write(_notes(error, options.get("notes")).encode("utf-8", "replace"))
            notes.seek(0)
            options["notes"] = "-"
        words += option_words(options)
        process = subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, "-m", "reportgen.integrations.bounded", str(float(deadline)), *words],
            stdin=notes,
            stdout=_stderr(),
            stderr=_stderr(),
            env={**os.environ, "CUDA_VISIBLE_DEVICES": ""},
            start_new_session=True,  # Ctrl-C ends the training, not what reports it
        )
    return _waited(process, deadline) in {0, 1}


def _notes(error: BaseException, path: object) -> str:
    """Return what ended the training, and then the user's own notes."""
    user_notes = Path(str(path)).read_text("utf-8") if path else ""
    return f"{failure_notes(error)}\n\n{user_notes}"


def _stderr() -> int:
    """Return the file of stderr itself: a notebook's has none, and a daemon's may be closed."""
    try:
        os.fstat(2)
    except OSError:
        return subprocess.DEVNULL
    return 2


def _waited(process: subprocess.Popen[bytes], deadline: float) -> int | None:
    """Return the exit status of a process; None where the deadline passed and it was ended."""
    try:
        return process.wait(deadline)
    except subprocess.TimeoutExpired:
        _tell(f"the report was given up after {deadline:g} seconds")
        return None
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_GRACE)
            except subprocess.TimeoutExpired:
                process.kill()


def _write_quietly(
    logdir: str | os.PathLike[str],
    outputs: Sequence[str | os.PathLike[str]],
    error: BaseException | None,
    deadline: float,
    options: Mapping[str, object],
) -> None:
    """Write a report if this is the first process; tell what goes wrong, and raise nothing."""
    if is_first_process(os.environ):
        quietly(lambda: write_report(logdir, outputs, error, deadline, options))


def quietly(write: Callable[[], object]) -> None:
    """Call what writes a report; tell what goes wrong in one line, and raise nothing of it."""
    try:
        write()
    except Exception as failure:  # noqa: BLE001  # the training goes on, whatever it is
        _tell(f"no report was written ({type(failure).__name__}: {failure})")


def _tell(message: str) -> None:
    with contextlib.suppress(Exception):  # stderr may be closed, or on a full disk
        print(f"reportgen: {message}", file=sys.stderr, flush=True)  # noqa: T201  # there is no logger to rely on
