"""What the command prints: lines on stdout, and errors, findings and checks on stderr."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from reportgen.errors import OutputError
from reportgen.github_actions import errors, warnings
from reportgen.streams import discard
from reportgen.wording import count, printable

if TYPE_CHECKING:
    from reportgen.analysis.verdicts.outcome import OutcomeWord
    from reportgen.report.verdict import Verdict

_MAX_LISTED_FAILURES = 20
_RED, _YELLOW, _GREEN, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[32m", "\x1b[0m"  # ECMA-48, SGR
# How the summary counts the outcomes of checks, and their colours; the bad ones first.
_OUTCOMES: tuple[tuple[OutcomeWord, str, str], ...] = (
    ("failed", "failed", _RED),
    ("unknown", "cannot tell", _RED),
    ("warned", "warned", _YELLOW),
    ("passed", "passed", _GREEN),
    ("skipped", "skipped", _YELLOW),
)
_BAD_OUTCOMES = 3


def print_out(text: str, file: TextIO | None = None, end: str = "\n") -> None:
    """Print to stdout or another file, with escapes for characters that it cannot show.

    A reader that wants no more, as `head`, is no error, and changes no exit status.

    Raises:
        OutputError: it cannot be written, as a file on a full disk.
    """
    file = file or sys.stdout
    if file is sys.stderr:
        _print_to_stderr(text, end)
        return
    try:
        if isinstance(file, io.TextIOWrapper):
            file.reconfigure(errors="backslashreplace")
        print(text, end=end, file=file, flush=True)
    except BrokenPipeError:
        discard(file)
    except OSError as error:
        discard(file)
        reason = error.strerror or "it cannot be written"
        raise OutputError(f"standard output: {reason}") from error


def print_error(message: str) -> None:
    """Print a message to stderr, in one line."""
    _print_to_stderr(f"reportgen: {_in_one_line(message)}")


@contextmanager
def messages_shown(level: int) -> Iterator[None]:
    """Print the package's messages from a level of `logging` on to stderr inside."""
    import logging  # noqa: PLC0415  # `--help` does without

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            _print_to_stderr(self.format(record))

    logger, handler = logging.getLogger("reportgen"), Handler()
    handler.setFormatter(logging.Formatter("reportgen: %(message)s"))
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(level)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


def print_findings(findings: Sequence[str], messages: TextIO) -> None:
    """Print the gravest finding whole, and all of them for GitHub where it runs."""
    if not findings:
        return
    hidden = len(findings) - 1
    rest = f" And {count(hidden, 'more finding')}." if hidden else ""
    print_error(f"{findings[0]}{rest}")
    if _is_github():
        for line in warnings(findings):
            print_out(line, messages)


def print_failures(verdict: Verdict, messages: TextIO) -> None:
    """Print a line for each check and run that did not pass, and for GitHub where it runs."""
    if _is_github():
        for line in errors(verdict.failures):
            print_out(line, messages)
    lines = [
        f"{_coloured(outcome.upper(), colour, sys.stderr)} {_in_one_line(result.sentence)}"
        for outcome, _, colour in _OUTCOMES[:_BAD_OUTCOMES]
        for result in verdict.results
        if result.outcome.outcome == outcome
    ]
    for line in lines[:_MAX_LISTED_FAILURES]:
        _print_to_stderr(line)
    hidden = len(lines) - _MAX_LISTED_FAILURES
    if hidden > 0:
        _print_to_stderr(f"and {hidden:,} more; a JSON or JUnit output has them all")


def print_summary(verdict: Verdict, file: TextIO) -> None:
    """Print how many checks passed and failed, in one line as test runners do."""
    texts = [
        _coloured(f"{number:,} {words}", colour, file)
        for outcome, words, colour in _OUTCOMES
        if (number := verdict.counts.get(outcome, 0))
    ]
    print_out(f"reportgen: checks: {', '.join(texts)}", file)


def _print_to_stderr(text: str, end: str = "\n") -> None:
    """Print to stderr; where that fails, nothing can be told."""
    try:
        print(text, end=end, file=sys.stderr, flush=True)
    except OSError:
        discard(sys.stderr)


def _in_one_line(text: str) -> str:
    """Return a text without line breaks and without commands for the terminal."""
    return printable(" ".join(text.split()))


def _is_github() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"


def _coloured(text: str, colour: str, file: TextIO) -> str:
    """Return a text in colour where a file is a terminal whose user wants that.

    https://no-color.org says how users tell.
    """
    has_colours = file.isatty() and os.environ.get("TERM") != "dumb"
    return f"{colour}{text}{_PLAIN}" if has_colours and not os.environ.get("NO_COLOR") else text
