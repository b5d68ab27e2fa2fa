"""Target: where an output goes and in which format, as `-o [FORMAT:]PATH` says it."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path

from reportgen import wording
from reportgen.errors import DependencyError, OutputError, UsageError
from reportgen.outputs import upload
from reportgen.outputs.formats import FORMATS, SUFFIXES
from reportgen.outputs.job import Target
from reportgen.url_drivers import protocol_of

_STDOUT, _STDOUT_PATH = "-", "/dev/stdout"
_DEFAULT_FORMAT = "html"  # as of the command's default output
_WORD = re.compile(r"[a-z-]{2,}")  # what may be meant for a format; one letter is a drive
_BUNDLE_SUFFIXES = {".html", ".css", ".svg", ".wav", ".png", ".jpeg", ".gif"}


def parse(text: str | os.PathLike[str]) -> Target:
    """Return the target that `[FORMAT:]PATH` names.

    Raises:
        UsageError: no format is named and the suffix does not tell, or there is no path.
    """
    text = os.fspath(text)
    if not text.strip():
        raise UsageError("--output is empty (is a variable unset?); name a file")
    name, colon, rest = text.partition(":")
    if colon and name in FORMATS:
        if not rest:
            raise UsageError(f"{text}: no path after the format; write {name}:PATH")
        return _target(name, rest)
    if text == _STDOUT:
        return _target(_DEFAULT_FORMAT, text)
    suffix = Path(text).suffix.lower()
    similar = get_close_matches(name, FORMATS, 1) if colon else []
    if similar or (colon and suffix not in SUFFIXES and _WORD.fullmatch(name)):
        guess = f"did you mean {similar[0]}:{rest}?" if similar else _all_formats()
        raise UsageError(f"{text}: unknown format '{name}'; {guess}")
    if suffix not in SUFFIXES:
        raise UsageError(
            f"{text}: the suffix names no format; use one of "
            f"{', '.join(SUFFIXES)}, or FORMAT:PATH; {_all_formats()}"
        )
    return _target(SUFFIXES[suffix], text)


def _target(name: str, path: str) -> Target:
    if protocol_of(path):
        return Target(name, Path(path), url=path)
    if path not in {_STDOUT, _STDOUT_PATH}:
        return Target(name, Path(path))
    if FORMATS[name].folder:
        raise UsageError(f"{name}:{path}: is a folder of files, and standard output is one file")
    return Target(name, Path(_STDOUT_PATH), is_stdout=True)


def _all_formats() -> str:
    return f"formats are: {', '.join(FORMATS)}"


def check(targets: Sequence[Target]) -> None:
    """Raise an error where a target cannot be written; touch no file, and ask no server.

    Raises:
        UsageError: nothing can be written to a URL.
        OutputError: a target is a directory, lies below a file or in a place without write
            permission, or is named twice.
        DependencyError: a format or a URL needs a package that is not installed.
    """
    paths = set()
    for target in targets:
        _check_package(target)
        try:
            if target.url:
                upload.check(target.url)
            if FORMATS[target.format].folder:
                _check_folder(target.path)
            if target.is_file:
                _check_place(target.path, folder=FORMATS[target.format].folder)
            path = target.path.absolute()
        except OSError as error:
            reason = error.strerror or "it cannot be looked at"
            name = wording.clipped(str(target.path))
            raise OutputError(f"{name}: {reason}; choose another place") from error
        if path in paths:
            raise OutputError(f"{target.name}: named twice; give each output a path of its own")
        paths.add(path)


def _check_package(target: Target) -> None:
    package = FORMATS[target.format].needs
    if package and find_spec(package) is None:
        raise DependencyError(
            f"{target.name}: {target.format} needs {package}; pip install {package}"
        )


def _check_folder(path: Path) -> None:
    """Refuse a folder with other files than an old bundle's: a bundle replaces its folder."""
    files = list(path.iterdir()) if path.is_dir() else []
    is_bundle = path / "index.html" in files and all(
        file.is_file() and file.suffix in _BUNDLE_SUFFIXES for file in files
    )
    if path.exists() and not path.is_dir():
        raise OutputError(f"{path}: is a file; name a folder for the bundle")
    if files and not is_bundle:
        raise OutputError(f"{path}: holds other files; name a new or empty folder for the bundle")


def _check_place(path: Path, *, folder: bool) -> None:
    if path.is_dir() and not folder:
        raise OutputError(f"{path}: is a directory; name a file in it")
    if path.exists() and not path.is_file() and not folder:
        raise OutputError(f"{path}: is not a regular file; choose another place")
    parent = next(place for place in path.absolute().parents if place.exists())
    if not parent.is_dir():
        raise OutputError(f"{path}: {parent} is not a directory; choose another place")
    if not os.access(parent, os.W_OK):
        raise OutputError(f"{path}: no permission to write in {parent}; choose another place")
