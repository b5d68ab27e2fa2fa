"""Places outside the logs where a baseline may be: directories, files, URLs, commits."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from reportgen import wording
from reportgen.analysis.verdicts.run_values import RunValues
from reportgen.analysis.verdicts.stored_history import history_runs, is_history
from reportgen.analysis.verdicts.stored_summary import parse_summary
from reportgen.errors import InputError, UsageError

_MAX_BYTES = 100_000_000  # of a summary
_SECONDS = 30  # to wait for a server
_WEB = ("http://", "https://")
_GIT = "git:"

ReadLogs = Callable[[str], Sequence[RunValues]]


def load_baseline(
    place: str, read_logs: ReadLogs, last: int | None = None
) -> Sequence[RunValues] | None:
    """Return the runs of a place outside the logs; None where it is no place.

    Args:
        place: a directory of logs, the path or URL of a summary.json or of a history.json, or
            `git:REF:PATH` for one that is committed.
        read_logs: reads the runs of a directory.
        last: how many of the newest reports of a history; None for all.

    Raises:
        InputError: what is there cannot be read, or is no summary.
        UsageError: only the last of a history are wanted, and it is none.
    """
    if place.startswith(_WEB):
        return _parsed(_download(place), place, last)
    if place.startswith(_GIT):
        return _parsed(_committed(place), place, last)
    path = Path(place)
    if path.is_dir():
        return read_logs(place)
    if not path.is_file():
        return None
    if path.suffix.lower() != ".json":
        return read_logs(place)
    try:
        return _parsed(path.read_bytes(), place, last)
    except OSError as error:
        raise InputError(f"{place}: cannot be read ({error.strerror})") from error


def _parsed(content: bytes, place: str, last: int | None) -> Sequence[RunValues]:
    """Return the runs of a summary, or the reports of a history."""
    try:
        parsed = json.loads(content)
    except (ValueError, RecursionError):
        parsed = None  # which is no summary either, and refused as such
    if is_history(parsed):
        return history_runs(parsed, place, last)
    if last is not None:
        raise UsageError(
            f"--baseline-last: {wording.clipped(place)} is no history; write one with "
            "reportgen history FILES -o history.json"
        )
    return parse_summary(content, place)


def _download(url: str) -> bytes:
    shown = wording.clipped(url)
    request = Request(url, headers={"Accept": "application/json"})  # noqa: S310  # http(s) alone
    try:
        with urlopen(request, timeout=_SECONDS) as response:  # noqa: S310  # as above
            content: bytes = response.read(_MAX_BYTES + 1)
    except (URLError, OSError, ValueError) as error:
        raise InputError(f"--baseline {shown}: cannot be fetched ({error})") from error
    if len(content) > _MAX_BYTES:
        raise InputError(f"--baseline {shown}: is larger than {wording.size(_MAX_BYTES)}")
    return content


def _committed(place: str) -> bytes:
    """Return a file of a commit of the repository around the working directory."""
    shown = wording.clipped(place)
    ref, _, path = place.removeprefix(_GIT).partition(":")
    if not ref or not path or ref.startswith("-"):
        raise InputError(f"--baseline {shown}: write git:REF:PATH, as in git:main:baseline.json")
    try:
        done = subprocess.run(  # noqa: S603  # no shell; the name cannot be an option
            ["git", "cat-file", "blob", f"{ref}:{path}"],  # noqa: S607  # as the user's shell does
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise InputError(f"--baseline {shown}: git cannot be run ({error})") from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no such file"]
        raise InputError(f"--baseline {shown}: {wording.clipped(lines[-1], 200)}")
    return done.stdout
