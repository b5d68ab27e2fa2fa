"""The directory of the cache: where each system wants such files, and only for its user."""

from __future__ import annotations

import logging
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

_LOGGER = logging.getLogger("reportgen")
_NAME = "reportgen"


def user_directory(environment: Mapping[str, str], system: str = sys.platform) -> Path:
    """Return where the cache of a user is.

    Args:
        environment: variables by name; a relative path in them is ignored, as the XDG base
            directory specification asks for.
        system: as `sys.platform` names it.

    Raises:
        RuntimeError: the user has no home directory.
    """
    variable = "LOCALAPPDATA" if system == "win32" else "XDG_CACHE_HOME"
    named = Path(environment.get(variable, ""))
    if named.is_absolute():
        return named / _NAME
    if system == "win32":
        return Path.home() / "AppData" / "Local" / _NAME
    if system == "darwin":
        return Path.home() / "Library" / "Caches" / _NAME
    return Path.home() / ".cache" / _NAME


def prepared(directory: Path) -> bool:
    """Make a directory that only its user can look into; return False where that fails.

    A link, or a directory of another user, is not used: what is in it could be anybody's.
    """
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        directory.mkdir(0o700, exist_ok=True)
        status = directory.lstat()
        if not stat.S_ISDIR(status.st_mode):
            return _refused(directory, "is not a directory")
        if hasattr(os, "getuid"):
            if status.st_uid != os.getuid():
                return _refused(directory, "belongs to another user")
            if stat.S_IMODE(status.st_mode) != 0o700:
                directory.chmod(0o700)
    except OSError as error:
        return _refused(directory, error.strerror or str(error))
    if not os.access(directory, os.W_OK | os.X_OK):
        return _refused(directory, "cannot be written")
    return True


def _refused(directory: Path, reason: str) -> bool:
    _LOGGER.debug("no cache: %s: %s", directory, reason)
    return False
