"""`reportgen history FILES... -o OUTPUT`: many reports as one page, Markdown or table."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from reportgen import wording
from reportgen.errors import OutputError, UsageError
from reportgen.history.entry import Entry
from reportgen.history.load import load
from reportgen.history.markdown import as_markdown
from reportgen.history.page import as_html
from reportgen.history.rows import as_csv, as_json, rows
from reportgen.history.series import MetricSeries, metric_series
from reportgen.outputs.write import write, write_stdout

_TITLE = "History"
_DEFAULT = "history.html"
_SUFFIXES = (".html", ".md", ".csv", ".json")

Tell = Callable[[str], None]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"history: {message}; see {self.prog} --help")


def run(words: Sequence[str], tell: Tell, tell_problem: Tell) -> int:
    """Write a history and return the exit status, which is 0.

    Args:
        words: what follows `history`.
        tell: prints a line on what was written.
        tell_problem: prints a line on a place that gave no report.

    Raises:
        UsageError: the words cannot be understood.
        InputError: no place gives a report.
        OutputError: an output cannot be written.
    """
    arguments = _parser().parse_args(words)
    outputs = [_target(output) for output in arguments.output or [_DEFAULT]]
    if len({path for _, path in outputs}) < len(outputs):
        raise UsageError("history: an output is named twice; give each a path of its own")
    entries, problems = load(arguments.files)
    for line in problems:
        tell_problem(line)
    series = metric_series(entries)
    contents = {
        path: _content(form, path, arguments.title, entries, series, problems)
        for form, path in outputs
    }
    write({path: content for path, content in contents.items() if path is not None})
    if None in contents:
        write_stdout(contents[None])
        return 0
    for path, content in contents.items():
        tell(f"Wrote {path} ({wording.size(len(content))})")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="reportgen history",
        description="Make one page of many reports: a row a report, and the course of each "
        "headline metric, with changes that exceed its noise.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="summary.json or HTML report: path, directory, glob or URL",
    )
    parser.add_argument(
        "-o",
        "--output",
        action="append",
        metavar="PATH",
        help=f"{', '.join(_SUFFIXES)}, or csv:-, json:-, md:- for standard output; repeat for "
        f"several (default: {_DEFAULT})",
    )
    parser.add_argument("--title", default=_TITLE, metavar="TEXT", help="title of the page")
    return parser


def _target(text: str) -> tuple[str, Path | None]:
    """Return the suffix and the path of an output; None for standard output."""
    form, colon, rest = text.partition(":")
    if colon and f".{form}" in _SUFFIXES and rest:
        return f".{form}", None if rest == "-" else Path(rest)
    path = Path(text)
    if path.suffix not in _SUFFIXES:
        raise UsageError(f"history: {text}: name a path that ends in {', '.join(_SUFFIXES)}")
    if path.is_dir():
        raise OutputError(f"{path}: is a directory; name a file in it")
    if not os.access(next(place for place in path.absolute().parents if place.exists()), os.W_OK):
        raise OutputError(f"{path}: no permission to write there; choose another place")
    return path.suffix, path


def _content(
    form: str,
    path: Path | None,
    title: str,
    entries: Sequence[Entry],
    series: Sequence[MetricSeries],
    problems: Sequence[str],
) -> bytes:
    if form == ".csv":
        return as_csv(entries, series)
    if form == ".json":
        return as_json(entries, series)
    table = rows(entries, series, path)
    if form == ".md":
        return as_markdown(title, table, series)
    return as_html(title, table, series, problems)
