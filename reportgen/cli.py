"""The command line: arguments into Options, one call, and an exit status."""

from __future__ import annotations

import argparse
import gc
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import Field, fields
from typing import TYPE_CHECKING, Any, NoReturn

from reportgen import __version__
from reportgen.errors import ReportgenError, UsageError
from reportgen.github_actions import errors
from reportgen.options import Options
from reportgen.outputs.formats import FORMATS
from reportgen.wording import printable

if TYPE_CHECKING:
    from reportgen.report.verdict import Verdict

_MOST_FAILURES = 5  # that are told
_SETTINGS = [field for field in fields(Options) if "help" in field.metadata]


class _Parser(argparse.ArgumentParser):
    """Tells a wrong argument in one line, as every other error is told."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} --help")


def parser() -> argparse.ArgumentParser:
    """The arguments of the command; one option for each documented field of `Options`."""
    arguments = _Parser(
        prog="reportgen",
        description="Turn training logs (TensorBoard event files) into one self-contained report.",
        epilog=f"Formats: {', '.join(FORMATS)}; the suffix tells where it is clear. "
        "Exit status: 0 every output is written and sent; 1 the same, and a --check failed; "
        "2 bad usage, input or output; "
        "130 interrupted.",
    )
    arguments.add_argument("--version", action="version", version=f"reportgen {__version__}")
    arguments.add_argument(
        "logdirs",
        nargs="+",
        metavar="LOGDIR",
        help="directory with event files or tables of metrics at any depth, or one such file",
    )
    arguments.add_argument(
        "-o",
        "--output",
        action="append",
        dest="outputs",
        metavar="[FORMAT:]PATH",
        help="where to write; repeat for several (default: report.html)",
    )
    arguments.add_argument(
        "--list",
        nargs="?",
        const="table",
        choices=("table", "json"),
        help="write no report; tell which runs and tags the logs hold",
    )
    for field in _SETTINGS:
        arguments.add_argument(_option(field.name), **_kind(field))
    return arguments


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _kind(setting: Field[Any]) -> dict[str, Any]:
    """How a setting is given: a switch, a word, or a word that may be repeated."""
    kind: dict[str, Any] = {"help": setting.metadata["help"], "default": setting.default}
    if setting.default is False:
        return kind | {"action": "store_true"}
    if setting.default == ():
        kind |= {"action": "append", "default": []}
    return kind | {"metavar": setting.metadata["metavar"]}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit status; errors go to stderr in one line."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(words)
    except ReportgenError as error:
        print(f"reportgen: {printable(' '.join(str(error).split()))}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("reportgen: interrupted; nothing was written", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(words: Sequence[str]) -> int:
    given = parser().parse_args(words)
    settings: dict[str, Any] = {
        field.name: tuple(value) if isinstance(value, list) else value
        for field in _SETTINGS
        for value in [getattr(given, field.name)]
    }
    command = shlex.join(["reportgen", *given.logdirs, *_changed(settings)])

    # After the arguments are understood: pandas and matplotlib take a second that --help has not.
    with _made_to_stay():
        from reportgen.pipeline import generate, inventory_of  # noqa: PLC0415

    options = Options(**settings, command=command)
    if given.list:
        print(inventory_of(given.logdirs, given.list, options), end="")
        return 0
    done = generate(given.logdirs, given.outputs or ["report.html"], options)
    for line in done.written:
        print(line)
    for line in done.notes:
        print(f"reportgen: {line}", file=sys.stderr)
    return _judged(done.verdict)


def _judged(verdict: Verdict | None) -> int:
    """The exit status; checks that failed are told in one line, and to GitHub where that runs."""
    if verdict is None or verdict.passed is not False:
        return 0
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for line in errors(verdict.failures):
            print(line)
    told = verdict.failures[:_MOST_FAILURES]
    left = len(verdict.failures) - len(told)
    more = f" And {left:,} more." if left else ""
    line = f"{verdict.headline} {' '.join(told)}{more}"
    print(f"reportgen: {printable(line)}", file=sys.stderr)
    return 1


@contextmanager
def _made_to_stay() -> Iterator[None]:
    """Keeps the search for garbage away from what is made inside, which stays until the end.

    It would go through all modules many times while they load, and once more at the exit, and its
    marks on them would make copies of this process (`reportgen.executor.forked`) copy their memory.
    """
    if "reportgen.pipeline" in sys.modules:  # the process is a caller's, and so is its garbage
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _changed(settings: dict[str, Any]) -> list[str]:
    """The settings of the report that differ from their defaults, as words of a command line.

    Where outputs go and how they are sent is no part of the report.
    """
    return [
        word
        for field in _SETTINGS
        if field.metadata["report"] and settings[field.name] != field.default
        for word in _words(_option(field.name), settings[field.name])
    ]


def _words(option: str, value: object) -> list[str]:
    """A setting as it is given on the command line."""
    if value is True:
        return [option]
    given = value if isinstance(value, tuple) else (value,)
    return [word for one in given for word in (option, str(one))]
