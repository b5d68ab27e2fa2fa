"""Writing: every file is written under another name first, then all are renamed, or none."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from reportgen.errors import OutputError
from reportgen.scratch import SAVED, scratch
from reportgen.streams import discard

_PREFIX = ".reportgen-"  # of the directory beside the outputs in which they are written
_STOPPING = {
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
}
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h


def _nothing() -> None:
    """Do nothing."""


def write(
    files: Mapping[Path, bytes | Mapping[str, bytes]], last: Callable[[], None] = _nothing
) -> None:
    """Write files and folders so that no reader sees half of one.

    Everything is written in scratch directories beside the outputs, and renamed only if all of
    that has succeeded. A failure before that leaves every old file unchanged. What a killed process
    has left there is removed.

    Args:
        files: bytes by path for a file; a mapping of file names to bytes for a folder, which
            replaces an old folder of that name whole.
        last: what may still fail; it is called when all is written, and before it is renamed.

    Raises:
        OutputError: the file system refuses.
    """
    with ExitStack() as cleanup:
        directories: dict[Path, Path] = {}
        staged: list[tuple[Path, Path]] = []
        for path, content in files.items():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                if path.parent not in directories:
                    directory = cleanup.enter_context(scratch(path.parent, _PREFIX))
                    directories[path.parent] = directory
                beside = directories[path.parent] / str(len(staged))
                _stage(beside, content)
            except OSError as error:
                raise _refused(path, error) from error
            staged.append((beside, path))
        last()
        with _signals_wait():
            for beside, path in staged:
                try:
                    _exchange(beside, path)
                except OSError as error:
                    raise _refused(path, error) from error


def write_stdout(content: bytes) -> None:
    """Write to standard output, whole, or as much of it as its reader wants.

    Raises:
        OutputError: it cannot be written, as a file on a full disk.
    """
    try:
        if hasattr(sys.stdout, "buffer"):
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
        else:  # as in a notebook
            sys.stdout.write(content.decode("utf-8", "replace"))
        sys.stdout.flush()
    except BrokenPipeError:  # its reader has seen enough
        discard(sys.stdout)
    except OSError as error:
        reason = error.strerror or "it cannot be written"
        raise OutputError(f"standard output: {reason}") from error


@contextmanager
def _signals_wait() -> Iterator[None]:
    """Hold back the signals that stop a program, so that all outputs are renamed or none."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _stage(path: Path, content: bytes | Mapping[str, bytes]) -> None:
    if isinstance(content, bytes):
        path.write_bytes(content)
        return
    path.mkdir()
    for name, data in content.items():
        (path / name).write_bytes(data)


def _exchange(new: Path, path: Path) -> None:
    """Put a file or folder in its place; the old one is removed with the scratch directory."""
    if not new.is_dir() or not path.exists():
        new.replace(path)  # over an old file in one step; a folder only where there is none
        return
    if _swap(new, path):
        return
    # Two steps. If this process is killed between them, the next one moves the old folder back.
    saved = new.parent / SAVED / path.name
    saved.parent.mkdir(exist_ok=True)
    path.replace(saved)
    try:
        new.replace(path)
    except OSError:
        saved.replace(path)
        raise


def _swap(new: Path, path: Path) -> bool:
    """Exchange two folders in one step; return False if the system or file system cannot."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    names = (os.fsencode(new), os.fsencode(path))
    return bool(rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)


def _refused(path: Path, error: OSError) -> OutputError:
    reason = os.strerror(error.errno).lower() if error.errno else str(error)
    return OutputError(f"{path}: cannot be written ({reason}); choose another place")
