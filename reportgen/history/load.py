"""Loading of a history: summaries and reports by path, glob or URL."""

from __future__ import annotations

from collections.abc import Sequence
from glob import glob, has_magic
from itertools import chain
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from reportgen import wording
from reportgen.errors import InputError
from reportgen.history.entry import Entry, parse_entry

_MAX_BYTES = 100_000_000  # of a file
_SECONDS = 30  # to wait for a server
_WEB = ("http://", "https://")


def load(places: Sequence[str]) -> tuple[list[Entry], list[str]]:
    """Return the entries of a history by date, and a line for each place that gives none.

    Args:
        places: paths, globs or URLs of summaries and reports. Of a directory, all of its
            `*.json` and `*.html` files.

    Raises:
        InputError: there is no entry at all.
    """
    entries: dict[str, Entry] = {}
    problems = []
    for place in chain.from_iterable(map(_expanded, places)):
        try:
            entries.setdefault(place, parse_entry(_content(place), place))
        except InputError as error:
            problems.append(str(error))
    if not entries:
        reason = problems[0] if problems else "no file matches; name reports or summaries"
        raise InputError(reason)
    ordered = sorted(entries.values(), key=_order)
    return ordered, [*problems, *_doubled(ordered)]


def _order(entry: Entry) -> tuple[bool, float, str]:
    """Those without a date come first, by name: nothing says when they were made."""
    return entry.date is not None, entry.date.timestamp() if entry.date else 0.0, entry.source


def _doubled(entries: Sequence[Entry]) -> list[str]:
    """Return a line for each report of the date and title of another."""
    first: dict[object, Entry] = {}
    lines = []
    for entry in entries:
        if entry.date is None:
            continue
        other = first.setdefault((entry.date, entry.title), entry)
        if other is not entry:
            lines.append(f"{entry.source}: is of the same date and title as {other.source}")
    return lines


def _expanded(place: str) -> list[str]:
    if place.startswith(_WEB):
        return [place]
    path = Path(place)
    if path.is_dir():
        files = (file for file in path.rglob("*") if file.suffix in {".json", ".html"})
        return sorted(map(str, files))
    if has_magic(place) and not path.exists():
        return sorted(glob(place, recursive=True))  # noqa: PTH207  # Path.glob wants a relative pattern
    return [place]


def _content(place: str) -> bytes:
    shown = wording.printable(place)
    try:
        if place.startswith(_WEB):
            with urlopen(Request(place), timeout=_SECONDS) as response:  # noqa: S310  # http(s) alone
                content: bytes = response.read(_MAX_BYTES + 1)
        else:
            with Path(place).open("rb") as file:
                content = file.read(_MAX_BYTES + 1)
    except (URLError, OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or getattr(error, "reason", None) or error
        raise InputError(f"{shown}: cannot be read ({reason})") from error
    if len(content) > _MAX_BYTES:
        raise InputError(f"{shown}: is larger than {wording.size(_MAX_BYTES)}")
    return content
