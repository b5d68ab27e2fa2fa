"""The command line: arguments into Options, one call, and an exit status."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Sequence
from dataclasses import fields
from typing import NoReturn

from reportgen import __version__
from reportgen.errors import ReportgenError, UsageError
from reportgen.options import Options

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
        epilog="Exit status: 0 every output is written; 2 bad usage, input or output; "
        "130 interrupted.",
    )
    arguments.add_argument("--version", action="version", version=f"reportgen {__version__}")
    arguments.add_argument(
        "logdirs",
        nargs="+",
        metavar="LOGDIR",
        help="directory with event files at any depth, or one event file",
    )
    arguments.add_argument(
        "-o",
        "--output",
        action="append",
        dest="outputs",
        metavar="[FORMAT:]PATH",
        help="where to write; repeat for several (default: report.html)",
    )
    for field in _SETTINGS:
        arguments.add_argument(
            f"--{field.name.replace('_', '-')}",
            default=field.default,
            metavar=field.metadata["metavar"],
            help=field.metadata["help"],
        )
    return arguments


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit status; errors go to stderr in one line."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(words)
    except ReportgenError as error:
        print(f"reportgen: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("reportgen: interrupted; nothing was written", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(words: Sequence[str]) -> int:
    given = parser().parse_args(words)
    settings = {field.name: getattr(given, field.name) for field in _SETTINGS}
    command = shlex.join(["reportgen", *given.logdirs, *_changed(settings)])

    # After the arguments are understood: pandas and matplotlib take a second that --help has not.
    from reportgen.pipeline import generate  # noqa: PLC0415

    outputs = given.outputs or ["report.html"]
    for line in generate(given.logdirs, outputs, Options(**settings, command=command)):
        print(line)
    return 0


def _changed(settings: dict[str, str]) -> list[str]:
    """The settings that differ from their defaults, as words of a command line."""
    defaults = {field.name: field.default for field in _SETTINGS}
    return [
        word
        for name, value in settings.items()
        if value != defaults[name]
        for word in (f"--{name.replace('_', '-')}", value)
    ]
