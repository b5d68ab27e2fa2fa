"""Where logs live: local paths, URLs of any file system that fsspec knows, archives.

A URL or archive is fetched into a temporary directory that stays until the process ends, because
pictures and sounds are read from the files only when they are shown. Nothing but event files,
tables and what may stand beside them is fetched.
"""

from __future__ import annotations

import atexit
import os
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any

from reportgen.errors import DependencyError, InputError

_ARCHIVES = {".zip": "zip", ".tar": "tar", ".tgz": "tar", ".tar.gz": "tar", ".tar.xz": "tar"}
# Extra of reportgen that installs the driver, by protocol.
_EXTRAS = {"s3": "s3", "gs": "gcs", "gcs": "gcs", "az": "azure", "abfs": "azure", "sftp": "sftp"}

Wanted = Callable[[str], bool]


def local(path: str | os.PathLike[str], wanted: Wanted) -> Path:
    """A path on this machine that holds the same logs.

    Args:
        path: a local path, a URL, or a local archive.
        wanted: whether a file is fetched, by its path in the archive or below the URL.

    Raises:
        DependencyError: the driver of the URL's protocol is not installed.
        InputError: nothing can be read there.
    """
    given = os.fspath(path)
    archive = _archive(given)
    if "://" not in given and not archive:
        return Path(given)
    url = f"{archive}::file://{Path(given).resolve().as_posix()}" if archive else given
    try:
        system, root = import_module("fsspec").core.url_to_fs(url)
        return _fetched(system, root, given, wanted)
    except ImportError as error:
        protocol = given.partition("://")[0]
        extra = _EXTRAS.get(protocol)
        cure = f"pip install 'reportgen[{extra}]'" if extra else str(error)
        raise DependencyError(f"{given}: the driver for {protocol} is missing; {cure}") from error
    except InputError:
        raise
    except Exception as error:  # drivers raise errors of their own
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise InputError(f"{given}: cannot be read ({reason})") from error


def _archive(path: str) -> str:
    """The protocol of a local archive, or ""."""
    known = (kind for suffix, kind in _ARCHIVES.items() if path.lower().endswith(suffix))
    return next(known, "") if "://" not in path and Path(path).is_file() else ""


def _fetched(system: Any, root: str, given: str, wanted: Wanted) -> Path:  # noqa: ANN401
    """The wanted files below root, or the one that root is, in a new directory."""
    root = root.rstrip("/")
    holder = tempfile.TemporaryDirectory(prefix="reportgen-")
    atexit.register(holder.cleanup)
    name = PurePosixPath(given.partition("://")[2] or given).name or "logs"
    into = Path(holder.name, name)
    if root and system.isfile(root):
        system.get_file(root, str(into))
        return into
    found = [one for one in system.find(root) if wanted(one)]
    if not found:
        raise InputError(f"{given}: holds no logs (*tfevents*, metrics.csv); name a log directory")
    for one in found:
        target = _below(into, one[len(root) :].lstrip("/"), given)
        target.parent.mkdir(parents=True, exist_ok=True)
        system.get_file(one, str(target))
    return into


def _below(into: Path, name: str, given: str) -> Path:
    """Where a file goes; raises InputError where its name leads out of the directory."""
    target = into / name
    if not target.resolve().is_relative_to(into.resolve()):
        raise InputError(f"{given}: {name} leads out of the archive")
    return target
