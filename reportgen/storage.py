"""Storage of logs: local paths, URLs of any file system that fsspec supports, archives.

A URL or archive is copied to a temporary directory that stays until the process ends, because
pictures and sounds are read from the files only when they are shown. Only event files, tables and
the files that writers leave beside them are copied.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import Any

from reportgen import wording
from reportgen.boundary import Skipped
from reportgen.errors import DependencyError, InputError
from reportgen.scratch import scratch
from reportgen.url_drivers import counted_requests, missing_driver, opened, protocol_of

_ARCHIVES = {".zip": "zip", ".tar": "tar", ".tgz": "tar", ".tar.gz": "tar", ".tar.xz": "tar"}

# Real logs are compressed to a tenth; what is extracted from a small archive may be this large.
_MAX_RATIO, _MIN_EXTRACTED = 100, 100_000_000

_AT_ONCE = 32  # requests to a store
_LOGGER = logging.getLogger(__name__)
_CLEANUP = ExitStack()
atexit.register(_CLEANUP.close)

PathFilter = Callable[[str], bool]


def local(path: str | os.PathLike[str], is_log: PathFilter, skipped: list[Skipped]) -> Path:
    """Return a path on this machine that holds the same logs.

    Args:
        path: a local path, a URL, or a local archive.
        is_log: whether a file is copied, by its path in the archive or below the URL.
        skipped: is added to: logs in an archive that are no regular files.

    Raises:
        DependencyError: the driver of the URL's protocol is not installed.
        InputError: no log can be read there.
    """
    location = os.fspath(path)
    archive = _archive_protocol(location)
    if "://" not in location and not archive:
        return Path(location)
    url = f"{archive}::file://{Path(location).resolve().as_posix()}" if archive else location
    try:
        system, root = opened(url)
        requests = counted_requests(system)
        copy = _copy(system, root, location, is_log, skipped)
    except ImportError as error:
        raise DependencyError(f"{location}: {missing_driver(protocol_of(url), error)}") from error
    except InputError:
        raise
    except Exception as error:  # drivers raise errors of their own
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise InputError(f"{location}: cannot be read ({reason})") from error
    if requests:
        counts = ", ".join(f"{number:,} {name}" for name, number in sorted(requests.items()))
        _LOGGER.debug("%s: %s", location, counts)
    return copy


def _archive_protocol(path: str) -> str:
    """Return fsspec's protocol for a local archive; "" if the path is not one."""
    protocols = (name for suffix, name in _ARCHIVES.items() if path.lower().endswith(suffix))
    return next(protocols, "") if "://" not in path and Path(path).is_file() else ""


def _copy(
    system: Any,  # noqa: ANN401
    root: str,
    location: str,
    is_log: PathFilter,
    skipped: list[Skipped],
) -> Path:
    """Copy the logs below root, or the file that root is, to a new directory; return its path."""
    root = root.rstrip("/")
    directory = _CLEANUP.enter_context(scratch(Path(tempfile.gettempdir()), "reportgen-"))
    name = PurePosixPath(location.partition("://")[2] or location).name or "logs"
    target = directory / name
    if root and system.isfile(root):
        system.get_file(root, str(target))
        return target
    files = [file for file in system.find(root) if is_log(file)]
    if not files:
        raise InputError(
            f"{location}: holds no logs (*tfevents*, metrics.csv); name a log directory"
        )
    archive = _archive_protocol(location)
    if archive:
        _refuse_bomb(location, sum(system.info(file)["size"] for file in files), directory)
    copies = {file: _path_below(target, file[len(root) :].lstrip("/"), location) for file in files}
    for copy in copies.values():
        copy.parent.mkdir(parents=True, exist_ok=True)
    if system.async_impl:
        system.get(files, list(map(str, copies.values())), batch_size=_AT_ONCE)
        return target
    for file, copy in copies.items():
        try:
            system.get_file(file, str(copy))
        except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
            if not archive:
                raise
            copy.unlink(missing_ok=True)  # an entry that is a pipe or a broken link has no content
            reason = str(error) if isinstance(error, ValueError) else "is no regular file"
            skipped.append(Skipped(Path(location, copy.relative_to(target)), reason))
    return target


def _refuse_bomb(location: str, size: int, directory: Path) -> None:
    """Raise InputError if the logs of an archive are too large to be extracted.

    Args:
        location: the archive.
        size: bytes of the logs, as the archive claims; no more is extracted than that.
        directory: where they are extracted.
    """
    limit = max(_MIN_EXTRACTED, _MAX_RATIO * Path(location).stat().st_size)
    free = shutil.disk_usage(directory).free
    if size > limit:
        raise InputError(
            f"{location}: its logs take {wording.size(size)}, more than {_MAX_RATIO} times the "
            "archive; extract it yourself if you trust it, and name the directory"
        )
    if size > free:
        raise InputError(
            f"{location}: its logs take {wording.size(size)}, but {wording.size(free)} are free "
            f"in {tempfile.gettempdir()}; set TMPDIR"
        )


def _path_below(directory: Path, name: str, location: str) -> Path:
    """Return the path of a copy; raise InputError if its name leads out of the directory."""
    path = directory / name
    if not path.resolve().is_relative_to(directory.resolve()):
        raise InputError(f"{location}: {name} leads out of the archive")
    return path
