"""Writing: every file is written under another name first, then all are renamed, or none."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from reportgen.errors import OutputError


def write(files: Mapping[Path, bytes | Mapping[str, bytes]]) -> None:
    """Write files and folders so that no reader sees half of one.

    Everything is written under temporary names in the same folders, and renamed only if all of
    that has succeeded. A failure before that leaves every old file unchanged.

    Args:
        files: bytes by path for a file; a mapping of file names to bytes for a folder, which
            replaces an old folder of that name whole.

    Raises:
        OutputError: the file system refuses.
    """
    with ExitStack() as cleanup:
        staged = []
        for path, content in files.items():
            beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                cleanup.callback(_remove, beside)
                _stage(beside, content)
            except OSError as error:
                raise _refused(path, error) from error
            staged.append((beside, path))
        for beside, path in staged:
            try:
                _exchange(beside, path)
            except OSError as error:
                raise _refused(path, error) from error


def _stage(path: Path, content: bytes | Mapping[str, bytes]) -> None:
    if isinstance(content, bytes):
        path.write_bytes(content)
        return
    path.mkdir()
    for name, data in content.items():
        (path / name).write_bytes(data)


def _exchange(new: Path, path: Path) -> None:
    if not new.is_dir() or not path.exists():
        new.replace(path)  # over an old file in one step; a folder only where there is none
        return
    old = new.with_name(f"{new.name}.old")
    path.replace(old)
    try:
        new.replace(path)
    except OSError:
        old.replace(path)
        raise
    _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _refused(path: Path, error: OSError) -> OutputError:
    reason = os.strerror(error.errno).lower() if error.errno else str(error)
    return OutputError(f"{path}: cannot be written ({reason}); choose another place")
